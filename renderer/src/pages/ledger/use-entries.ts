import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useApi } from '../../app/session-context.ts';
import { useLive } from '../../live/use-live.ts';
import { hasNewByPeople, isByPeople, type KindFilter, ofKind } from './entry-kinds.ts';
import { mergeEntries } from './merge-entries.ts';

const FIRST_PAGE = 100;
/** Whoever scrolls that far goes on. */
const LATER_PAGES = 500;

/**
 * The ledger's entries of a kind, newest first, growing at the top as calls settle and at the bottom as the person
 * scrolls.
 */
export function useEntries(kind: KindFilter) {
  const all = useAllEntries(!isByPeople(kind));
  const adjustments = useAdjustments(isByPeople(kind));
  const { query, entries } = isByPeople(kind) ? adjustments : all;
  return {
    query,
    entries: useMemo(() => (entries === undefined ? undefined : ofKind(entries, kind)), [entries, kind]),
  };
}

const pageInput = (cursor: string | undefined) =>
  cursor === undefined ? { limit: FIRST_PAGE } : { limit: LATER_PAGES, cursor };

function useAllEntries(enabled: boolean) {
  const query = useInfiniteQuery({
    ...useApi().ledger.entries.infiniteOptions({
      input: pageInput,
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor,
    }),
    enabled,
  });
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
    if (enabled && merged?.gap === true && !isFetching) void refetch();
  }, [enabled, merged, isFetching, refetch]);
  return { query, entries: merged?.entries };
}

/** Rare, so a new one is reason enough to fetch them again. */
function useAdjustments(enabled: boolean) {
  const query = useInfiniteQuery({
    ...useApi().ledger.adjustments.infiniteOptions({
      input: pageInput,
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor,
      // They are not fetched again while nobody looks, so what is kept of them may be old.
      staleTime: 0,
    }),
    enabled,
  });
  const live = useLive((state) => state.transfers);
  const pages = query.data?.pages;
  const entries = useMemo(() => pages?.flatMap((page) => page.items), [pages]);
  const { refetch, isFetching, isError } = query;
  const stale = entries !== undefined && hasNewByPeople(entries, live ?? []);
  useEffect(() => {
    if (enabled && stale && !isFetching && !isError) void refetch();
  }, [enabled, stale, isFetching, isError, refetch]);
  return { query, entries };
}
