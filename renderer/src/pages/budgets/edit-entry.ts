/** One entry of a list in the config, told apart by a name of its own: added, changed or removed. Pure. */
import { replaceItem } from '../../config-edit/edit-list.ts';

/**
 * Undefined: `seen` is not there any more as the person saw it, and they do not insist. Who insists goes over what has its
 * name now.
 */
export function editEntry<T>(
  list: readonly T[],
  nameOf: (entry: T) => string,
  { seen, next, insist }: { readonly seen?: T | undefined; readonly next?: T | undefined; readonly insist: boolean },
): T[] | undefined {
  const edited = replaceItem(list, seen, next);
  if (edited !== undefined) return [...edited];
  if (!insist || seen === undefined) return undefined;
  const others = list.filter((entry) => nameOf(entry) !== nameOf(seen));
  return next === undefined ? others : [...others, next];
}
