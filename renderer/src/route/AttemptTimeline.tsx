import type { RouteAttempt } from '../../../proxy/contract/routes.ts';
import { Status } from '../components/Status.tsx';
import { formatDuration } from '../format/duration.ts';
import { formatNano } from '../format/money.ts';
import classes from './AttemptTimeline.module.css';
import { decisionWords, endpointName, errorWords, outcomeTone, outcomeWords } from './route-words.ts';

/** Every try in its order: where, how it ended, what was done about it. The bar is its share of the time of all tries. */
export function AttemptTimeline({ attempts }: { readonly attempts: readonly RouteAttempt[] }) {
  const wholeMs = attempts.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const rows = attempts.map((attempt, index) => ({
    attempt,
    key: index,
    beforeMs: attempts.slice(0, index).reduce((sum, { durationMs }) => sum + durationMs, 0),
  }));
  return (
    <ol className={classes.timeline} aria-label="Attempts">
      {rows.map(({ attempt, key, beforeMs }) => (
        <li key={key} className={classes.attempt} data-decision={attempt.decision}>
          <div className={classes.line}>
            <span className={`${classes.name} mono`}>{endpointName(attempt.provider, attempt.model)}</span>
            <span className={`${classes.figure} num`}>{formatDuration(attempt.durationMs)}</span>
          </div>
          <div className={classes.line}>
            <Status tone={outcomeTone(attempt)}>{outcomeWords(attempt.outcome)}</Status>
            <span className={`${classes.figure} muted num`}>
              {attempt.costNano === undefined ? '' : formatNano(attempt.costNano)}
            </span>
          </div>
          <p className={classes.detail}>{detailOf(attempt)}</p>
          <div className={classes.track} aria-hidden="true">
            <span
              className={classes.bar}
              style={{ marginLeft: share(beforeMs, wholeMs), width: share(attempt.durationMs, wholeMs) }}
            />
          </div>
        </li>
      ))}
    </ol>
  );
}

function detailOf(attempt: RouteAttempt): string {
  return [attempt.decision === 'served' ? '' : errorWords(attempt), decisionWords(attempt.decision)]
    .filter((words) => words !== '')
    .join(', ');
}

function share(partMs: number, wholeMs: number): string {
  return wholeMs <= 0 ? '0%' : `${(partMs / wholeMs) * 100}%`;
}
