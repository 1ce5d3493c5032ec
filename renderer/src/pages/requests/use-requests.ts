import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { RequestFilter } from '../../../../proxy/contract/request-filter.ts';
import { useApi } from '../../app/session-context.ts';
import { useLive } from '../../live/use-live.ts';
import { mergeRequests } from './merge-requests.ts';
import { fitsFilter } from './requests-filter.ts';

const FIRST_PAGE = 100;
/** Whoever scrolls that far goes on. */
const LATER_PAGES = 500;

/** The requests on record, newest first, growing at the top as calls come and at the bottom as the person scrolls. */
export function useRequests(filter: RequestFilter | undefined) {
  const query = useInfiniteQuery({
    ...useApi().requests.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filter,
        ...(cursor === undefined ? { limit: FIRST_PAGE } : { limit: LATER_PAGES, cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor,
    }),
    // The live feed brings what is new while the page is open, not what came while it was closed.
    refetchOnMount: 'always',
  });
  const live = useLive((state) => state.requests);
  const pages = query.data?.pages;
  const { dataUpdatedAt } = query;
  const merged = useMemo(() => {
    if (pages === undefined) return undefined;
    const narrowed =
      filter === undefined
        ? undefined
        : {
            fits: (request: Parameters<typeof fitsFilter>[1]) => fitsFilter(filter, request),
            fetchedAtMs: dataUpdatedAt,
          };
    return mergeRequests(
      pages.map((page) => page.items),
      live ?? [],
      narrowed,
    );
  }, [pages, live, filter, dataUpdatedAt]);
  const { refetch, isFetching } = query;
  useEffect(() => {
    if (merged?.gap === true && !isFetching) void refetch();
  }, [merged, isFetching, refetch]);
  return { query, requests: merged?.requests };
}
