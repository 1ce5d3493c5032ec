/** One upstream try: price -> reserve -> dispatch -> relay -> settle. Every exit resolves the hold. */
import type { Logger } from 'pino';
import type { BudgetView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import { newId } from '../core/ids.ts';
import type { UpstreamTimeouts } from '../core/upstream.ts';
import type { Account, Ledger, Limit, SettleInput, Settlement } from '../ledger/types.ts';
import { withFeeNano } from '../limits/fees.ts';
import type { ObservedResult } from '../protocols/codec.ts';
import type { Target } from '../routing/types.ts';
import { attemptBoundNano } from './bound.ts';
import type { Bridge } from './bridge/types.ts';
import { type Conclusion, conclusionOf, moneyFacts } from './conclusion.ts';
import { upstreamHeaders } from './headers.ts';
import { type LateBooks, mayPass } from './late-books.ts';
import type { Lane } from './race.ts';
import { Relay, type RelayOutcome } from './relay.ts';
import type { Run } from './run.ts';
import { settlementOf } from './settlement.ts';
import type { Outlet } from './types.ts';

export interface AttemptParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly lateBooks: LateBooks;
  readonly ledger: Ledger;
  readonly hop: string;
}

export interface AttemptInput {
  readonly run: Run;
  readonly bridge: Bridge;
  readonly target: Target;
  readonly secret: string | undefined;
  readonly limits: readonly Limit[];
  /** The wallet that has to hold enough; undefined: calls are not paid from one. */
  readonly wallet: Account | undefined;
  readonly feeBps: number;
  readonly configVersion: number;
  readonly timeouts: UpstreamTimeouts;
  readonly outlet: Outlet;
  /** True: no other attempt follows this one, so the request's record goes with it. Asked once, before the hold ends. */
  readonly closes: (ending: Ending) => boolean;
  /** Its place among the attempts that are made at the same time. */
  readonly lane: Lane;
  /** Writes the record of the request as it stands; runs inside the ledger's transaction. Told what this attempt cost. */
  readonly record: (chargedNano: number | undefined) => void;
  /** Sends the response head; called at most once, when a stream commits. */
  readonly onCommit: ConstructorParameters<typeof Relay>[0]['onCommit'];
}

/** An attempt as it ended, before the books know. */
export interface Ending {
  readonly outcome: RelayOutcome;
  readonly conclusion: Conclusion;
  readonly committed: boolean;
  readonly sameProtocol: boolean;
  readonly durationMs: number;
}

export interface AttemptEnd extends Ending {
  readonly kind: 'ended';
  /** Undefined: everything was given back, or it could not be written yet. */
  readonly chargedNano: number | undefined;
  /** From sending to the first content of a stream that went to the client. */
  readonly firstContentMs: number | undefined;
}

/** Nothing was sent and nothing is held. */
export interface OverBudget {
  readonly kind: 'over-budget';
  readonly budget: BudgetView;
  readonly neededNano: number;
}

/** Added to the attempt's own time limit before recovery may take its hold for abandoned. */
const HOLD_GRACE_MS = 60_000;

/** Throws GatehouseError when nothing was sent (price, ledger, abort); then no hold is left. */
export async function attempt(parts: AttemptParts, input: AttemptInput): Promise<AttemptEnd | OverBudget> {
  const { run } = input;
  const reserved = await reserve(parts, input);
  if (reserved.kind === 'over-budget') return reserved;
  const { attemptId } = reserved;
  const sentMs = parts.clock.monotonicMs();
  let firstContentMs: number | undefined;
  const relay = await dispatchOrRelease(parts, input, attemptId, (status, headers) => {
    firstContentMs = parts.clock.monotonicMs() - sentMs;
    input.onCommit(status, headers);
  });
  const outcome = await endOf(relay, run, input.lane);
  const { committed } = relay;
  const durationMs = parts.clock.monotonicMs() - sentMs;
  const conclusion = conclusionOf(outcome, committed);
  const { sameProtocol } = input.bridge;
  const ending: Ending = { outcome, conclusion, committed, sameProtocol, durationMs };
  const closes = input.closes(ending);
  await input.lane.othersBooks();
  if (closes) run.note(conclusion.facts);
  const settlement = await resolve(parts, input, attemptId, outcome, closes);
  const chargedNano = settlement?.chargedNano;
  return { kind: 'ended', ...ending, chargedNano, firstContentMs };
}

async function endOf(relay: Relay, run: Run, lane: Lane): Promise<RelayOutcome> {
  const unsubscribe = run.onAbort((why) => relay.abort(why));
  lane.onStop((why) => relay.abort(why));
  const outcome = await relay.outcome;
  unsubscribe();
  return outcome;
}

/** Ends the hold. The request's record goes with its last one in one transaction, so that a crash leaves both or neither. */
async function resolve(
  parts: AttemptParts,
  { run, record, ...input }: AttemptInput,
  attemptId: string,
  outcome: RelayOutcome,
  closes: boolean,
): Promise<Settlement | undefined> {
  const settled = chargeFor({ run, ...input }, attemptId, outcome);
  if (settled === undefined) {
    const reason = releaseReason(run, outcome);
    await written(parts, () => parts.ledger.release(attemptId, reason, closes ? () => record(undefined) : undefined));
    if (closes) run.markRecorded();
    return undefined;
  }
  const before = run.view;
  const settlement = await written(parts, () =>
    parts.ledger.settle(settled, (made) => {
      const { askedPrice } = run;
      run.note(
        moneyFacts({
          settled,
          settlement: made,
          before,
          askedPrice,
          providerCostNano: observedOf(outcome)?.providerCostNano,
        }),
      );
      if (closes) record(made.chargedNano);
    }),
  );
  if (closes) run.markRecorded();
  return settlement;
}

