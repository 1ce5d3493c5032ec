import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { NameInput } from './NameInput.tsx';
import { type NamedLine, nextKey } from './named-lines.ts';
import classes from './OrderedNames.module.css';

interface OrderedNamesProps {
  readonly legend: string;
  readonly text: string;
  readonly kind: 'askable' | 'target';
  readonly lines: readonly NamedLine[];
  /** By the line's place, `0` and on; under `''` what is wrong with all of them. */
  readonly problems: Readonly<Record<string, string>>;
  /** 0 where there need not be any. */
  readonly linesMin?: number;
  readonly onLines: (lines: readonly NamedLine[]) => void;
}

/** Names of models in an order that a person sets, by keyboard as well as by mouse. */
export function OrderedNames({ legend, text, kind, lines, problems, linesMin = 1, onLines }: OrderedNamesProps) {
  const swap = (at: number, to: number) => {
    const line = lines[at];
    if (line !== undefined) onLines(lines.toSpliced(at, 1).toSpliced(to, 0, line));
  };
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>{legend}</legend>
      <p className={classes.text}>{text}</p>
      {lines.map((line, index) => (
        <div key={line.key} className={classes.line}>
          <span className={`${classes.rank} num`} aria-hidden="true">
            {index + 1}
          </span>
          <div className={classes.name}>
            <NameInput
              kind={kind}
              bare
              label={`Target ${index + 1}`}
              value={line.name}
              error={problems[String(index)]}
              onChange={(name) => onLines(lines.with(index, { ...line, name }))}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={`Move target ${index + 1} up`}
            disabled={index === 0}
            onClick={() => swap(index, index - 1)}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={`Move target ${index + 1} down`}
            disabled={index === lines.length - 1}
            onClick={() => swap(index, index + 1)}
          >
            <IconArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={`Remove target ${index + 1}`}
            disabled={lines.length <= linesMin}
            onClick={() => onLines(lines.toSpliced(index, 1))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      {problems[''] !== undefined && (
        <p className={classes.problem} role="alert">
          {problems['']}
        </p>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onLines([...lines, { key: nextKey(lines), name: '' }])}
      >
        Add target
      </Button>
    </fieldset>
  );
}
