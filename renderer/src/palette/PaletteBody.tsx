import { Input, Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { CommandOption } from './CommandOption.tsx';
import classes from './CommandPalette.module.css';
import type { Command } from './command.ts';
import { palette } from './palette-store.ts';
import { rankCommands } from './rank-commands.ts';
import { useCommands } from './use-commands.ts';

interface PaletteBodyProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly openHelp: () => void;
}

/** The field and what fits. Exists only while the palette is open, so nothing of it costs anything otherwise. */
export function PaletteBody({ query, onQuery, openHelp }: PaletteBodyProps) {
  const listId = `palette-${useId().replaceAll(/\W/g, '')}`;
  const [wanted, setWanted] = useState(0);
  const commands = useCommands(query, openHelp);
  const groups = useMemo(() => rankCommands(commands, query), [commands, query]);
  const shown = groups.flatMap((group) => group.commands);
  const chosen = Math.min(wanted, shown.length - 1);
  const chosenId = `${listId}-${chosen}`;

  useEffect(() => {
    document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    palette.close();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    // While a word is being composed, these keys belong to the input method.
    if (event.nativeEvent.isComposing || shown.length === 0) return;
    if (event.key === 'ArrowDown') setWanted((chosen + 1) % shown.length);
    else if (event.key === 'ArrowUp') setWanted((chosen + shown.length - 1) % shown.length);
    else if (event.key === 'Enter') run(shown[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <Input
        size="lg"
        variant="unstyled"
        className={classes.search}
        placeholder="Go to a page, do something, find a model or a request"
        leftSection={<IconSearch size={18} color="var(--gh-muted)" aria-hidden="true" />}
        value={query}
        onChange={(event) => {
          setWanted(0);
          onQuery(event.currentTarget.value);
        }}
        onKeyDown={onKey}
        data-autofocus
        role="combobox"
        aria-label="Search commands"
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown.length > 0 ? chosenId : undefined}
        autoComplete="off"
        spellCheck={false}
      />
      <div id={listId} className={classes.list} {...LISTBOX}>
        {groups.map(({ group, commands: ofGroup }) => (
          <div key={group} {...groupOf(group)}>
            <div className={classes.group} aria-hidden="true">
              {group}
            </div>
            {ofGroup.map((command) => {
              const index = shown.indexOf(command);
              return (
                <CommandOption
                  key={command.id}
                  id={`${listId}-${index}`}
                  command={command}
                  chosen={index === chosen}
                  onRun={() => run(command)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className={classes.nothing}>Nothing fits. Try another word, or the id of a request.</p>}
      <div className={classes.foot} aria-hidden="true">
        <span>
          <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> to choose
        </span>
        <span>
          <Kbd size="xs">Enter</Kbd> to do it
        </span>
        <span>
          <Kbd size="xs">Esc</Kbd> to close
        </span>
      </div>
      <div role="status" className="visually-hidden">
        {query !== '' && (shown.length === 1 ? '1 command fits' : `${shown.length} commands fit`)}
      </div>
    </>
  );
}

const LISTBOX = { role: 'listbox', 'aria-label': 'Commands' };
const groupOf = (name: string) => ({ role: 'group', 'aria-label': name });
