/** What an attempt's end says of the provider's health. */
import type { Clock } from '../core/clock.ts';
import type { HealthBook } from '../routing/health.ts';
import type { Target } from '../routing/types.ts';
import type { AttemptEnd } from './attempt.ts';

/** The simulator fails when it is asked to; that says nothing of its health. */
export function noteHealth(health: HealthBook, clock: Clock, { provider }: Target, end: AttemptEnd): void {
  const { outcome } = end;
  const { id, kind } = provider.config;
  const failed = (code: string, message: string) => {
    if (kind !== 'simulator') health.failed(id, { code, message, atMs: clock.nowMs() });
  };
  switch (outcome.kind) {
    case 'result':
      if (outcome.status >= 500 || outcome.status === 401 || outcome.status === 403 || outcome.status === 429) {
        failed(`http_${outcome.status}`, `answered with HTTP ${outcome.status}`);
      } else health.succeeded(id, end.durationMs);
      return;
    case 'streamed':
      health.succeeded(id, end.firstContentMs ?? end.durationMs);
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