function observedOf(outcome: RelayOutcome): ObservedResult | undefined {
  return outcome.kind === 'result' ? outcome.observed : outcome.summary;
}

function releaseReason(run: Run, outcome: RelayOutcome): string {
  if (outcome.kind !== 'result') return outcome.kind;
  return run.inbound.dialect.free === true && outcome.status < 300 ? 'free' : `refused_${outcome.status}`;
}

/** Nothing was sent when the client left before, or when sending itself throws: the hold must not outlive it. */
async function dispatchOrRelease(
  parts: AttemptParts,
  input: AttemptInput,
  attemptId: string,
  onCommit: AttemptInput['onCommit'],
): Promise<Relay> {
  try {
    input.run.throwIfAborted();
    input.lane.throwIfStopped();
    return dispatch(parts, input, onCommit);
  } catch (error) {
    await parts.ledger.release(attemptId, 'not_sent');
    throw error;
  }
}

/** The answer has come and is owed to the client whether or not the books can be written this moment. */
async function written<T>(parts: AttemptParts, write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write();
  } catch (error) {
    if (!mayPass(error)) throw error;
    parts.log.error({ err: error }, 'an entry could not be written to the ledger and is tried again');
    parts.lateBooks.add(write);
    return undefined;
  }
}

async function reserve(
  parts: AttemptParts,
  input: AttemptInput,
): Promise<{ readonly kind: 'held'; readonly attemptId: string } | OverBudget> {
  const { run, bridge, target, limits, feeBps } = input;
  const nowMs = parts.clock.nowMs();
  const attemptId = newId('att', nowMs);
  const free = run.inbound.dialect.free === true;
  const { allowUnpriced } = target.provider.config;
  const costNano = free
    ? 0
    : attemptBoundNano(bridge.facts, target.info, limits.length > 0 || input.wallet !== undefined, allowUnpriced);
  const amountNano = withFeeNano(costNano, feeBps);
  const { accessKeyId, project, client } = run.inbound.identity;
  const outcome = await parts.ledger.reserve({
    attemptId,
    requestId: run.inbound.requestId,
    provider: target.provider.config.id,
    model: target.modelId,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(project === undefined ? {} : { project }),
    ...(client === undefined ? {} : { client }),
    configVersion: input.configVersion,
    amountNano,
    feeBps,
    limits,
    ...(input.wallet === undefined ? {} : { wallet: input.wallet }),
    deadlineAtMs: nowMs + input.timeouts.totalMs + HOLD_GRACE_MS,
    // The request goes out as soon as this is written, so one transaction says both.
    dispatched: true,
  });
  if (!outcome.ok) return { kind: 'over-budget', budget: outcome.budget, neededNano: amountNano };
  return { kind: 'held', attemptId };
}

function dispatch(parts: AttemptParts, input: AttemptInput, onCommit: AttemptInput['onCommit']): Relay {
  const { run, bridge, target } = input;
  const startedMs = parts.clock.monotonicMs();
  run.publish({ attempts: run.view.attempts + 1, provider: target.provider.config.id, modelServed: target.modelId });
  const relay = new Relay({ bridge, outlet: input.outlet, onCommit });
  // Our own part: what a further attempt waited for was somebody else's.
  if (run.view.attempts === 1) run.note({ overheadMs: startedMs - run.inbound.receivedMonotonicMs });
  const exchange = target.provider.send(
    {
      method: 'POST',
      path: bridge.request.path,
      headers: { ...upstreamHeaders(run.inbound.headers, parts.hop, bridge.sameProtocol), ...bridge.request.headers },
      body: bridge.request.body,
      timeouts: input.timeouts,
    },
    input.secret,
    relay,
  );
  relay.attach(exchange);
  return relay;
}

/** What to charge, or undefined when the provider refused or was never reached: then everything is given back. */
function chargeFor(
  input: Omit<AttemptInput, 'record'>,
  attemptId: string,
  outcome: RelayOutcome,
): SettleInput | undefined {
  const { facts } = input.bridge;
  if (input.run.inbound.dialect.free === true) return undefined;
  const settle = (observed: Parameters<typeof settlementOf>[1], reason?: string) =>
    settlementOf(attemptId, observed, facts.inputTokensEstimate, input.target.info, reason);
  switch (outcome.kind) {
    case 'result': {
      if (outcome.status >= 300) return undefined;
      return outcome.observed.error === undefined ? settle(outcome.observed) : undefined;
    }
    case 'streamed':
      return settle(outcome.summary);
    case 'stream-error':
      // An error before any content is a refusal; after content the tokens were made and are owed.
      return outcome.summary.usage === undefined && outcome.summary.outputTokensEstimate === 0
        ? undefined
        : settle(outcome.summary, 'stream_error');
    case 'broken':
      return neverReached(outcome) ? undefined : settle(outcome.summary ?? NOTHING_SEEN, outcome.error.code);
    case 'aborted':
      return settle(outcome.summary ?? NOTHING_SEEN, outcome.why.code);
    default:
      return outcome satisfies never;
  }
}

const NOTHING_SEEN = { outputTokensEstimate: 0 };
const NOT_SENT: ReadonlySet<string> = new Set([
  'upstream_connect_failed',
  'upstream_tls_failed',
  'upstream_connect_timeout',
]);

function neverReached(outcome: Extract<RelayOutcome, { kind: 'broken' }>): boolean {
  return !outcome.headSeen && NOT_SENT.has(outcome.error.code);
}
