/** Metadata of requests: what was asked, served, counted and paid. Never content. */
import type { RequestView } from '../contract/views.ts';

export interface UsageStore {
  /** One row a request, written when it ends. */
  record(request: RequestView): void;
  get(id: string): RequestView | undefined;
  /** Newest first. */
  list(query: { limit: number; cursor?: string }): { items: RequestView[]; nextCursor?: string };
  countSince(startMs: number): number;
}
