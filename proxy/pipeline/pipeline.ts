/**
 * The one chain that every request goes through, whoever sends it:
 * decode -> limits -> route -> for each target: [ price -> reserve -> dispatch -> relay -> settle ] -> record.
 * Guard and authentication stand before it, at the door the request came in by.
 */
import type { RouteView } from '../contract/routes.ts';
import type { RequestView } from '../contract/views.ts';
import { GatehouseError } from '../core/errors.ts';
import type { UsageStore } from '../usage/types.ts';
import type { ActiveConfig } from './active-config.ts';
import { failed } from './conclusion.ts';
import type { RequestFeed } from './feed.ts';
import { mayPass } from './late-books.ts';
import { sendError, toGatehouseError } from './respond.ts';
import { Run } from './run.ts';
import { planOnly, type ServeParts, serve } from './serve.ts';
import type { Inbound, Outlet } from './types.ts';

export interface PipelineParts extends ServeParts {
  readonly usage: UsageStore;
  readonly feed: RequestFeed;
  readonly active: () => ActiveConfig;
}

export interface Pipeline {
  /** Never rejects: every failure ends as an answer and a record. */
  handle(inbound: Inbound, outlet: Outlet): Promise<RequestView>;
  /** Why and where this request would go now: nothing is sent, held or recorded. Throws GatehouseError. */
  plan(inbound: Inbound): Promise<RouteView>;
  /** Aborts and settles what is in flight, or what of it the view says. */
  abortAll(why: GatehouseError, which?: (view: RequestView) => boolean): void;
  inFlight(): number;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
}

/** A dry run is nobody's business. */
const UNSEEN: RequestFeed = { publish() {}, recent: () => [], subscribe: () => () => undefined };

export function createPipeline(parts: PipelineParts): Pipeline {
  const runs = new Set<Run>();
  const waiting = new Set<() => void>();

  async function handle(inbound: Inbound, outlet: Outlet): Promise<RequestView> {
    const active = parts.active();
    const run = new Run(inbound, active.version, parts.clock, parts.feed);
    runs.add(run);
    // It never rejects, and comes when it comes: the request does not wait for it.
    void inbound.process?.then((process) => {
      if (process !== undefined && !run.recorded) run.note({ process });
    });
    outlet.onClose(() => run.abort(new GatehouseError('client_closed', 'the client closed the connection')));
    try {
      await serve(parts, active, run, outlet, () => recordAlongside(parts, run));
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
    async plan(inbound) {
      const active = parts.active();
      return planOnly(parts, active, new Run(inbound, active.version, parts.clock, UNSEEN));
    },
    abortAll: (why, which = () => true) => {
      for (const run of runs) if (which(run.view)) run.abort(why);
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
    parts.usage.record(run.closed(), routeOf(run));
  } catch (error) {
    if (mayPass(error)) throw error;
    parts.log.error({ requestId: run.view.id, err: error }, 'the record of a request could not be written');
  }
}

/** The trace, where it says more than the row does. */
function routeOf({ trail }: Run): RouteView | undefined {
  return trail?.worthKeeping === true ? trail.view() : undefined;
}

/** The row of a request that touched no money. */
function recordAlone(parts: PipelineParts, run: Run): void {
  if (run.recorded) return;
  const view = run.closed();
  try {
    parts.usage.record(view, routeOf(run));
  } catch (error) {
    parts.log.error({ requestId: view.id, err: error }, 'the record of a request could not be written');
    if (mayPass(error)) parts.lateBooks.add(async () => parts.usage.record(view, routeOf(run)));
  }
}
