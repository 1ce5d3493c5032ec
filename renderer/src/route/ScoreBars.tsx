import type { RouteScore } from '../../../proxy/contract/routes.ts';
import { UNKNOWN } from '../format/unknown.ts';
import classes from './ScoreBars.module.css';

const PARTS = [
  ['price', 'Price'],
  ['quality', 'Quality'],
  ['latency', 'Speed'],
  ['health', 'Health'],
] as const;

/** What a score is made of: a bar and a figure for each part, from 0 (worst of the candidates) to 1 (best). */
export function ScoreBars({ score }: { readonly score: RouteScore }) {
  return (
    <dl className={classes.parts}>
      {PARTS.map(([part, name]) => (
        <div key={part} className={classes.part}>
          <dt className={classes.name}>{name}</dt>
          <dd className={`${classes.figure} num`}>{figure(score[part])}</dd>
          <dd className={classes.track} aria-hidden="true">
            <span className={classes.bar} style={{ width: `${Math.round((score[part] ?? 0) * 100)}%` }} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function figure(score: number | undefined): string {
  return score === undefined ? UNKNOWN : score.toFixed(2);
}
