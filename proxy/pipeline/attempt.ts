/** One upstream try: price -> reserve -> dispatch -> relay -> settle. Every exit resolves the hold. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { newId } from '../core/ids.ts';
import type { UpstreamTimeouts } from '../core/upstream.ts';
import type { Ledger, Limit, SettleInput, Settlement } from '../ledger/types.ts';
import { budgetExceeded } from '../limits/budgets.ts';
import type { HealthBook } from '../routing/health.ts';
import type { Target } from '../routing/types.ts';
import { attemptBoundNano } from './bound.ts';
import type { Bridge } from './bridge/types.ts';
import { type Conclusion, conclusionOf, moneyFacts } from './conclusion.ts';
import { upstreamHeaders } from './headers.ts';
import { type LateBooks, mayPass } from './late-books.ts';
import { Relay, type RelayOutcome } from './relay.ts';
import type { Run } from './run.ts';
import { settlementOf } from './settlement.ts';
import type { Outlet } from './types.ts';

export interface AttemptParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly lateBooks: LateBooks;
  readonly ledger: Ledger;
  readonly health: HealthBook;
  readonly timeouts: UpstreamTimeouts;
  readonly hop: string;
}

export interface AttemptInput {
  readonly run: Run;
  readonly bridge: Bridge;
  readonly target: Target;
  readonly secret: string | undefined;
  readonly limits: readonly Limit[];
  readonly feeBps: number;
  readonly configVersion: number;
  readonly outlet: Outlet;
  /** Writes the record of the request as it stands; runs inside the ledger's transaction. */
  readonly record: () => void;
  /** Sends the response head; called at most once, when a stream commits. */
  readonly onCommit: ConstructorParameters<typeof Relay>[0]['onCommit'];
}

export interface AttemptEnd {
  readonly outcome: RelayOutcome;
  readonly conclusion: Conclusion;
  readonly committed: boolean;
  /** Undefined: everything was given back, or it could not be written yet. */
  readonly chargedNano: number | undefined;
}

/** Added to the attempt's own time limit before recovery may take its hold for abandoned. */
const HOLD_GRACE_MS = 60_000;

/** Throws GatehouseError when nothing was sent (budget, price, ledger); then no hold is left. */
export async function attempt(parts: AttemptParts, input: AttemptInput): Promise<AttemptEnd> {
  const attemptId = await reserve(parts, input);
  const relay = await dispatchOrRelease(parts, input, attemptId);
  input.run.onAbort((why) => relay.abort(why));
  const outcome = await relay.outcome;
  input.run.onAbort(undefined);
  noteHealth(parts, input, outcome);
  const { committed } = relay;
  const conclusion = conclusionOf(outcome, committed);
  input.run.note(conclusion.facts);
  const settlement = await resolve(parts, input, attemptId, outcome);
  return { outcome, conclusion, committed, chargedNano: settlement?.chargedNano };
}

/** Ends the hold. The request's record is written in the same transaction, so that a crash leaves both or neither. */
async function resolve(
  parts: AttemptParts,
  input: AttemptInput,
  attemptId: string,
  outcome: RelayOutcome,
): Promise<Settlement | undefined> {
  const { run, record } = input;
  const settled = chargeFor(input, attemptId, outcome);
  if (settled === undefined) {
    const reason = releaseReason(run, outcome);
    await written(parts, () => parts.ledger.release(attemptId, reason, record));
    run.markRecorded();
    return undefined;
  }
  const settlement = await written(parts, () =>
    parts.ledger.settle(settled, (made) => {
      run.note(moneyFacts(settled, made));
      record();
    }),
  );
  run.markRecorded();
  return settlement;
}

function releaseReason(run: Run, outcome: RelayOutcome): string {
  if (outcome.kind !== 'result') return outcome.kind;
  return run.inbound.dialect.free === true && outcome.status < 300 ? 'free' : `refused_${outcome.status}`;
}

/** Nothing was sent when the client left before, or when sending itself throws: the hold must not outlive it. */
async function dispatchOrRelease(parts: AttemptParts, input: AttemptInput, attemptId: string): Promise<Relay> {
  try {
    input.run.throwIfAborted();
    return dispatch(parts, input);
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

async function reserve(parts: AttemptParts, input: AttemptInput): Promise<string> {
  const { run, bridge, target, limits, feeBps } = input;
  const nowMs = parts.clock.nowMs();
  const attemptId = newId('att', nowMs);
  const free = run.inbound.dialect.free === true;
  const { allowUnpriced } = target.provider.config;
  const costNano = free ? 0 : attemptBoundNano(bridge.facts, target.info, limits.length > 0, allowUnpriced);
  const amountNano = costNano + Math.ceil((costNano * feeBps) / 10_000);
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
    deadlineAtMs: nowMs + parts.timeouts.totalMs + HOLD_GRACE_MS,
    // The request goes out as soon as this is written, so one transaction says both.
    dispatched: true,
  });
  if (!outcome.ok) throw budgetExceeded(outcome.budget, amountNano, nowMs);
  return attemptId;
}

function dispatch(parts: AttemptParts, input: AttemptInput): Relay {
  const { run, bridge, target } = input;
  const startedMs = parts.clock.monotonicMs();
  run.publish({ attempts: run.view.attempts + 1, provider: target.provider.config.id, modelServed: target.modelId });
  const relay = new Relay({ bridge, outlet: input.outlet, onCommit: input.onCommit });
  run.note({ overheadMs: startedMs - run.inbound.receivedMonotonicMs });
  const exchange = target.provider.send(
    {
      method: 'POST',
      path: bridge.request.path,
      headers: { ...upstreamHeaders(run.inbound.headers, parts.hop, bridge.sameProtocol), ...bridge.request.headers },
      body: bridge.request.body,
      timeouts: parts.timeouts,
    },
    input.secret,
    relay,
  );
  relay.attach(exchange);
  return relay;
}

/** What to charge, or undefined when the provider refused or was never reached: then everything is given back. */
function chargeFor(input: AttemptInput, attemptId: string, outcome: RelayOutcome): SettleInput | undefined {
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

function noteHealth(parts: AttemptParts, input: AttemptInput, outcome: RelayOutcome): void {
  const { id, kind } = input.target.provider.config;
  const failed = (code: string, message: string) => {
    // The simulator fails when it is asked to; that says nothing of its health.
    if (kind !== 'simulator') parts.health.failed(id, { code, message, atMs: parts.clock.nowMs() });
  };
  switch (outcome.kind) {
    case 'result':
      if (outcome.status >= 500 || outcome.status === 401 || outcome.status === 403 || outcome.status === 429) {
        failed(`http_${outcome.status}`, `answered with HTTP ${outcome.status}`);
      } else parts.health.succeeded(id, input.run.elapsedMs());
      return;
    case 'streamed':
      parts.health.succeeded(id, input.run.view.firstTokenMs ?? input.run.elapsedMs());
      return;
    case 'stream-error':
      failed('stream_error', 'reported an error inside its stream');
      return;
    case 'broken':
      failed(outcome.error.code, outcome.error.message);
      return;
    case 'aborted':
      return;
    default:
      outcome satisfies never;
  }
}
