/** Who holds the prompt cache of which conversation. In memory, bounded, forgotten after an hour without a call. */
import type { EndpointId } from './types.ts';

export interface StickyBook {
  /** Undefined: unknown, or too long ago for any provider to have kept its cache. */
  target(conversation: string, nowMs: number): EndpointId | undefined;
  note(conversation: string, endpoint: EndpointId, nowMs: number): void;
  size(): number;
}

export interface StickyBookLimits {
  readonly conversationsMax: number;
  readonly keptMs: number;
}

const LIMITS: StickyBookLimits = { conversationsMax: 10_000, keptMs: 3_600_000 };

export function createStickyBook({ conversationsMax, keptMs }: StickyBookLimits = LIMITS): StickyBook {
  /** The longest unused first. */
  const book = new Map<string, { readonly endpoint: EndpointId; readonly atMs: number }>();
  return {
    target(conversation, nowMs) {
      const entry = book.get(conversation);
      if (entry === undefined) return undefined;
      if (nowMs - entry.atMs < keptMs) return entry.endpoint;
      book.delete(conversation);
      return undefined;
    },
    note(conversation, endpoint, nowMs) {
      book.delete(conversation);
      book.set(conversation, { endpoint, atMs: nowMs });
      for (const oldest of book.keys()) {
        if (book.size <= conversationsMax) break;
        book.delete(oldest);
      }
    },
    size: () => book.size,
  };
}
