/** Metadata of requests: what was asked, served, counted and paid. Never content. */
import type { RequestFilter } from '../contract/request-filter.ts';
import type { RouteView } from '../contract/routes.ts';
import type { RequestView } from '../contract/views.ts';

/** Where hours and days begin on the person's clock; the ledger's calendar is one. */
export interface UsageCalendar {
  bounds(kind: 'hour' | 'day', atMs: number): { readonly startMs: number; readonly endMs: number | undefined };
}

/** What the ledger still knows about a request that was running when the gateway died. */
export interface InterruptedRequest {
  readonly requestId: string;
  /** The first reserve, since the arrival itself was not written down. */
  readonly startedAtMs: number;
  readonly accessKeyId?: string;
  readonly project?: string;
  readonly client?: string;
  readonly provider: string;
  readonly model: string;
  readonly configVersion: number;
  /** Left out: one, since only a request with an attempt leaves a trace. */
  readonly attempts?: number;
  /** What recovery charged, and how sure it is. */
  readonly costNano?: number;
  readonly certainty?: RequestView['certainty'];
}

export interface UsageStore {
  /**
   * One row a request, written when it ends, with its part of the sums by the hour and its route trace: in the caller's
   * transaction, or in one of its own. Throws on a second row for the same id.
   */
  record(request: RequestView, route?: RouteView): void;
  /**
   * After a crash, once per start: requests without a row get one, `failed` with `gateway_crashed`. Protocol and stream
   * are unknown then and read as "unknown" and false. Returns the ids that were written; the others were there already.
   */
  recordInterrupted(interrupted: readonly InterruptedRequest[]): string[];
  get(id: string): RequestView | undefined;
  /** Why the request went where it went; undefined when no trace of it was kept. */
  routeOf(id: string): RouteView | undefined;
  /** Told of every hour before the newest one whose sums change, inside the transaction that changes them. */
  onPastChange(listener: (hourStartMs: number) => void): void;
  /** Newest first by start. Requests that end later never shift a page. Throws CursorError for a foreign cursor. */
  list(query: { limit: number; cursor?: string; filter?: RequestFilter }): {
    items: RequestView[];
    nextCursor?: string;
  };
  countSince(startMs: number): number;
}
