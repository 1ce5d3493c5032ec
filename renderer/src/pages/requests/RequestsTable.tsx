import { Skeleton } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { RequestHead } from '../../request/RequestHead.tsx';
import rowClasses from '../../request/RequestRow.module.css';
import { RequestRow } from '../../request/RequestRow.tsx';
import classes from './RequestsTable.module.css';
import { useRequests } from './use-requests.ts';

const ROW_PX = 47;
const FETCH_AHEAD_ROWS = 30;
const COLUMNS = 6;

/** Only the visible rows exist; older pages are fetched as they come near. */
export function RequestsTable() {
  const { query, requests } = useRequests();
  const scroller = useRef<HTMLDivElement>(null);
  const count = requests?.length ?? 0;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && last >= count - FETCH_AHEAD_ROWS) void fetchNextPage();
  }, [last, count, hasNextPage, isFetching, isError, fetchNextPage]);

  if (isError && requests === undefined) {
    return <ErrorState what="the requests" error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      {isError && <ErrorState what="older requests" error={query.error} onRetry={() => void query.fetchNextPage()} />}
      <Card flush className={classes.card}>
        {requests?.length === 0 ? (
          <EmptyState
            icon={<IconListDetails size={22} />}
            title="No requests yet"
            text="Point a tool at the base URL, or try the playground. Every call stays on record here."
          />
        ) : (
          <ScrollRegion ref={scroller} className={classes.scroller} aria-label="All requests">
            <table className={`${rowClasses.table} ${classes.table}`} aria-rowcount={hasNextPage ? -1 : count + 1}>
              <RequestHead />
              <tbody>
                <Spacer height={items[0]?.start ?? 0} />
                {items.map(({ index }) => {
                  const request = requests?.[index];
                  return request && <RequestRow key={request.id} request={request} index={index} />;
                })}
                <Spacer height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)} />
              </tbody>
            </table>
            {requests === undefined && <RowsSkeleton />}
          </ScrollRegion>
        )}
      </Card>
    </>
  );
}

/** Stands for the rows that are not drawn, so the scroll bar tells the truth. */
function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td colSpan={COLUMNS} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function RowsSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((row) => (
        <Skeleton key={row} height={26} />
      ))}
    </div>
  );
}
