/** Fetched pages of requests and what the live feed knows since, as one list. Pure. */
import type { RequestView } from '../../contract-views.ts';
import { REQUESTS_KEPT_MAX } from '../../live/reduce-live.ts';

export interface MergedRequests {
  /** Newest first, without doubles; where both know a request, the live feed knows better. */
  readonly requests: readonly RequestView[];
  /** True when requests between the pages and the live ones were missed, so the first page must be fetched again. */
  readonly gap: boolean;
}

/** The pages hold only some requests. */
export interface Narrowed {
  readonly fits: (request: RequestView) => boolean;
  /** When the pages were fetched, in milliseconds since 1970. */
  readonly fetchedAtMs: number;
}

/** `pages` newest first; `live` newest first, and no more than the feed keeps. */
export function mergeRequests(
  pages: readonly (readonly RequestView[])[],
  live: readonly RequestView[],
  narrowed?: Narrowed,
): MergedRequests {
  const fetched = pages.flat();
  const fitting = narrowed === undefined ? live : live.filter(narrowed.fits);
  return { requests: withLive(fetched, fitting), gap: hasGap(fetched, live, narrowed) };
}

/** Only what is as new as the live ones is put in order: a long list is scrolled while calls come. */
function withLive(fetched: readonly RequestView[], live: readonly RequestView[]): readonly RequestView[] {
  const oldestMs = live.at(-1)?.startedAtMs;
  if (oldestMs === undefined) return fetched;
  const older = fetched.findIndex(({ startedAtMs }) => startedAtMs < oldestMs);
  const tailAt = older < 0 ? fetched.length : older;
  const known = new Map(fetched.slice(0, tailAt).map((request) => [request.id, request]));
  for (const request of live) known.set(request.id, request);
  return [...[...known.values()].sort(newestFirst), ...fetched.slice(tailAt)];
}

function hasGap(
  fetched: readonly RequestView[],
  live: readonly RequestView[],
  narrowed: Narrowed | undefined,
): boolean {
  const oldestLive = live.at(-1);
  if (live.length < REQUESTS_KEPT_MAX || oldestLive === undefined) return false;
  // Of a narrowed list the newest may be old by right, so its pages are as new as their fetching.
  const newestMs = narrowed?.fetchedAtMs ?? fetched[0]?.startedAtMs;
  return newestMs === undefined || oldestLive.startedAtMs > newestMs;
}

function newestFirst(a: RequestView, b: RequestView): number {
  return b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1);
}
