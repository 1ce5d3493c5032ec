/** The order of the breakdown. Pure. What is unknown stands last in either direction. */
import type { UsageFigures } from '../../../../proxy/contract/usage.ts';

export interface GroupSort {
  /** A column, or `name`. */
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

export interface NamedGroup {
  readonly value: string | null;
  readonly name: string;
  readonly figures: UsageFigures;
}

const NAMES = new Intl.Collator('en', { numeric: true });

/** `value` of the column that is sorted by; left out to sort by name. */
export function sortGroups(
  groups: readonly NamedGroup[],
  direction: GroupSort['direction'],
  value?: (figures: UsageFigures) => number | undefined,
): readonly NamedGroup[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return groups.toSorted((a, b) => {
    if (value === undefined) return sign * NAMES.compare(a.name, b.name);
    const [one, other] = [value(a.figures), value(b.figures)];
    if (one === undefined || other === undefined) {
      return Number(one === undefined) - Number(other === undefined) || NAMES.compare(a.name, b.name);
    }
    return sign * (one - other) || NAMES.compare(a.name, b.name);
  });
}

/** Names are first read from A, figures from the largest. */
export function nextSort(sort: GroupSort, column: string): GroupSort {
  if (sort.column !== column) return { column, direction: column === 'name' ? 'ascending' : 'descending' };
  return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' };
}
