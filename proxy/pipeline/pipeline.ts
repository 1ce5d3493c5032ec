/**
 * The one chain that every request goes through, whoever sends it:
 * decode -> limits -> route -> for each target: [ price -> reserve -> dispatch -> relay -> settle ] -> record.
 * Guard and authentication stand before it, at the door the request came in by.
 */
import type { Logger } from 'pino';
import type { RequestView } from '../contract/views.ts';
import { InvariantError } from '../core/assert.ts';
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import type { UpstreamTimeouts } from '../core/upstream.ts';
import type { Ledger, Limit } from '../ledger/types.ts';
import { budgetExceeded } from '../limits/budgets.ts';
import type { KillSwitch } from '../limits/kill-switch.ts';
import type { Provider } from '../providers/types.ts';
import type { HealthBook } from '../routing/health.ts';
import { resolveTargets } from '../routing/resolve-targets.ts';
import type { UsageStore } from '../usage/types.ts';
import { type AttemptEnd, attempt } from './attempt.ts';
import { buildBridge, withPath } from './bridge/build.ts';
import type { Bridge } from './bridge/types.ts';
import { failed } from './conclusion.ts';
import type { RequestFeed } from './feed.ts';
import { HOP_HEADER } from './headers.ts';
import { type LateBooks, mayPass } from './late-books.ts';
import { noteHealth } from './note-health.ts';
import { sendError, sendEstimate, sendResult, sendStreamHead, toGatehouseError } from './respond.ts';
import { Run } from './run.ts';
import type { Inbound, Outlet } from './types.ts';

/** What the applied config comes down to, replaced as a whole when a new version is applied. */
export interface ActiveConfig {
  readonly version: number;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly limits: readonly Limit[];
}

export interface PipelineParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly ledger: Ledger;
  readonly killSwitch: KillSwitch;
  readonly health: HealthBook;
  readonly usage: UsageStore;
  readonly feed: RequestFeed;
  readonly timeouts: UpstreamTimeouts;
  /** This process's id, marked on what goes out. */
  readonly hop: string;
  readonly active: () => ActiveConfig;
  /** Throws GatehouseError credential_missing or credential_unavailable. */
  readonly secretOf: (provider: Provider) => Promise<string | undefined>;
  readonly lateBooks: LateBooks;
}

export interface Pipeline {
  /** Never rejects: every failure ends as an answer and a record. */
  handle(inbound: Inbound, outlet: Outlet): Promise<RequestView>;
  /** Aborts and settles what is in flight. */
  abortAll(why: GatehouseError): void;
  inFlight(): number;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
}

export function createPipeline(parts: PipelineParts): Pipeline {
  const runs = new Set<Run>();
  const waiting = new Set<() => void>();

  async function handle(inbound: Inbound, outlet: Outlet): Promise<RequestView> {
    const active = parts.active();
    const run = new Run(inbound, active.version, parts.clock, parts.feed);
    runs.add(run);
    outlet.onClose(() => run.abort(new GatehouseError('client_closed', 'the client closed the connection')));
    try {
      await serve(parts, active, run, outlet);
    } catch (error) {
      refuse(parts, run, outlet, toGatehouseError(error));
    } finally {
      runs.delete(run);
      recordAlone(parts, run);
      run.publish({});
      if (runs.size === 0) for (const done of waiting) done();
    }
    return run.view;
  }

  return {
    handle,
    abortAll: (why) => {
      for (const run of runs) run.abort(why);
    },
    inFlight: () => runs.size,
    idle: () =>
      runs.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            const done = () => {
              waiting.delete(done);
              resolve();
            };
            waiting.add(done);
          }),
  };
}

