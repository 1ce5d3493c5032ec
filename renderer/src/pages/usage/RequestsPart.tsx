import { Button } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { formatCount } from '../../format/tokens.ts';
import { RequestScroller, RowsSkeleton } from '../../request/RequestScroller.tsx';
import classes from './RequestsPart.module.css';
import type { UsageQuery } from './usage-query.ts';
import { usePeriodRequests } from './use-period-requests.ts';

/** The requests behind the figures. Stands still while it is read: what came since is offered, not pushed in. */
export function RequestsPart({ query }: { readonly query: UsageQuery | undefined }) {
  if (query === undefined) return <RowsSkeleton />;
  return <Requests query={query} />;
}

function Requests({ query }: { readonly query: UsageQuery }) {
  const { series, pages, requests, empty, newer } = usePeriodRequests(query);
  const failed = [series, pages].find(({ isError }) => isError);
  if (failed !== undefined && requests === undefined) {
    return (
      <div className={classes.problem}>
        <ErrorState what="the requests" error={failed.error} onRetry={() => void failed.refetch()} />
      </div>
    );
  }
  if (requests === undefined) return <RowsSkeleton />;
  if (empty) {
    return (
      <EmptyState
        icon={<IconListDetails size={22} />}
        title="No requests in this period"
        text="Choose another period, or take a filter off."
      />
    );
  }
  return (
    <>
      {newer > 0 && (
        <div className={classes.newer}>
          <Button size="xs" variant="light" loading={pages.isFetching} onClick={() => void pages.refetch()}>
            {newer === 1 ? 'Show 1 newer request' : `Show ${formatCount(newer)} newer requests`}
          </Button>
        </div>
      )}
      {pages.isError && (
        <div className={classes.problem}>
          <ErrorState what="older requests" error={pages.error} onRetry={() => void pages.fetchNextPage()} />
        </div>
      )}
      <div className={classes.list}>
        <RequestScroller
          label="Requests of this period"
          requests={requests}
          hasMore={pages.hasNextPage}
          idle={!pages.isFetching && !pages.isError}
          onMore={() => void pages.fetchNextPage()}
        />
      </div>
    </>
  );
}
