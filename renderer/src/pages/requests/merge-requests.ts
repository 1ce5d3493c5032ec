/** Fetched pages of requests and what the live feed knows since, as one list. Pure. */
import type { RequestView } from '../../contract-views.ts';
import { REQUESTS_KEPT_MAX } from '../../live/reduce-live.ts';

export interface MergedRequests {
  /** Newest first, without doubles; where both know a request, the live feed knows better. */
  readonly requests: readonly RequestView[];
  /** True when requests between the pages and the live ones were missed, so the first page must be fetched again. */
  readonly gap: boolean;
}

/** `pages` newest first; `live` newest first, and no more than the feed keeps. */
export function mergeRequests(
  pages: readonly (readonly RequestView[])[],
  live: readonly RequestView[],
): MergedRequests {
  const fetched = pages.flat();
  const newest = fetched[0];
  const oldestLive = live.at(-1);
  const known = new Map(fetched.map((request) => [request.id, request]));
  for (const request of live) known.set(request.id, request);
  return {
    requests: [...known.values()].sort(newestFirst),
    gap:
      live.length >= REQUESTS_KEPT_MAX &&
      oldestLive !== undefined &&
      (newest === undefined || oldestLive.startedAtMs > newest.startedAtMs),
  };
}

function newestFirst(a: RequestView, b: RequestView): number {
  return b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1);
}
