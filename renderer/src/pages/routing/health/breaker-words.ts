/** Breakers and measured speed in words. Pure. */
import type { z } from 'zod';
import type { BreakerStateView, endpointSpeedView } from '../../../../../proxy/contract/routing-desk.ts';
import type { Tone } from '../../../components/Status.tsx';
import { formatDuration } from '../../../format/duration.ts';
import { formatCount } from '../../../format/tokens.ts';
import { outcomeWords } from '../../../route/route-words.ts';

export type SpeedView = z.infer<typeof endpointSpeedView>;

export interface EndpointHealth {
  /** `provider/model`, or `provider` alone. */
  readonly id: string;
  readonly breaker: BreakerStateView | undefined;
  readonly speed: SpeedView | undefined;
}

/** Each provider or endpoint once: those in trouble first, then by name. */
export function endpointsOf(breakers: readonly BreakerStateView[], speeds: readonly SpeedView[]): EndpointHealth[] {
  const ids = new Set([...breakers.map(({ id }) => id), ...speeds.map(({ id }) => id)]);
  return [...ids]
    .map((id) => ({
      id,
      breaker: breakers.find((each) => each.id === id),
      speed: speeds.find((each) => each.id === id),
    }))
    .sort((a, b) => rank(a.breaker) - rank(b.breaker) || (a.id < b.id ? -1 : 1));
}

const STATES: Readonly<Record<BreakerStateView['state'], { readonly tone: Tone; readonly words: string }>> = {
  open: { tone: 'bad', words: 'Resting' },
  'half-open': { tone: 'warn', words: 'On trial' },
  closed: { tone: 'ok', words: 'In use' },
};

export function breakerState(breaker: BreakerStateView | undefined): { readonly tone: Tone; readonly words: string } {
  return STATES[breaker?.state ?? 'closed'];
}

/** `Rate limit reached (429), 5 in a row; tried again in 12 s`. */
export function breakerDetail(breaker: BreakerStateView | undefined, nowMs: number): string {
  if (breaker === undefined || breaker.outcomes === 0) return trouble(breaker, nowMs) ?? 'No call lately';
  return trouble(breaker, nowMs) ?? outcomesWords(breaker);
}

export function speedWords(speed: SpeedView | undefined): string {
  if (speed === undefined || speed.firstTokenMs === undefined) return 'not measured yet';
  const rate = speed.tokensPerSecond;
  return [
    `first token ${formatDuration(speed.firstTokenMs)}`,
    rate === undefined ? undefined : `${formatCount(Math.round(rate))} tokens/s`,
  ]
    .filter((words) => words !== undefined)
    .join(' · ');
}

export function canReset(breaker: BreakerStateView | undefined): boolean {
  return breaker !== undefined && (breaker.state !== 'closed' || breaker.failures > 0);
}

function trouble(breaker: BreakerStateView | undefined, nowMs: number): string | undefined {
  if (breaker === undefined || breaker.state === 'closed') return undefined;
  const { cause, failuresInARow, retryAtMs } = breaker;
  const why = cause === undefined ? 'Failed too often' : outcomeWords(cause.kind);
  const code = [cause?.status, cause?.code].filter((part) => part !== undefined).join(' ');
  const row = failuresInARow > 1 ? `, ${failuresInARow} in a row` : '';
  const next = breaker.state === 'half-open' ? 'the next call tries it' : waitWords(retryAtMs, nowMs);
  return `${why}${code === '' ? '' : ` (${code})`}${row}; ${next}`;
}

function waitWords(retryAtMs: number | undefined, nowMs: number): string {
  if (retryAtMs === undefined) return 'left alone for a while';
  const waitMs = Math.ceil((retryAtMs - nowMs) / 1000) * 1000;
  return waitMs <= 0 ? 'the next call tries it' : `left alone for ${formatDuration(waitMs)}`;
}

function outcomesWords({ outcomes, failures, slow }: BreakerStateView): string {
  const parts = [`${formatCount(outcomes)} ${outcomes === 1 ? 'call' : 'calls'} lately`];
  parts.push(failures === 0 ? 'none failed' : `${formatCount(failures)} failed`);
  if (slow > 0) parts.push(`${formatCount(slow)} slow`);
  return parts.join(', ');
}

function rank(breaker: BreakerStateView | undefined): number {
  if (breaker === undefined) return 3;
  if (breaker.state === 'open') return 0;
  if (breaker.state === 'half-open') return 1;
  return breaker.failures > 0 ? 2 : 3;
}
