import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import classes from './EntriesTable.module.css';
import { EntryRow } from './EntryRow.tsx';
import { KIND_CHOICES, type KindFilter, kindOf, noEntriesWords } from './entry-kinds.ts';
import { useEntries } from './use-entries.ts';

const ROW_PX = 36;
const FETCH_AHEAD_ROWS = 30;

const COLUMNS = [
  { name: 'Entry', width: 72, className: undefined },
  { name: 'Time', width: 108, className: undefined },
  { name: 'Kind', width: 88, className: undefined },
  { name: 'Amount', width: 114, className: classes.amount },
  { name: 'Certainty', width: 104, className: classes.certainty },
  { name: 'Model', width: undefined, className: undefined },
  { name: 'Access key', width: 100, className: undefined },
  { name: 'Request', width: 108, className: undefined },
];

/** Only the visible rows exist; older pages are fetched as they come near. */
export function EntriesTable() {
  const [kind, setKind] = useState<KindFilter>('all');
  const { query, entries } = useEntries(kind);
  const scroller = useRef<HTMLDivElement>(null);
  const count = entries?.length ?? 0;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= count - FETCH_AHEAD_ROWS) void fetchNextPage();
  }, [last, count, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (query.isError && entries === undefined) {
    return <ErrorState what="the entries" error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <Card
      title="Entries"
      flush
      className={classes.card}
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Entries of which kind"
          data={[...KIND_CHOICES]}
          value={kind}
          onChange={(value) => setKind(kindOf(value))}
        />
      }
    >
      {entries?.length === 0 && !hasNextPage ? (
        <EmptyState icon={<IconBook2 size={22} />} {...noEntriesWords(kind)} />
      ) : (
        <ScrollRegion ref={scroller} className={classes.scroller} aria-label="Ledger entries">
          <table className={classes.table} aria-rowcount={hasNextPage ? -1 : count + 1}>
            <thead>
              <tr aria-rowindex={1}>
                {COLUMNS.map(({ name, width, className }) => (
                  <th key={name} scope="col" style={{ width }} className={className}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Spacer height={items[0]?.start ?? 0} />
              {items.map((item) => {
                const entry = entries?.[item.index];
                return entry && <EntryRow key={entry.seq} entry={entry} index={item.index} />;
              })}
              <Spacer height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)} />
            </tbody>
          </table>
          {(entries === undefined || (count === 0 && hasNextPage)) && <RowsSkeleton />}
        </ScrollRegion>
      )}
    </Card>
  );
}

/** Stands for the rows that are not drawn, so the scroll bar tells the truth. */
function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td colSpan={COLUMNS.length} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function RowsSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((row) => (
        <Skeleton key={row} height={16} />
      ))}
    </div>
  );
}
