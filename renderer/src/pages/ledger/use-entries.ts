import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useApi } from '../../app/session-context.ts';
import { useLive } from '../../live/use-live.ts';
import { mergeEntries } from './merge-entries.ts';

const PAGE_SIZE = 100;

/** The ledger's entries, newest first, growing at the top as calls settle and at the bottom as the person scrolls. */
export function useEntries() {
  const query = useInfiniteQuery(
    useApi().ledger.entries.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  const live = useLive((state) => state.transfers);
  const pages = query.data?.pages;
  const merged = useMemo(
    () =>
      pages === undefined
        ? undefined
        : mergeEntries(
            pages.map((page) => page.items),
            live ?? [],
          ),
    [pages, live],
  );
  const { refetch, isFetching } = query;
  useEffect(() => {
    if (merged?.gap === true && !isFetching) void refetch();
  }, [merged, isFetching, refetch]);
  return { query, entries: merged?.entries };
}
