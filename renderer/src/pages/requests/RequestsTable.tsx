import { Button } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import type { RequestFilter } from '../../../../proxy/contract/request-filter.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { RequestScroller } from '../../request/RequestScroller.tsx';
import classes from './RequestsTable.module.css';
import { useRequests } from './use-requests.ts';

interface RequestsTableProps {
  /** Undefined: every request on record. */
  readonly filter: RequestFilter | undefined;
  readonly onShowAll: () => void;
}

export function RequestsTable({ filter, onShowAll }: RequestsTableProps) {
  const { query, requests } = useRequests(filter);
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  if (isError && requests === undefined) {
    return <ErrorState what="the requests" error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      {isError && <ErrorState what="older requests" error={query.error} onRetry={() => void query.fetchNextPage()} />}
      <Card flush className={classes.card}>
        {requests?.length === 0 ? (
          <Nothing filtered={filter !== undefined} onShowAll={onShowAll} />
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

function Nothing({ filtered, onShowAll }: { readonly filtered: boolean; readonly onShowAll: () => void }) {
  const icon = <IconListDetails size={22} />;
  if (!filtered)
    return (
      <EmptyState
        icon={icon}
        title="No requests yet"
        text="Point a tool at the base URL, or try the playground. Every call stays on record here."
      />
    );
  return (
    <EmptyState
      icon={icon}
      title="No request like that"
      text="None on record fits the period, the state and the filters above."
      action={
        <Button variant="default" onClick={onShowAll}>
          Show all
        </Button>
      }
    />
  );
}
