/** Items of a list in the config, added, changed, moved and removed one at a time. Pure. */

/** Whether two pieces of plain config say the same, in whatever order their fields stand. An undefined field is none. */
export function sameItem(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => sameItem(a[name], b[name]));
}

/**
 * Puts `next` in the place of `seen`; with only `next` it is added at the end, with only `seen` taken out. Undefined:
 * `seen` is not in the list any more as it was seen.
 */
export function replaceItem<T>(list: readonly T[], seen: T | undefined, next: T | undefined): readonly T[] | undefined {
  const added = next === undefined ? [] : [next];
  if (seen === undefined) return [...list, ...added];
  const at = list.findIndex((item) => sameItem(item, seen));
  return at < 0 ? undefined : list.toSpliced(at, 1, ...added);
}

/** One place up (-1) or down (1); at the end of the list it stays. Undefined: it is not in the list any more as it was seen. */
export function moveItem<T>(list: readonly T[], item: T, by: -1 | 1): readonly T[] | undefined {
  const at = list.findIndex((each) => sameItem(each, item));
  const moved = list[at];
  if (at < 0 || moved === undefined) return undefined;
  const to = Math.max(0, Math.min(list.length - 1, at + by));
  return list.toSpliced(at, 1).toSpliced(to, 0, moved);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
