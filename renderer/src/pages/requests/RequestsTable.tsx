import { IconListDetails } from '@tabler/icons-react';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { RequestScroller } from '../../request/RequestScroller.tsx';
import classes from './RequestsTable.module.css';
import { useRequests } from './use-requests.ts';

/** Every request on record. */
export function RequestsTable() {
  const { query, requests } = useRequests();
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
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
          <RequestScroller
            label="All requests"
            requests={requests}
            hasMore={hasNextPage}
            idle={!isFetching && !isError}
            onMore={() => void fetchNextPage()}
          />
        )}
      </Card>
    </>
  );
}
