import { Kbd } from '@mantine/core';
import type { MouseEvent } from 'react';
import classes from './CommandPalette.module.css';
import type { Command } from './command.ts';

interface CommandOptionProps {
  readonly id: string;
  readonly command: Command;
  readonly chosen: boolean;
  readonly onRun: () => void;
}

// The field keeps the focus and points at the chosen option (the combobox pattern), so options are no stops of Tab.
const optionOf = (chosen: boolean) => ({ role: 'option', tabIndex: -1, 'aria-selected': chosen });

export function CommandOption({ id, command, chosen, onRun }: CommandOptionProps) {
  const keepFocus = (event: MouseEvent) => event.preventDefault();
  return (
    <button
      type="button"
      id={id}
      className={classes.option}
      data-selected={chosen || undefined}
      onMouseDown={keepFocus}
      onClick={onRun}
      {...optionOf(chosen)}
    >
      <command.icon size={17} stroke={1.75} className={classes.icon} aria-hidden="true" />
      <span className={`${classes.label} ${command.code === true ? 'mono' : ''}`}>{command.label}</span>
      {command.detail !== undefined && <span className={`${classes.detail} truncate`}>{command.detail}</span>}
      {command.keys !== undefined && (
        <span className={classes.keys} aria-hidden="true">
          {command.keys.map((key) => (
            <Kbd key={key} size="xs">
              {key}
            </Kbd>
          ))}
        </span>
      )}
    </button>
  );
}
