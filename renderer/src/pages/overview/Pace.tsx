import { formatNano } from '../../format/money.ts';
import classes from './SpendCards.module.css';

interface PaceProps {
  readonly nano: number | undefined;
  readonly until: string;
  readonly over?: boolean;
}

/** Where a window is going; nothing while it is too early to say, or nothing was spent. */
export function Pace({ nano, until, over = false }: PaceProps) {
  if (nano === undefined || nano === 0) return null;
  return (
    <span
      className={over ? classes.over : classes.pace}
      title="A straight line from the start of the window through what was spent so far"
    >
      At this pace {formatNano(nano)} {until}
    </span>
  );
}
