/**
 * How fast endpoints answer: time to the first token and tokens per second, recent calls weighing more. A measurement loses
 * half its weight every ten minutes, so that a slow hour is forgotten in the next. Bounded: some 800 bytes an endpoint.
 */

export interface Measurement {
  /** Of streams. */
  readonly firstTokenMs?: number;
  /** Output tokens over the time from the first to the last. */
  readonly tokensPerSecond?: number;
}

export interface Latency {
  /** Weighted mean. */
  readonly firstTokenMs?: number;
  readonly firstTokenMsP50?: number;
  /** What nineteen of twenty calls stayed under, within 8 %. */
  readonly firstTokenMsP95?: number;
  readonly tokensPerSecond?: number;
  /** Calls with a first token, each by its weight. */
  readonly samples: number;
}

export interface LatencyBook {
  record(id: string, measured: Measurement, nowMs: number): void;
  /** Undefined: never measured, or too long ago. */
  of(id: string, nowMs: number): Latency | undefined;
  /** Of a provider: its endpoints too. */
  forget(id: string): void;
}

const HALF_LIFE_MS = 600_000;
/** Less than this is as good as nothing: one call an hour ago. */
const WEIGHT_MIN = 0.01;
const SIZE_MAX = 1_000;
/** Buckets grow by a sixth, from 1 ms to beyond 10 minutes. */
const GROWTH = 7 / 6;
const BUCKET_COUNT = 90;

interface Entry {
  atMs: number;
  readonly buckets: Float64Array;
  firstTokenSum: number;
  firstTokenWeight: number;
  rateSum: number;
  rateWeight: number;
}

export function createLatencyBook({ sizeMax = SIZE_MAX } = {}): LatencyBook {
  const entries = new Map<string, Entry>();

  function touch(id: string, nowMs: number): Entry {
    const entry = entries.get(id) ?? emptyEntry(nowMs);
    entries.delete(id);
    entries.set(id, entry);
    const [oldest] = entries.keys();
    if (entries.size > sizeMax && oldest !== undefined) entries.delete(oldest);
    return entry;
  }

  return {
    record(id, { firstTokenMs, tokensPerSecond }, nowMs) {
      if (!usable(firstTokenMs) && !usable(tokensPerSecond)) return;
      const entry = touch(id, nowMs);
      decay(entry, nowMs);
      if (usable(firstTokenMs)) {
        const bucket = bucketOf(firstTokenMs);
        entry.buckets[bucket] = (entry.buckets[bucket] ?? 0) + 1;
        entry.firstTokenSum += firstTokenMs;
        entry.firstTokenWeight += 1;
      }
      if (usable(tokensPerSecond)) {
        entry.rateSum += tokensPerSecond;
        entry.rateWeight += 1;
      }
    },
    of(id, nowMs) {
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      const factor = decayFactor(entry, nowMs);
      const samples = entry.firstTokenWeight * factor;
      const hasRate = entry.rateWeight * factor >= WEIGHT_MIN;
      if (samples < WEIGHT_MIN && !hasRate) return undefined;
      return {
        samples,
        ...(samples < WEIGHT_MIN
          ? {}
          : {
              firstTokenMs: entry.firstTokenSum / entry.firstTokenWeight,
              firstTokenMsP50: quantile(entry, 0.5),
              firstTokenMsP95: quantile(entry, 0.95),
            }),
        ...(hasRate ? { tokensPerSecond: entry.rateSum / entry.rateWeight } : {}),
      };
    },
    forget(id) {
      for (const each of [...entries.keys()]) if (each === id || each.startsWith(`${id}/`)) entries.delete(each);
    },
  };
}

function emptyEntry(atMs: number): Entry {
  return {
    atMs,
    buckets: new Float64Array(BUCKET_COUNT),
    firstTokenSum: 0,
    firstTokenWeight: 0,
    rateSum: 0,
    rateWeight: 0,
  };
}

function usable(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}

/** A clock that jumps back does not make the past weigh more. */
function decayFactor({ atMs }: Entry, nowMs: number): number {
  return 0.5 ** (Math.max(0, nowMs - atMs) / HALF_LIFE_MS);
}

function decay(entry: Entry, nowMs: number): void {
  const factor = decayFactor(entry, nowMs);
  entry.atMs = Math.max(entry.atMs, nowMs);
  if (factor === 1) return;
  for (const [bucket, weight] of entry.buckets.entries()) entry.buckets[bucket] = weight * factor;
  entry.firstTokenSum *= factor;
  entry.firstTokenWeight *= factor;
  entry.rateSum *= factor;
  entry.rateWeight *= factor;
}

function bucketOf(ms: number): number {
  return ms <= 1 ? 0 : Math.min(BUCKET_COUNT - 1, Math.ceil(Math.log(ms) / Math.log(GROWTH)));
}

/** The middle (by ratio) of the bucket in which the share is reached. */
function quantile({ buckets, firstTokenWeight }: Entry, share: number): number {
  let left = firstTokenWeight * share;
  for (const [bucket, weight] of buckets.entries()) {
    left -= weight;
    if (left <= 0 && weight > 0) return bucket === 0 ? 1 : GROWTH ** (bucket - 0.5);
  }
  return GROWTH ** (BUCKET_COUNT - 1);
}
