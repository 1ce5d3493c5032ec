import { Kbd } from '@mantine/core';
import { Spotlight, useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useMemo } from 'react';
import { CommandOption } from './CommandOption.tsx';
import classes from './CommandPalette.module.css';
import { paletteStore } from './palette-store.ts';
import { rankCommands } from './rank-commands.ts';
import { useCommands } from './use-commands.ts';

interface PaletteBodyProps {
  readonly query: string;
  readonly openHelp: () => void;
}

/** The field and what fits. Exists only while the palette is open, so nothing of it costs anything otherwise. */
export function PaletteBody({ query, openHelp }: PaletteBodyProps) {
  const listId = `palette-${useId().replaceAll(/\W/g, '')}`;
  const { selected } = useSpotlight(paletteStore);
  const commands = useCommands(query, openHelp);
  const groups = useMemo(() => rankCommands(commands, query), [commands, query]);
  const count = groups.reduce((sum, group) => sum + group.commands.length, 0);
  const chosen = Math.min(Math.max(0, selected), count - 1);
  // The field's arrow keys look for the options in the list of this id.
  useEffect(() => {
    paletteStore.updateState((state) => ({ ...state, listId }));
    return () => paletteStore.updateState((state) => ({ ...state, listId: '' }));
  }, [listId]);
  let index = -1;
  return (
    <>
      <Spotlight.Search
        placeholder="Go to a page, do something, find a model or a request"
        leftSection={<IconSearch size={18} color="var(--gh-muted)" aria-hidden="true" />}
        data-autofocus
        role="combobox"
        aria-label="Search commands"
        aria-expanded={count > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={count > 0 ? `${listId}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
      />
      <div id={listId} className={classes.list} {...LISTBOX}>
        {groups.map(({ group, commands: shown }) => (
          <div key={group} {...groupOf(group)}>
            <div className={classes.group} aria-hidden="true">
              {group}
            </div>
            {shown.map((command) => {
              index += 1;
              return (
                <CommandOption key={command.id} id={`${listId}-${index}`} command={command} chosen={index === chosen} />
              );
            })}
          </div>
        ))}
      </div>
      {count === 0 && <p className={classes.nothing}>Nothing fits. Try another word, or the id of a request.</p>}
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
        {query !== '' && (count === 1 ? '1 command fits' : `${count} commands fit`)}
      </div>
    </>
  );
}

const LISTBOX = { role: 'listbox', 'aria-label': 'Commands' };
const groupOf = (name: string) => ({ role: 'group', 'aria-label': name });
