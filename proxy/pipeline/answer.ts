/** What the client gets of the attempt that closes its request. Money and record stand by then. */
import { InvariantError } from '../core/assert.ts';
import type { AttemptEnd } from './attempt.ts';
import type { Bridge } from './bridge/types.ts';
import { sendResult } from './respond.ts';
import type { Run } from './run.ts';
import type { Outlet } from './types.ts';

/** Throws what the failure exit is to tell. */
export function answer(run: Run, outlet: Outlet, bridge: Bridge, end: AttemptEnd): void {
  const { outcome, conclusion, committed } = end;
  if (conclusion.failure !== undefined) {
    const frame = outcome.kind === 'broken' || outcome.kind === 'aborted' ? outcome.frame : undefined;
    if (frame === undefined || conclusion.failure.code === 'client_closed') throw conclusion.failure;
    outlet.end(frame);
    return;
  }
  const status = run.view.status ?? 502;
  switch (outcome.kind) {
    case 'result':
      sendResult(outlet, run, bridge, status, outcome.headers, outcome.body, run.view.costNano);
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
