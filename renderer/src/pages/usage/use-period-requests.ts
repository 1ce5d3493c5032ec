import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { UsageSeries } from '../../../../proxy/contract/usage.ts';
import { useSession } from '../../app/session-context.ts';
import { useUsageSeries } from '../../usage/use-usage.ts';
import { readRequests } from './read-requests.ts';
import { countSince, requestWindows } from './request-windows.ts';
import { asked, type UsageQuery } from './usage-query.ts';

const PAGE_REQUESTS = 150;
/** As many hours as the gateway counts at once; longer periods are cut into days. */
const HOURLY_MS_MAX = 80 * 86_400_000;

/** The requests of a period and its filters, newest first, fetched as they are scrolled to. */
export function usePeriodRequests(query: UsageQuery) {
  const { client } = useSession();
  const { fromMs, toMs, filters } = query;
  const bucket = toMs - fromMs <= HOURLY_MS_MAX ? 'hour' : 'day';
  const series = useUsageSeries({ ...asked(query), bucket });
  const counted = series.isPlaceholderData ? undefined : series.data;
  const windows = useMemo(() => counted && requestWindows(counted, PAGE_REQUESTS), [counted]);
  const pages = useInfiniteQuery({
    queryKey: ['requests of a period', fromMs, toMs, filters],
    enabled: windows !== undefined,
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam, signal }) => {
      // By where the page before it began, so that hours that fill up meanwhile neither repeat nor skip a request.
      const window = windows?.find(({ fromMs: start }) => pageParam === undefined || start < pageParam);
      if (window === undefined) return { requests: [], startMs: fromMs };
      const end = pageParam === undefined ? toMs : Math.min(window.toMs, pageParam);
      const requests = await readRequests(client, { fromMs: window.fromMs, toMs: end }, filters, signal);
      return { requests, startMs: window.fromMs };
    },
    getNextPageParam: ({ startMs }) => (windows?.some((window) => window.fromMs < startMs) ? startMs : undefined),
    refetchOnMount: 'always',
  });
  const requests = useMemo(() => pages.data?.pages.flatMap((page) => page.requests), [pages.data]);
  return { series, pages, requests, empty: windows?.length === 0, newer: newerThan(pages.data?.pages[0], counted) };
}

interface Page {
  readonly requests: readonly unknown[];
  readonly startMs: number;
}

/** How many requests the stretch of the first page has by now beyond those that were read. */
function newerThan(first: Page | undefined, counted: UsageSeries | undefined): number {
  if (first === undefined || counted === undefined) return 0;
  return Math.max(0, countSince(counted, first.startMs) - first.requests.length);
}
