import type { RouteCandidate } from '../../../proxy/contract/routes.ts';
import { formatNano } from '../format/money.ts';
import classes from './RouteLists.module.css';
import { becauseWords, endpointName } from './route-words.ts';
import { figure, ScoreBars } from './ScoreBars.tsx';

interface CandidateListProps {
  readonly candidates: readonly RouteCandidate[];
  /** More that are not shown. */
  readonly more: number;
}

/** Targets in the order they are tried. */
export function CandidateList({ candidates, more }: CandidateListProps) {
  return (
    <>
      <ol className={classes.list} aria-label="Targets in order">
        {candidates.map((candidate, index) => (
          <li key={`${candidate.provider}/${candidate.model}`} className={classes.item}>
            <div className={classes.line}>
              <span className={`${classes.rank} num`} aria-hidden="true">
                {index + 1}
              </span>
              <span className={`${classes.name} mono`}>{endpointName(candidate.provider, candidate.model)}</span>
              <span className={`${classes.figure} num`} title="What this call would most likely cost there">
                {candidate.estimatedCostNano === undefined ? (
                  <span className="muted">price unknown</span>
                ) : (
                  `about ${formatNano(candidate.estimatedCostNano)}`
                )}
              </span>
            </div>
            <p className={classes.why}>
              {[
                becauseWords(candidate.because),
                candidate.tier,
                candidate.score === undefined ? undefined : `score ${figure(candidate.score.total)}`,
              ]
                .filter((words) => words !== undefined)
                .join(' · ')}
            </p>
            {candidate.score !== undefined && (
              <div className={classes.detail}>
                <ScoreBars score={candidate.score} />
              </div>
            )}
          </li>
        ))}
      </ol>
      {more > 0 && <p className={classes.more}>and {more} more</p>}
    </>
  );
}
