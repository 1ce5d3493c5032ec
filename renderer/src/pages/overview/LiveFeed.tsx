import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useLive } from '../../live/use-live.ts';
import { RequestHead } from '../../request/RequestHead.tsx';
import rowClasses from '../../request/RequestRow.module.css';
import { RequestRow } from '../../request/RequestRow.tsx';
import { type FeedFilter, filterFeed } from './feed-filter.ts';
import classes from './LiveFeed.module.css';

const ROWS_MAX = 60;

/** Requests as they happen, newest first. Not announced to screen readers: it never stops. */
export function LiveFeed() {
  const requests = useLive((live) => live.requests);
  const [filter, setFilter] = useState<FeedFilter>('all');
  const shown = requests === undefined ? undefined : filterFeed(requests, filter).slice(0, ROWS_MAX);
  return (
    <Card
      title="Live requests"
      flush
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Which requests to show"
          value={filter}
          onChange={setFilter}
          data={[
            { value: 'all', label: 'All' },
            { value: 'open', label: 'Running' },
            { value: 'problems', label: 'Problems' },
          ]}
        />
      }
    >
      {shown === undefined && <FeedSkeleton />}
      {shown?.length === 0 && <NothingYet filter={filter} />}
      {shown !== undefined && shown.length > 0 && (
        <table className={rowClasses.table}>
          <RequestHead />
          <tbody>
            {shown.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </tbody>
        </table>
      )}
      {shown !== undefined && shown.length > 0 && (
        <p className={classes.foot}>
          <Link href="/requests">All requests on record</Link>
        </p>
      )}
    </Card>
  );
}

function FeedSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} height={26} />
      ))}
    </div>
  );
}

function NothingYet({ filter }: { readonly filter: FeedFilter }) {
  if (filter === 'open') return <EmptyState title="Nothing is running" text="Calls in progress appear here." />;
  if (filter === 'problems') {
    return <EmptyState title="No problems" text="Refused and failed requests appear here with the reason." />;
  }
  return (
    <EmptyState
      icon={<IconPlugConnected size={22} />}
      title="Waiting for the first request"
      text="Connect a tool, or try the playground. Each call appears here the moment it arrives."
    />
  );
}
