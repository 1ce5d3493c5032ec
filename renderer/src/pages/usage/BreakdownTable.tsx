import { Skeleton } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useState } from 'react';
import type { UsageDimension } from '../../../../proxy/contract/usage.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { formatCount } from '../../format/tokens.ts';
import { dimensionName, isCodeLike, valueName } from '../../usage/dimensions.ts';
import { useUsageSummary } from '../../usage/use-usage.ts';
import classes from './BreakdownCard.module.css';
import { COLUMNS, type ColumnSet } from './breakdown-columns.tsx';
import { SortButton } from './SortButton.tsx';
import { type GroupSort, type NamedGroup, sortGroups } from './sort-groups.ts';
import { asked, type UsageQuery } from './usage-query.ts';

interface BreakdownTableProps {
  readonly query: UsageQuery | undefined;
  readonly dimension: UsageDimension;
  readonly columns: ColumnSet;
  readonly onNarrow: (value: string | null) => void;
}

const DEAREST: GroupSort = { column: 'charged', direction: 'descending' };

/** A row for each value of a dimension. Its name leads to the requests behind the figures. */
export function BreakdownTable({ query, dimension, columns, onNarrow }: BreakdownTableProps) {
  const [sort, setSort] = useState(DEAREST);
  const summary = useUsageSummary(query && { ...asked(query), groupBy: [dimension] });
  if (summary.isError) {
    return (
      <div className={classes.problem}>
        <ErrorState what="the breakdown" error={summary.error} onRetry={() => void summary.refetch()} />
      </div>
    );
  }
  // Rows of another dimension would stand under the wrong name.
  const data = summary.data?.groups.every(({ key }) => dimension in key) ? summary.data : undefined;
  if (data === undefined) return <TableSkeleton />;
  if (data.groups.length === 0) {
    return (
      <EmptyState
        icon={<IconChartBar size={22} />}
        title="No requests in this period"
        text="Choose another period, or take a filter off. Every call through Gatehouse is counted here."
      />
    );
  }
  const shown = COLUMNS[columns];
  // The column that is sorted by may stand in another set.
  const sorted = Object.values(COLUMNS)
    .flat()
    .find(({ id }) => id === sort.column);
  const rows = sortGroups(named(data.groups, dimension), sort.direction, sorted?.value);
  return (
    <>
      <ScrollRegion className={classes.scroller} aria-label={`Usage by ${dimensionName(dimension).toLowerCase()}`}>
        <table className={classes.table} aria-busy={summary.isPlaceholderData || undefined}>
          <thead>
            <tr>
              <SortButton id="name" name={dimensionName(dimension)} sort={sort} onSort={setSort} />
              {shown.map(({ id, name, title }) => (
                <SortButton key={id} id={id} name={name} title={title} sort={sort} onSort={setSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ value, name, figures }) => (
              <tr key={`${value}`}>
                <th scope="row">
                  <button
                    type="button"
                    className={`${classes.open} ${isCodeLike(dimension, value) ? 'mono' : ''} truncate`}
                    title={`Show the requests of ${name}`}
                    onClick={() => onNarrow(value)}
                  >
                    {name}
                  </button>
                </th>
                {shown.map(({ id, show }) => (
                  <td key={id} className="num">
                    {show(figures)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">In all</th>
              {shown.map(({ id, show }) => (
                <td key={id} className="num">
                  {show(data.total)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
      {data.more > 0 && (
        <p className={classes.more}>
          {formatCount(data.more)} more {data.more === 1 ? 'row is' : 'rows are'} in the sum. Filter to see them, or
          export the period.
        </p>
      )}
    </>
  );
}

interface Group {
  readonly key: Partial<Record<string, string | number | null>>;
  readonly figures: NamedGroup['figures'];
}

function named(groups: readonly Group[], dimension: UsageDimension): readonly NamedGroup[] {
  return groups.map(({ key, figures }) => {
    const found = key[dimension];
    const value = found === null || found === undefined ? null : String(found);
    return { value, name: valueName(dimension, value), figures };
  });
}

function TableSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e'].map((row) => (
        <Skeleton key={row} height={20} />
      ))}
    </div>
  );
}
