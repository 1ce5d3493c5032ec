import { describe, expect, test } from 'vitest';
import { createLatencyBook } from '../../../proxy/routing/latency.ts';

const MINUTE_MS = 60_000;

describe('how fast an endpoint is', () => {
  test('is unknown until it was measured, and unknown again long after', () => {
    const book = createLatencyBook();
    expect(book.of('p/a', 0)).toBeUndefined();
    book.record('p/a', {}, 0);
    expect(book.of('p/a', 0)).toBeUndefined();
    book.record('p/a', { firstTokenMs: 100 }, 0);
    expect(book.of('p/a', 60 * MINUTE_MS)?.firstTokenMs).toBe(100);
    expect(book.of('p/a', 70 * MINUTE_MS)).toBeUndefined();
  });

  test('the latest calls weigh most', () => {
    const book = createLatencyBook();
    for (let call = 0; call < 10; call += 1) book.record('p/a', { firstTokenMs: 1_000, tokensPerSecond: 10 }, 0);
    for (let call = 0; call < 10; call += 1)
      book.record('p/a', { firstTokenMs: 200, tokensPerSecond: 50 }, 10 * MINUTE_MS);
    // Ten at half weight and ten at full: (5 x 1000 + 10 x 200) / 15.
    const { firstTokenMs, tokensPerSecond, samples } = book.of('p/a', 10 * MINUTE_MS) ?? {};
    expect(firstTokenMs).toBeCloseTo(466.67, 1);
    expect(tokensPerSecond).toBeCloseTo(36.67, 1);
    expect(samples).toBeCloseTo(15, 6);
  });

  test.each<[share: 'firstTokenMsP50' | 'firstTokenMsP95', exact: number]>([
    ['firstTokenMsP50', 500],
    ['firstTokenMsP95', 950],
  ])('%s is right within 8 percent', (share, exact) => {
    const book = createLatencyBook();
    for (let ms = 1; ms <= 1_000; ms += 1) book.record('p/a', { firstTokenMs: ms }, 0);
    expect(Math.abs((book.of('p/a', 0)?.[share] ?? 0) / exact - 1)).toBeLessThan(0.08);
  });

  test('speed without a first token is no sample of one', () => {
    const book = createLatencyBook();
    book.record('p/a', { tokensPerSecond: 30 }, 0);
    expect(book.of('p/a', 0)).toEqual({ samples: 0, tokensPerSecond: 30 });
  });

  test('what is no measurement is left out', () => {
    const book = createLatencyBook();
    for (const firstTokenMs of [Number.NaN, Number.POSITIVE_INFINITY, -1]) book.record('p/a', { firstTokenMs }, 0);
    expect(book.of('p/a', 0)).toBeUndefined();
    book.record('p/a', { firstTokenMs: 0 }, 0);
    book.record('p/a', { firstTokenMs: 10 ** 9 }, 0);
    expect(book.of('p/a', 0)?.samples).toBe(2);
  });

  test('a clock that jumps back changes nothing that was measured', () => {
    const book = createLatencyBook();
    book.record('p/a', { firstTokenMs: 100 }, 60 * MINUTE_MS);
    expect(book.of('p/a', 0)?.samples).toBe(1);
    book.record('p/a', { firstTokenMs: 300 }, 0);
    expect(book.of('p/a', 0)?.firstTokenMs).toBe(200);
  });

  test('it is bounded: whoever was not heard of for longest goes first', () => {
    const book = createLatencyBook({ sizeMax: 2 });
    for (const id of ['a', 'b', 'a', 'c']) book.record(id, { firstTokenMs: 1 }, 0);
    expect(['a', 'b', 'c'].map((id) => book.of(id, 0) !== undefined)).toEqual([true, false, true]);
    book.record('a/x', { firstTokenMs: 1 }, 0);
    book.forget('a');
    expect(['a', 'a/x', 'c'].map((id) => book.of(id, 0) !== undefined)).toEqual([false, false, true]);
  });
});
