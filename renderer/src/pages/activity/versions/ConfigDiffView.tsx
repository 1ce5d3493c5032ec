import { useMemo, useState } from 'react';
import { ScrollRegion } from '../../../components/ScrollRegion.tsx';
import classes from './ConfigDiffView.module.css';
import { type DiffLine, type DiffPart, diffConfigs } from './config-diff.ts';
import { diffWords, foldWords } from './version-words.ts';

interface ConfigDiffViewProps {
  readonly earlier: string;
  readonly later: string;
  /** For people who hear the page: "Changes of version 4". */
  readonly label: string;
}

/** Two configs as one text: what went with a minus, what came with a plus, the rest folded until it is asked for. */
export function ConfigDiffView({ earlier, later, label }: ConfigDiffViewProps) {
  const diff = useMemo(() => diffConfigs(earlier, later), [earlier, later]);
  const same = diff.added === 0 && diff.removed === 0;
  return (
    <div>
      <p className="muted" style={{ marginBottom: same ? 0 : 8 }}>
        {diffWords(diff)}
        {same && '. Both versions say the same.'}
      </p>
      {!same && (
        <ScrollRegion className={classes.diff} aria-label={label}>
          <div className={classes.lines}>
            {diff.parts.map((part) => (
              <Part key={keyOf(part)} part={part} />
            ))}
          </div>
        </ScrollRegion>
      )}
    </div>
  );
}

function keyOf({ lines: [first] }: DiffPart): string {
  return `${first?.kind} ${first?.number}`;
}

function Part({ part }: { readonly part: DiffPart }) {
  const [unfolded, setUnfolded] = useState(false);
  if (part.kind === 'folded' && !unfolded) {
    return (
      <button type="button" className={classes.fold} onClick={() => setUnfolded(true)}>
        {foldWords(part.lines.length, part.within)}
      </button>
    );
  }
  return part.lines.map((line) => <Line key={`${line.kind} ${line.number}`} line={line} />);
}

const SIGNS: Record<DiffLine['kind'], string> = { same: ' ', added: '+', removed: '-' };
const ELEMENTS = { same: 'div', added: 'ins', removed: 'del' } as const;

function Line({ line: { kind, text, number } }: { readonly line: DiffLine }) {
  const Element = ELEMENTS[kind];
  return (
    <Element className={classes.line} data-kind={kind}>
      <span className={classes.number} aria-hidden="true">
        {number}
      </span>
      <span>{SIGNS[kind]}</span>
      <span>{text}</span>
    </Element>
  );
}
