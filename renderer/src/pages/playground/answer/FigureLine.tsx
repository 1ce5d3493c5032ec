import type { ReactNode } from 'react';
import { formatDuration } from '../../../format/duration.ts';
import { formatNano } from '../../../format/money.ts';
import { formatCount } from '../../../format/tokens.ts';
import type { AnswerFigures, Merit } from './answer-figures.ts';
import classes from './FigureLine.module.css';

interface FigureLineProps {
  readonly figures: AnswerFigures;
  /** What this answer did best of those beside it. */
  readonly merits: ReadonlySet<Merit> | undefined;
}

/** What an answer cost and how fast it was, in one quiet line. */
export function FigureLine({ figures, merits }: FigureLineProps) {
  const { read, written, costNano, free, firstTokenMs, tokensPerSecond, durationMs } = figures;
  return (
    <ul className={`${classes.figures} num`} aria-label="Figures">
      <Figure title="Cost" best={merits?.has('cheapest') === true ? 'cheapest' : undefined}>
        {free ? 'not charged' : costNano === undefined ? 'cost unknown' : formatNano(costNano)}
      </Figure>
      {!free && (
        <Figure title="Tokens read and written">
          {read === undefined && written === undefined
            ? 'tokens unknown'
            : `${formatCount(read)} in · ${formatCount(written)} out`}
        </Figure>
      )}
      {firstTokenMs !== undefined && (
        <Figure title="Time to the first token" best={merits?.has('first') === true ? 'quickest' : undefined}>
          first {formatDuration(firstTokenMs)}
        </Figure>
      )}
      {tokensPerSecond !== undefined && (
        <Figure
          title="Tokens a second, from the first one on"
          best={merits?.has('fastest') === true ? 'fastest' : undefined}
        >
          {formatCount(Math.round(tokensPerSecond))} tok/s
        </Figure>
      )}
      {durationMs !== undefined && (
        <Figure title="Time in all" best={merits?.has('soonest') === true ? 'shortest' : undefined}>
          {formatDuration(durationMs)}
        </Figure>
      )}
    </ul>
  );
}

interface FigureProps {
  readonly title: string;
  readonly best?: string | undefined;
  readonly children: ReactNode;
}

function Figure({ title, best, children }: FigureProps) {
  return (
    <li
      className={classes.figure}
      data-best={best !== undefined}
      title={best === undefined ? title : `${title}: ${best}`}
    >
      {children}
      {best !== undefined && <span className={classes.best}> {best}</span>}
    </li>
  );
}
