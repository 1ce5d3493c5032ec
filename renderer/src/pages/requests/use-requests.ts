import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useApi } from '../../app/session-context.ts';
import { useLive } from '../../live/use-live.ts';
import { mergeRequests } from './merge-requests.ts';

const PAGE_SIZE = 100;

/** Every request on record, newest first, growing at the top as calls come and at the bottom as the person scrolls. */
export function useRequests() {
  const query = useInfiniteQuery({
    ...useApi().requests.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor,
    }),
    // The live feed brings what is new while the page is open, not what came while it was closed.
    refetchOnMount: 'always',
  });
  const live = useLive((state) => state.requests);
  const pages = query.data?.pages;
  const merged = useMemo(
    () =>
      pages === undefined
        ? undefined
        : mergeRequests(
            pages.map((page) => page.items),
            live ?? [],
          ),
    [pages, live],
  );
  const { refetch, isFetching } = query;
  useEffect(() => {
    if (merged?.gap === true && !isFetching) void refetch();
  }, [merged, isFetching, refetch]);
  return { query, requests: merged?.requests };
}
