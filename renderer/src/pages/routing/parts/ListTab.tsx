import { Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Config } from '../../../../../proxy/contract/config.ts';
import { useTroubleToast } from '../../../config-edit/use-trouble-toast.ts';
import { ConfigPart } from './ConfigPart.tsx';
import type { ListPart } from './list-parts.ts';
import { SettingsItem } from './SettingsItem.tsx';
import { SettingsList } from './SettingsList.tsx';
import { useListEditor } from './use-list-editor.ts';

export interface ItemFormProps<T> {
  /** The item as the person saw it; undefined to add one. */
  readonly seen: T | undefined;
  readonly config: Config;
  readonly onDone: () => void;
}

interface ListTabProps<T> {
  readonly part: ListPart<T>;
  readonly title: string;
  readonly text: string;
  readonly empty: { readonly icon: ReactNode; readonly title: string; readonly text: string };
  /** The order of the items counts, and a person can change it. */
  readonly ordered?: boolean;
  readonly words: (item: T) => ReactNode;
  readonly form: (props: ItemFormProps<T>) => ReactNode;
}

interface Open<T> {
  readonly seen: T | undefined;
  readonly opened: boolean;
}

/** One list of the routing settings: look, add, edit, remove, reorder. */
export function ListTab<T>(props: ListTabProps<T>) {
  return <ConfigPart>{(config) => <LoadedList {...props} config={config} />}</ConfigPart>;
}

function LoadedList<T>(props: ListTabProps<T> & { readonly config: Config }) {
  const { part, title, text, empty, ordered = false, words, form, config } = props;
  const [open, setOpen] = useState<Open<T>>({ seen: undefined, opened: false });
  const { editor, put, move } = useListEditor(part);
  useTroubleToast(editor);
  const items = part.list(config);
  const close = () => setOpen((last) => ({ ...last, opened: false }));
  return (
    <Stack gap="md">
      <SettingsList
        title={title}
        text={text}
        add={`Add ${part.word}`}
        onAdd={() => setOpen({ seen: undefined, opened: true })}
        empty={empty}
        count={items.length}
        ordered={ordered}
      >
        {items.map((item, index) => (
          <SettingsItem
            key={part.nameOf(item)}
            name={part.nameOf(item)}
            busy={editor.busy}
            onEdit={() => setOpen({ seen: item, opened: true })}
            onRemove={() => put(item, undefined)}
            {...(ordered
              ? {
                  order: {
                    place: index + 1,
                    last: index === items.length - 1,
                    onMove: (by: -1 | 1) => move(item, by),
                  },
                }
              : {})}
          >
            {words(item)}
          </SettingsItem>
        ))}
      </SettingsList>
      <Modal
        opened={open.opened}
        onClose={close}
        size={580}
        title={open.seen === undefined ? `Add a ${part.word}` : `Edit ${part.nameOf(open.seen)}`}
      >
        {form({ seen: open.seen, config, onDone: close })}
      </Modal>
    </Stack>
  );
}
