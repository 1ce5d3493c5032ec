import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './ModelsTable.module.css';
import { type ModelSort, nextSort, type SortColumn } from './sort-models.ts';

interface SortHeaderProps {
  readonly column: SortColumn;
  readonly name: string;
  readonly width: number | undefined;
  readonly className: string | undefined;
  readonly sort: ModelSort;
  readonly onSort: (sort: ModelSort) => void;
}

/** The name of a column, as the button that sorts by it. */
export function SortHeader({ column, name, width, className, sort, onSort }: SortHeaderProps) {
  const sorted = sort.column === column;
  const Arrow = sort.direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" style={{ width }} className={className} aria-sort={sorted ? sort.direction : undefined}>
      <button type="button" className={classes.sort} onClick={() => onSort(nextSort(sort, column))}>
        {name}
        {sorted && <Arrow size={13} aria-hidden="true" />}
      </button>
    </th>
  );
}
