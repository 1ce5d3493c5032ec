/** A period cut into stretches of about a page of requests, the newest first. Pure. */
import type { UsageSeries } from '../../../../proxy/contract/usage.ts';

export interface RequestWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly requests: number;
}

/** Hours or days are put together until they hold `requestsMin`; empty ones at the ends cost no question. */
export function requestWindows({ buckets, lines }: UsageSeries, requestsMin: number): readonly RequestWindow[] {
  const points = lines[0]?.points ?? [];
  const windows: RequestWindow[] = [];
  let open: RequestWindow | undefined;
  for (let index = buckets.length - 1; index >= 0; index--) {
    const bucket = buckets[index];
    const requests = points[index]?.requests ?? 0;
    if (bucket === undefined || requests === 0) continue;
    open = {
      fromMs: bucket.startMs,
      toMs: open?.toMs ?? bucket.endMs,
      requests: (open?.requests ?? 0) + requests,
    };
    if (open.requests >= requestsMin) {
      windows.push(open);
      open = undefined;
    }
  }
  return open === undefined ? windows : [...windows, open];
}

/** Of an ungrouped series: the requests of the buckets that start at that instant or later. */
export function countSince({ buckets, lines }: UsageSeries, startMs: number): number {
  const points = lines[0]?.points ?? [];
  return buckets.reduce(
    (sum, bucket, index) => sum + (bucket.startMs < startMs ? 0 : (points[index]?.requests ?? 0)),
    0,
  );
}
