import { useMemo } from 'react';
import type { PromptVersionView } from '../../../../../proxy/contract/prompts.ts';
import { ScrollBox } from '../../../markdown/ScrollBox.tsx';
import classes from './PromptChanges.module.css';
import { promptChanges, promptText } from './prompt-text.ts';

interface PromptChangesProps {
  readonly version: PromptVersionView;
  /** Undefined: the version by itself. */
  readonly earlier: PromptVersionView | undefined;
}

const ELEMENTS = { same: 'span', added: 'ins', removed: 'del' } as const;

/** The text of a version; beside another one with every word that went and came. */
export function PromptChanges({ version, earlier }: PromptChangesProps) {
  const changes = useMemo(
    () =>
      earlier === undefined ? [{ kind: 'same' as const, text: promptText(version) }] : promptChanges(earlier, version),
    [earlier, version],
  );
  const rows = changes.map((change, index) => ({ ...change, index }));
  const label =
    earlier === undefined
      ? `Text of version ${version.version}`
      : `Changes from version ${earlier.version} to version ${version.version}`;
  return (
    <ScrollBox className={classes.text} label={label}>
      {rows.map(({ kind, text, index }) => {
        const Element = ELEMENTS[kind];
        return (
          <Element key={index} data-kind={kind} className={classes.part}>
            {text}
          </Element>
        );
      })}
    </ScrollBox>
  );
}
