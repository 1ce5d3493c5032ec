/** The figures of a run: from its own last event, else from the request as the live feed settled it (a stopped run). */
import type { RequestView, UsageView } from '../../contract-views.ts';
import type { Run } from './run-state.ts';

export interface RunFigures {
  readonly usage: UsageView | undefined;
  readonly costNano: number | undefined;
  readonly firstTokenMs: number | undefined;
  readonly durationMs: number | undefined;
}

export function runFigures({ finish }: Run, request: RequestView | undefined): RunFigures {
  return {
    usage: finish?.usage ?? request?.usage,
    costNano: finish?.costNano ?? request?.costNano,
    firstTokenMs: finish?.firstTokenMs ?? request?.firstTokenMs,
    durationMs: finish?.durationMs ?? request?.durationMs,
  };
}
