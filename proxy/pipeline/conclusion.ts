/** What an attempt's end means: for the record of the request, and for the client. Pure. */
import type { RequestView } from '../contract/views.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Price } from '../core/price.ts';
import type { Certainty } from '../core/usage.ts';
import type { SettleInput, Settlement } from '../ledger/types.ts';
import { askedCostNano } from '../usage/asked-cost.ts';
import type { RelayOutcome } from './relay.ts';
import { errorStatus, resultStatus } from './respond.ts';

export interface Conclusion {
  readonly facts: Partial<RequestView>;
  /** An error of ours that the client is told; undefined when the provider's own answer goes to it. */
  readonly failure: GatehouseError | undefined;
}

/** `committed`: bytes of a stream have gone to the client, so its status is sent already. */
export function conclusionOf(outcome: RelayOutcome, committed: boolean): Conclusion {
  switch (outcome.kind) {
    case 'result': {
      const failure = unusable(outcome);
      return failure === undefined ? { facts: resultFacts(outcome), failure } : failed(failure, committed);
    }
    case 'streamed':
      return { facts: { state: 'settled', ...finishOf(outcome.summary) }, failure: undefined };
    case 'stream-error': {
      const errorCode = wordOf(outcome.error.code) ?? 'stream_error';
      const status = committed ? {} : { status: errorStatus(outcome.error) };
      return { facts: { state: 'failed', errorCode, ...status }, failure: undefined };
    }
    case 'broken':
      return failed(outcome.error, committed);
    case 'aborted':
      return failed(outcome.why, committed);
    default:
      return outcome satisfies never;
  }
}

export interface MoneyInput {
  readonly settled: SettleInput;
  readonly settlement: Settlement;
  /** The record as it stood: what earlier attempts of the request cost. */
  readonly before: RequestView;
  /** Of the model that the client named. */
  readonly askedPrice: Price | undefined;
  /** What the provider says it charged. */
  readonly providerCostNano: number | undefined;
}

/**
 * The record's side of money, summed over the attempts. An unpriced model's cost is unknown, which is not 0, and a sum is
 * only as sure as its least sure part.
 */
export function moneyFacts(input: MoneyInput): Partial<RequestView> {
  const { settled, settlement, before, askedPrice } = input;
  const { usage, costNano } = settled;
  const { chargedNano } = settlement;
  const asked = usage === undefined ? undefined : askedCostNano(usage, askedPrice);
  return {
    certainty: lessSure(settled.certainty, before.certainty),
    chargedNano: (before.chargedNano ?? 0) + chargedNano,
    ...(usage === undefined ? {} : { usage }),
    ...(costNano === undefined
      ? {}
      : {
          costNano: (before.costNano ?? 0) + costNano,
          feeNano: (before.feeNano ?? 0) + chargedNano - costNano,
        }),
    ...(asked === undefined ? {} : { askedCostNano: asked }),
    ...(input.providerCostNano === undefined
      ? {}
      : { providerCostNano: (before.providerCostNano ?? 0) + input.providerCostNano }),
  };
}

const SURENESS = ['exact', 'estimated', 'unknown'] as const;

function lessSure(one: Certainty, other: Certainty | undefined): Certainty {
  return other !== undefined && SURENESS.indexOf(other) > SURENESS.indexOf(one) ? other : one;
}

export function failed(error: GatehouseError, committed: boolean): Conclusion {
  const state = error.code === 'client_closed' ? 'aborted' : 'failed';
  return { facts: { state, errorCode: error.code, ...(committed ? {} : { status: error.status }) }, failure: error };
}

type Result = Extract<RelayOutcome, { kind: 'result' }>;

function unusable({ status, observed }: Result): GatehouseError | undefined {
  if (status >= 300 && status < 400) {
    return new GatehouseError(
      'upstream_malformed',
      `the provider answered with a redirect (HTTP ${status}); correct its baseUrl`,
    );
  }
  if (observed.malformed === true && status < 300) {
    return new GatehouseError(
      'upstream_malformed',
      'the provider answered with something that is not the JSON of its protocol',
    );
  }
  return undefined;
}

function resultFacts({ status: received, observed }: Result): Partial<RequestView> {
  const status = resultStatus(received, observed);
  if (status >= 400) return { state: 'failed', status, errorCode: wordOf(observed.error?.code) ?? `http_${status}` };
  return { state: 'settled', status, ...finishOf(observed) };
}

function finishOf({ finishReason }: { readonly finishReason?: { readonly unified: string } }): Partial<RequestView> {
  return finishReason === undefined ? {} : { finishReason: finishReason.unified };
}

/** A provider's error code goes into the records only when it is one: some repeat the request in it. */
function wordOf(code: string | undefined): string | undefined {
  return code !== undefined && /^[A-Za-z0-9_.-]{1,48}$/.test(code) ? code : undefined;
}
