import { Button, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { prettyJson } from '../answer/pretty-json.ts';
import classes from './JsonField.module.css';

interface JsonFieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly text: string;
  readonly problem: string | undefined;
  readonly onText: (text: string) => void;
}

/** JSON as text, with its problem named under it. */
export function JsonField({ label, description, text, problem, onText }: JsonFieldProps) {
  return (
    <div className={classes.field}>
      <Textarea
        label={label}
        description={description}
        error={problem}
        classNames={{ input: classes.input ?? '' }}
        autosize
        minRows={6}
        maxRows={16}
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <Button
        className={classes.format ?? ''}
        size="compact-xs"
        variant="subtle"
        disabled={prettyJson(text) === text}
        onClick={() => onText(prettyJson(text))}
      >
        Format
      </Button>
    </div>
  );
}
