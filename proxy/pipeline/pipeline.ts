/**
 * The one chain that every request goes through, whoever sends it:
 * decode -> limits -> route -> for each target: [ price -> reserve -> dispatch -> relay -> settle ] -> record.
 * Guard and authentication stand before it, at the door the request came in by.
 */
import type { Logger } from 'pino';
import type { RequestView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import type { UpstreamTimeouts } from '../core/upstream.ts';
import type { Ledger, Limit } from '../ledger/types.ts';
import type { KillSwitch } from '../limits/kill-switch.ts';
import { codecOf } from '../protocols/registry.ts';
import type { Provider } from '../providers/types.ts';
import type { HealthBook } from '../routing/health.ts';
import { resolveTargets } from '../routing/resolve-targets.ts';
import type { UsageStore } from '../usage/types.ts';
import { type AttemptEnd, attempt } from './attempt.ts';
import { buildBridge, withPath } from './bridge/build.ts';
import type { Bridge } from './bridge/types.ts';
import type { RequestFeed } from './feed.ts';
import { HOP_HEADER } from './headers.ts';
import { type LateBooks, mayPass } from './late-books.ts';
import { errorStatus, resultStatus, sendError, sendResult, sendStreamHead, toGatehouseError } from './respond.ts';
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
      finish(parts, run);
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
  const inspected = withPath(codecOf(inbound.protocol).inspectRequest(inbound.body), inbound.path);
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
  const bridge = buildBridge({
    protocol: inbound.protocol,
    body: inbound.body,
    path: inbound.path,
    inspected,
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
    outlet,
    onCommit: (status, headers) => {
      run.publish({ state: 'streaming', status, firstTokenMs: run.elapsedMs() });
      sendStreamHead(outlet, run, bridge, status, headers);
    },
  });
  answer(run, outlet, bridge, end);
}

/** Tells the client how the attempt ended; the money is already settled. */
function answer(run: Run, outlet: Outlet, bridge: Bridge, end: AttemptEnd): void {
  noteMoney(run, end);
  const { outcome } = end;
  switch (outcome.kind) {
    case 'result': {
      const { observed } = outcome;
      if (outcome.status >= 300 && outcome.status < 400) {
        throw new GatehouseError(
          'upstream_malformed',
          `the provider answered with a redirect (HTTP ${outcome.status}); correct its baseUrl`,
        );
      }
      if (observed.malformed === true && outcome.status < 300) {
        throw new GatehouseError(
          'upstream_malformed',
          'the provider answered with something that is not the JSON of its protocol',
        );
      }
      const status = resultStatus(outcome.status, observed);
      const failed = status >= 400;
      run.note({
        state: failed ? 'failed' : 'settled',
        status,
        ...(failed ? { errorCode: wordOf(observed.error?.code) ?? `http_${status}` } : {}),
        ...(observed.finishReason === undefined ? {} : { finishReason: observed.finishReason.unified }),
      });
      sendResult(outlet, run, bridge, status, outcome.headers, outcome.body, end.settlement?.chargedNano);
      return;
    }
    case 'streamed': {
      const reason = outcome.summary.finishReason;
      run.note({ state: 'settled', ...(reason === undefined ? {} : { finishReason: reason.unified }) });
      outlet.end(outcome.tail);
      return;
    }
    case 'stream-error': {
      const status = errorStatus(outcome.error);
      run.note({ state: 'failed', errorCode: wordOf(outcome.error.code) ?? 'stream_error' });
      if (end.committed) outlet.end(outcome.frame);
      else {
        run.note({ status });
        sendResult(outlet, run, bridge, status, JSON_ONLY, bridge.errorBody(outcome.error), undefined);
      }
      return;
    }
    case 'broken':
      throw outcome.error;
    case 'aborted':
      throw outcome.why;
    default:
      outcome satisfies never;
  }
}

/** A provider's error code goes into the records only when it is one: some repeat the request in it. */
function wordOf(code: string | undefined): string | undefined {
  return code !== undefined && /^[A-Za-z0-9_.-]{1,48}$/.test(code) ? code : undefined;
}

const JSON_ONLY = { 'content-type': 'application/json; charset=utf-8' };

function noteMoney(run: Run, end: AttemptEnd): void {
  if (end.settlement === undefined || end.settled === undefined) return;
  const { usage, certainty } = end.settled;
  run.note({
    certainty,
    ...(usage === undefined ? {} : { usage }),
    // An unpriced model's cost is unknown, which is not 0.
    ...(certainty === 'unknown' ? {} : { costNano: end.settlement.chargedNano }),
  });
}

/** The failure exit of every step. */
function refuse(parts: PipelineParts, run: Run, outlet: Outlet, error: GatehouseError): void {
  if (error.code === 'internal_error')
    parts.log.error({ requestId: run.view.id, err: error.details.cause }, 'a request failed inside Gatehouse');
  const began = run.view.state === 'streaming';
  const state = error.code === 'client_closed' ? 'aborted' : run.view.attempts === 0 ? 'refused' : 'failed';
  run.note({ state, errorCode: error.code, ...(began ? {} : { status: error.status }) });
  if (error.code === 'client_closed') outlet.destroy();
  else if (began) outlet.end(codecOf(run.inbound.protocol).encodeStreamError(error, run.view.id));
  else sendError(outlet, run, codecOf(run.inbound.protocol), error);
}

function finish(parts: PipelineParts, run: Run): void {
  run.publish({ durationMs: run.elapsedMs() });
  try {
    parts.usage.record(run.view);
  } catch (error) {
    parts.log.error({ requestId: run.view.id, err: error }, 'the record of a request could not be written');
    const { view } = run;
    if (mayPass(error)) parts.lateBooks.add(async () => parts.usage.record(view));
  }
}
