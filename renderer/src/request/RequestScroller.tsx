import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { ScrollRegion } from '../components/ScrollRegion.tsx';
import type { RequestView } from '../contract-views.ts';
import { RequestHead } from './RequestHead.tsx';
import rowClasses from './RequestRow.module.css';
import { RequestRow } from './RequestRow.tsx';
import classes from './RequestScroller.module.css';

const ROW_PX = 47;
const FETCH_AHEAD_ROWS = 30;
const COLUMNS = 6;

interface RequestScrollerProps {
  readonly label: string;
  /** Undefined: on their way. */
  readonly requests: readonly RequestView[] | undefined;
  readonly hasMore: boolean;
  /** Nothing is being fetched, and nothing failed that a person has to look at first. */
  readonly idle: boolean;
  readonly onMore: () => void;
}

/** Fills its box, which has a position. Only the visible rows exist; older ones are asked for as they come near. */
export function RequestScroller({ label, requests, hasMore, idle, onMore }: RequestScrollerProps) {
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
  useEffect(() => {
    if (hasMore && idle && last >= count - FETCH_AHEAD_ROWS) onMore();
  }, [last, count, hasMore, idle, onMore]);
  return (
    <ScrollRegion ref={scroller} className={classes.scroller} aria-label={label}>
      <table className={`${rowClasses.table} ${classes.table}`} aria-rowcount={hasMore ? -1 : count + 1}>
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

export function RowsSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((row) => (
        <Skeleton key={row} height={26} />
      ))}
    </div>
  );
}
