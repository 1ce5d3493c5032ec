import { type ConfigEditor, useEditConfig } from '../../../config-edit/use-edit-config.tsx';
import { editItem, type ListPart, moveInList } from './list-parts.ts';

interface ListEditor<T> {
  readonly editor: ConfigEditor;
  /** `seen` undefined adds `next`; `next` undefined removes `seen`. */
  put(seen: T | undefined, next: T | undefined): void;
  move(item: T, by: -1 | 1): void;
}

export function useListEditor<T>(part: ListPart<T>, onDone?: () => void): ListEditor<T> {
  const editor = useEditConfig(onDone);
  return {
    editor,
    put: (seen, next) => {
      const name = nameIn(part, seen, next);
      const did = seen === undefined ? 'added' : next === undefined ? 'removed' : 'changed';
      editor.save(
        { note: `${part.word} ${name} ${did}`, change: editItem(part, seen, next) },
        `The ${part.word} ${name} is ${did === 'changed' ? 'saved' : did}.`,
      );
    },
    move: (item, by) =>
      editor.save(
        { note: `${part.word} ${part.nameOf(item)} moved`, change: moveInList(part, item, by) },
        `The ${part.word} ${part.nameOf(item)} is moved ${by < 0 ? 'up' : 'down'}.`,
      ),
  };
}

function nameIn<T>({ nameOf }: ListPart<T>, seen: T | undefined, next: T | undefined): string {
  const item = next ?? seen;
  return item === undefined ? '' : nameOf(item);
}
