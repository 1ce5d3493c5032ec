import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';

const PAGE_SIZE = 50;

/** Alerts on record, newest first; the live feed says when to fetch them again. */
export function useAlerts() {
  return useInfiniteQuery(
    useApi().alerts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
}