async function serve(parts: PipelineParts, active: ActiveConfig, run: Run, outlet: Outlet): Promise<void> {
  const { inbound } = run;
  const inspected = withPath(inbound.dialect.codec.inspectRequest(inbound.body), inbound.path);
  const { model, stream } = inspected.facts;
  run.note({ modelAsked: model, stream });
  if (inbound.headers[HOP_HEADER] === parts.hop) {
    throw new GatehouseError(
      'self_upstream',
      'a provider of this gateway points back at the gateway itself; correct its baseUrl',
    );
  }
  parts.killSwitch.check();
  const [target] = resolveTargets(model, active.providers);
  if (target === undefined) throw new GatehouseError('no_target_available', 'no target can serve this call');
  const { estimate, protocol } = inbound.dialect;
  if (estimate !== undefined && !target.provider.protocols.includes(protocol)) {
    run.note({ state: 'settled', status: 200, provider: target.provider.config.id, modelServed: target.modelId });
    sendEstimate(outlet, run, estimate(inbound.body));
    return;
  }
  const bridge = buildBridge({
    dialect: inbound.dialect,
    body: inbound.body,
    path: inbound.path,
    inspected,
    call: () => inbound.dialect.client?.decodeRequest(inbound.body, inbound.path),
    target,
    requestId: inbound.requestId,
    createdAt: Math.floor(inbound.receivedAtMs / 1000),
    newId: (prefix) => prefix + newId('att', parts.clock.nowMs()).slice(4),
  });
  const secret = await parts.secretOf(target.provider);
  run.throwIfAborted();
  const end = await attempt(parts, {
    run,
    bridge,
    target,
    secret,
    limits: active.limits,
    feeBps: 0,
    configVersion: active.version,
    timeouts: parts.timeouts,
    closes: () => true,
    outlet,
    record: () => recordAlongside(parts, run),
    onCommit: (status, headers) => {
      run.publish({ state: 'streaming', status, firstTokenMs: run.elapsedMs() });
      run.markHeadSent();
      sendStreamHead(outlet, run, bridge, status, headers);
    },
  });
  if (end.kind === 'over-budget') throw budgetExceeded(end.budget, end.neededNano, parts.clock.nowMs());
  noteHealth(parts.health, parts.clock, target, end);
  answer(run, outlet, bridge, end);
}

/** Tells the client how the attempt ended; money and record stand by now. Throws what the failure exit is to tell. */
function answer(run: Run, outlet: Outlet, bridge: Bridge, end: AttemptEnd): void {
  const { outcome, conclusion, committed } = end;
  if (conclusion.failure !== undefined) throw conclusion.failure;
  const status = run.view.status ?? 502;
  switch (outcome.kind) {
    case 'result':
      sendResult(outlet, run, bridge, status, outcome.headers, outcome.body, end.chargedNano);
      return;
    case 'streamed':
      outlet.end(outcome.tail);
      return;
    case 'stream-error':
      if (committed) outlet.end(outcome.frame);
      else sendResult(outlet, run, bridge, status, JSON_ONLY, bridge.errorBody(outcome.error), undefined);
      return;
    case 'broken':
    case 'aborted':
      throw new InvariantError('an attempt that failed has a failure to tell');
    default:
      outcome satisfies never;
  }
}

const JSON_ONLY = { 'content-type': 'application/json; charset=utf-8' };

/** The failure exit of every step. */
function refuse(parts: PipelineParts, run: Run, outlet: Outlet, error: GatehouseError): void {
  if (error.code === 'internal_error')
    parts.log.error({ requestId: run.view.id, err: error.details.cause }, 'a request failed inside Gatehouse');
  const began = run.headSent;
  if (!run.recorded) {
    const { facts } = failed(error, began);
    run.note(run.view.attempts === 0 && facts.state === 'failed' ? { ...facts, state: 'refused' } : facts);
  }
  if (error.code === 'client_closed') outlet.destroy();
  else if (began) outlet.end(run.inbound.dialect.codec.encodeStreamError(error, run.view.id));
  else sendError(outlet, run, run.inbound.dialect.codec, error);
}

/** Writes the row beside its entry, in one transaction. A row that can never be written must not undo the money. */
function recordAlongside(parts: PipelineParts, run: Run): void {
  try {
    parts.usage.record(run.closed());
  } catch (error) {
    if (mayPass(error)) throw error;
    parts.log.error({ requestId: run.view.id, err: error }, 'the record of a request could not be written');
  }
}

/** The row of a request that touched no money. */
function recordAlone(parts: PipelineParts, run: Run): void {
  if (run.recorded) return;
  const view = run.closed();
  try {
    parts.usage.record(view);
  } catch (error) {
    parts.log.error({ requestId: view.id, err: error }, 'the record of a request could not be written');
    if (mayPass(error)) parts.lateBooks.add(async () => parts.usage.record(view));
  }
}
