/**
 * How long requests took, as counts in logarithmic bins: eight to a doubling, so that a percentile read from them is within
 * 4.5 % of the exact one (what takes a millisecond or less counts as one). Bin 0 holds up to 1 ms, bin b what is above
 * 2^((b-1)/8) ms and up to 2^(b/8) ms. Stored as a BLOB of six bytes a bin that is not empty: metric and bin in two, the
 * count in four, little endian, in rising order. Merging is adding, so any stretch of time can be read from hours.
 */
import type { PercentilesView } from '../../contract/usage.ts';

export const BINS = 256;
const BINS_PER_DOUBLING = 8;
const ENTRY_BYTES = 6;
export const COUNT_MAX = 0xffff_ffff;

/** What is measured: the whole of a request that ended well, and its first token. */
export const METRICS = ['latency', 'firstToken'] as const;
export type Metric = (typeof METRICS)[number];

export const NO_LATENCIES: Buffer = Buffer.alloc(0);

/** The largest relative error of a percentile above 1 ms. */
export const RELATIVE_ERROR_MAX = 2 ** (1 / (2 * BINS_PER_DOUBLING)) - 1;

export function binOf(ms: number): number {
  if (!(ms > 1)) return 0;
  return Math.min(BINS - 1, Math.ceil(Math.log2(ms) * BINS_PER_DOUBLING));
}

/** The geometric middle of the bin: no value in it is further away than RELATIVE_ERROR_MAX. */
export function msOfBin(bin: number): number {
  return bin === 0 ? 1 : 2 ** ((bin - 0.5) / BINS_PER_DOUBLING);
}

export function keyOf(metric: Metric, ms: number): number {
  return METRICS.indexOf(metric) * BINS + binOf(ms);
}

/** One more in each bin named by its key. Keys rise; at most one a metric. */
export function withCounts(latencies: Buffer, keys: readonly number[]): Buffer {
  let result = latencies;
  for (const key of keys) result = withCount(result, key);
  return result;
}

function withCount(latencies: Buffer, key: number): Buffer {
  let at = 0;
  while (at < latencies.length && latencies.readUInt16LE(at) < key) at += ENTRY_BYTES;
  if (at < latencies.length && latencies.readUInt16LE(at) === key) {
    const changed = Buffer.from(latencies);
    changed.writeUInt32LE(Math.min(COUNT_MAX, latencies.readUInt32LE(at + 2) + 1), at + 2);
    return changed;
  }
  const grown = Buffer.allocUnsafe(latencies.length + ENTRY_BYTES);
  latencies.copy(grown, 0, 0, at);
  grown.writeUInt16LE(key, at);
  grown.writeUInt32LE(1, at + 2);
  latencies.copy(grown, at + ENTRY_BYTES, at);
  return grown;
}

/** Counts by metric and bin, for adding up many hours. */
export class Histogram {
  readonly #counts = new Float64Array(METRICS.length * BINS);

  add(latencies: Buffer): void {
    for (let at = 0; at < latencies.length; at += ENTRY_BYTES) {
      const key = latencies.readUInt16LE(at);
      this.#counts[key] = (this.#counts[key] ?? 0) + latencies.readUInt32LE(at + 2);
    }
  }

  encoded(): Buffer {
    const used: number[] = [];
    this.#counts.forEach((count, key) => {
      if (count > 0) used.push(key);
    });
    const encoded = Buffer.allocUnsafe(used.length * ENTRY_BYTES);
    used.forEach((key, index) => {
      encoded.writeUInt16LE(key, index * ENTRY_BYTES);
      encoded.writeUInt32LE(Math.min(COUNT_MAX, this.#counts[key] ?? 0), index * ENTRY_BYTES + 2);
    });
    return encoded;
  }

  /** By nearest rank; undefined when nothing was measured. */
  percentiles(metric: Metric): PercentilesView | undefined {
    const from = METRICS.indexOf(metric) * BINS;
    const counts = this.#counts.subarray(from, from + BINS);
    const count = counts.reduce((sum, value) => sum + value, 0);
    if (count === 0) return undefined;
    const at = (share: number) => {
      const rank = Math.max(1, Math.ceil(share * count));
      let seen = 0;
      return msOfBin(
        counts.findIndex((value) => {
          seen += value;
          return seen >= rank;
        }),
      );
    };
    return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}
