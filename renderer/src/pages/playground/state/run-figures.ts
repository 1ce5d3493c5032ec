/** The figures of a run: from its own last event, else from the request as the live feed settled it (a stopped run). */
import type { RequestView, UsageView } from '../../../contract-views.ts';
import { tokensWritten } from '../../../format/tokens.ts';
import type { Run } from './run-state.ts';

export interface RunFigures {
  readonly usage: UsageView | undefined;
  readonly costNano: number | undefined;
  /** It ended without any money being taken, which differs from a cost that nobody knows. */
  readonly free: boolean;
  readonly firstTokenMs: number | undefined;
  readonly durationMs: number | undefined;
  /** From the first token on: what a person sees as the speed of the writing. */
  readonly tokensPerSecond: number | undefined;
}

export function runFigures({ finish }: Run, request: RequestView | undefined): RunFigures {
  const usage = finish?.usage ?? request?.usage;
  const firstTokenMs = finish?.firstTokenMs ?? request?.firstTokenMs;
  const durationMs = finish?.durationMs ?? request?.durationMs;
  return {
    usage,
    costNano: finish?.costNano ?? request?.costNano,
    free: wasFree(finish ?? request),
    firstTokenMs,
    durationMs,
    tokensPerSecond: speed(tokensWritten(usage), firstTokenMs, durationMs),
  };
}

function wasFree(
  end:
    | { readonly costNano?: number | undefined; readonly certainty?: unknown; readonly durationMs?: number | undefined }
    | undefined,
): boolean {
  return end?.durationMs !== undefined && end.costNano === undefined && end.certainty === undefined;
}

/** Undefined where it would be a guess: an answer that came in one piece has no speed. */
function speed(
  tokens: number | undefined,
  firstTokenMs: number | undefined,
  durationMs: number | undefined,
): number | undefined {
  if (tokens === undefined || firstTokenMs === undefined || durationMs === undefined) return undefined;
  const writingMs = durationMs - firstTokenMs;
  return tokens < 2 || writingMs < 1 ? undefined : (tokens / writingMs) * 1000;
}
