/** Outcomes of the recent past, counted by time. Immutable, of bounded size: a few buckets, whatever the traffic. */

export interface Bucket {
  readonly startMs: number;
  readonly served: number;
  readonly failed: number;
  /** Served, but slowly. */
  readonly slow: number;
}

/** Oldest first. */
export type Window = readonly Bucket[];

export interface WindowTotals {
  readonly served: number;
  readonly failed: number;
  readonly slow: number;
}

export type Sample = 'served' | 'slow' | 'failed';

export const BUCKETS = 8;
export const EMPTY_WINDOW: Window = [];

export function withSample(window: Window, sample: Sample, nowMs: number, windowMs: number): Window {
  const bucketMs = windowMs / BUCKETS;
  const startMs = Math.floor(nowMs / bucketMs) * bucketMs;
  const kept = window.filter((bucket) => bucket.startMs !== startMs && isRecent(bucket, nowMs, windowMs));
  const current = window.find((bucket) => bucket.startMs === startMs) ?? { startMs, served: 0, failed: 0, slow: 0 };
  const next: Bucket = {
    startMs,
    served: current.served + (sample === 'failed' ? 0 : 1),
    failed: current.failed + (sample === 'failed' ? 1 : 0),
    slow: current.slow + (sample === 'slow' ? 1 : 0),
  };
  return [...kept, next].sort((a, b) => a.startMs - b.startMs);
}

export function totalsOf(window: Window, nowMs: number, windowMs: number): WindowTotals {
  let served = 0;
  let failed = 0;
  let slow = 0;
  for (const bucket of window) {
    if (!isRecent(bucket, nowMs, windowMs)) continue;
    served += bucket.served;
    failed += bucket.failed;
    slow += bucket.slow;
  }
  return { served, failed, slow };
}

/** A wall clock may jump back: what then lies in the future is as old as what lies in the past. */
function isRecent({ startMs }: Bucket, nowMs: number, windowMs: number): boolean {
  return Math.abs(nowMs - startMs) < windowMs;
}
