import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './BreakdownCard.module.css';
import { type GroupSort, nextSort } from './sort-groups.ts';

interface SortButtonProps {
  readonly id: string;
  readonly name: string;
  readonly title?: string | undefined;
  readonly sort: GroupSort;
  readonly onSort: (sort: GroupSort) => void;
}

/** The name of a column, as the button that sorts by it. */
export function SortButton({ id, name, title, sort, onSort }: SortButtonProps) {
  const sorted = sort.column === id;
  const Arrow = sort.direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" aria-sort={sorted ? sort.direction : undefined}>
      <button type="button" className={classes.sort} title={title} onClick={() => onSort(nextSort(sort, id))}>
        {name}
        {sorted && <Arrow size={13} aria-hidden="true" />}
      </button>
    </th>
  );
}
