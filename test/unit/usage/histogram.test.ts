import { describe, expect, test } from 'vitest';
import {
  binOf,
  Histogram,
  keyOf,
  msOfBin,
  NO_LATENCIES,
  RELATIVE_ERROR_MAX,
  withCounts,
} from '../../../proxy/usage/rollup/histogram.ts';

describe('a bin', () => {
  test('never tells a time further away than the bound, from a millisecond to a day', () => {
    expect(RELATIVE_ERROR_MAX).toBeLessThan(0.045);
    for (let ms = 1; ms < 86_400_000; ms *= 1.003)
      expect(Math.abs(msOfBin(binOf(ms)) / ms - 1)).toBeLessThanOrEqual(RELATIVE_ERROR_MAX + 1e-9);
  });

  test.each([
    [0, 0],
    [0.2, 0],
    [1, 0],
    [1.0001, 1],
    [2, 8],
    [2.0001, 9],
    [Number.NaN, 0],
    [-5, 0],
    [Number.POSITIVE_INFINITY, 255],
    [1e30, 255],
  ])('%d ms is in bin %d', (ms, bin) => expect(binOf(ms)).toBe(bin));
});

describe('a histogram', () => {
  const add = (before: Buffer, latencyMs: number, firstTokenMs: number) =>
    withCounts(before, [keyOf('latency', latencyMs), keyOf('firstToken', firstTokenMs)]);

  test('keeps its bins in order, whichever way they came, and the old BLOB as it was', () => {
    const forth = [1, 3, 90, 4_000].reduce((before, ms) => add(before, ms, ms / 2), NO_LATENCIES);
    const back = [4_000, 90, 3, 1].reduce((before, ms) => add(before, ms, ms / 2), NO_LATENCIES);
    expect(forth).toEqual(back);
    expect(NO_LATENCIES).toHaveLength(0);
    const copy = Buffer.from(forth);
    add(forth, 90, 45);
    expect(forth).toEqual(copy);
  });

  test('adds up and is written as it was read', () => {
    const one = [5, 5, 700].reduce((before, ms) => add(before, ms, 1), NO_LATENCIES);
    const sum = new Histogram();
    sum.add(one);
    sum.add(one);
    const again = new Histogram();
    again.add(sum.encoded());
    expect(again.encoded()).toEqual(sum.encoded());
    expect(again.percentiles('latency')?.count).toBe(6);
    expect(again.percentiles('firstToken')).toMatchObject({ count: 6, p50: 1, p99: 1 });
  });

  test('has no percentiles of nothing, and one value is all of them', () => {
    const one = new Histogram();
    expect(one.percentiles('latency')).toBeUndefined();
    one.add(withCounts(NO_LATENCIES, [keyOf('latency', 300)]));
    const { p50, p95, p99 } = one.percentiles('latency') ?? {};
    expect([p95, p99]).toEqual([p50, p50]);
    expect(one.percentiles('firstToken')).toBeUndefined();
  });
});
