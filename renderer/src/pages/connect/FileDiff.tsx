import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { type DiffLine, diffLines } from './diff-lines.ts';
import classes from './FileDiff.module.css';

const SIGNS: Record<DiffLine['kind'], string> = { added: '+', removed: '−', same: ' ', gap: '⋯' };
const SAID: Record<DiffLine['kind'], string> = { added: 'added: ', removed: 'removed: ', same: '', gap: '' };

/** A unified diff: colour, sign and word say the same thing. `name` is what a screen reader calls it. */
export function FileDiff({ diff, name }: { readonly diff: string; readonly name: string }) {
  return (
    <ScrollRegion className={classes.block} aria-label={name}>
      <ol className={classes.lines}>
        {diffLines(diff).map((line) => (
          <li key={`${line.kind} ${line.before} ${line.after} ${line.text}`} data-kind={line.kind}>
            <span className={classes.number} aria-hidden="true">
              {line.after ?? line.before}
            </span>
            <span className={classes.sign} aria-hidden="true">
              {SIGNS[line.kind]}
            </span>
            <code className={classes.text}>
              <span className="visually-hidden">{SAID[line.kind]}</span>
              {line.text}
            </code>
          </li>
        ))}
      </ol>
    </ScrollRegion>
  );
}
