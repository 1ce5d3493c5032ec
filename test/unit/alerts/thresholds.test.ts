import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SentThreshold, thresholdStep, thresholdsPpm } from '../../../proxy/alerts/thresholds.ts';

const DEFAULT = [0.5, 0.8, 0.9, 1];
const USD = 1_000_000_000;
const sentAt = (limitNano: number, ...ppm: number[]): SentThreshold[] =>
  ppm.map((thresholdPpm) => ({ thresholdPpm, limitNano }));

describe('crossing', () => {
  test.each([
    ['nothing below the first', 4.99, [], []],
    ['exactly at a threshold', 5, [], [500_000]],
    ['several at once', 9.5, [], [500_000, 800_000, 900_000]],
    ['only what was not told', 9.5, [500_000, 800_000], [900_000]],
    ['nothing twice', 9.5, [500_000, 800_000, 900_000], []],
    ['all of it', 10, [500_000], [800_000, 900_000, 1_000_000]],
    ['beyond the limit', 12, [500_000, 800_000, 900_000], [1_000_000]],
  ])('%s', (_what, spentUsd, sent, crossed) => {
    const step = thresholdStep({ spentNano: spentUsd * USD, limitNano: 10 * USD }, DEFAULT, sentAt(10 * USD, ...sent));
    expect(step).toEqual({ crossed, rearmed: [] });
  });

  test('one nano-dollar below a threshold is below it, at the largest budget there is', () => {
    const limitNano = 1_000_000 * USD;
    const at = (spentNano: number) => thresholdStep({ spentNano, limitNano }, [0.7], []).crossed;
    expect(at(700_000 * USD - 1)).toEqual([]);
    expect(at(700_000 * USD)).toEqual([700_000]);
  });

  test('a budget of 0 has no share to speak of', () => {
    expect(thresholdStep({ spentNano: 0, limitNano: 0 }, DEFAULT, [])).toEqual({ crossed: [], rearmed: [] });
  });

  test('thresholds may come in any order, twice, and above 100 %', () => {
    expect(thresholdsPpm([1.5, 0.3, 0.1 + 0.2, 0.5])).toEqual([300_000, 500_000, 1_500_000]);
  });
});

describe('a changed cap', () => {
  test('raised: thresholds above the present share may be told again, those below it stay told', () => {
    const budget = { spentNano: 12 * USD, limitNano: 20 * USD };
    const sent = sentAt(10 * USD, 500_000, 800_000, 900_000, 1_000_000);
    expect(thresholdStep(budget, DEFAULT, sent)).toEqual({ crossed: [], rearmed: [800_000, 900_000, 1_000_000] });
  });

  test('lowered: what is reached by it is told, and nothing is told again', () => {
    const step = thresholdStep({ spentNano: 9 * USD, limitNano: 10 * USD }, DEFAULT, sentAt(20 * USD, 500_000));
    expect(step).toEqual({ crossed: [800_000, 900_000], rearmed: [] });
  });

  test('a correction that gives money back is no raise', () => {
    const step = thresholdStep({ spentNano: 4 * USD, limitNano: 10 * USD }, DEFAULT, sentAt(10 * USD, 500_000));
    expect(step).toEqual({ crossed: [], rearmed: [] });
  });
});

test('over any spending with any raises, no threshold is told twice without a raise in between', () => {
  const event = fc.oneof(
    fc.record({ spend: fc.integer({ min: 0, max: 5 * USD }) }),
    fc.record({ raise: fc.integer({ min: 1, max: 5 * USD }) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let budget = { spentNano: 0, limitNano: 10 * USD };
      let sent: SentThreshold[] = [];
      const toldUnder = new Map<number, number>();
      for (const one of events) {
        if ('spend' in one) budget = { ...budget, spentNano: budget.spentNano + one.spend };
        else budget = { ...budget, limitNano: budget.limitNano + one.raise };
        const { crossed, rearmed } = thresholdStep(budget, DEFAULT, sent);
        sent = sent.filter(({ thresholdPpm }) => !rearmed.includes(thresholdPpm));
        for (const ppm of crossed) {
          expect(budget.spentNano / budget.limitNano).toBeGreaterThanOrEqual(ppm / 1_000_000);
          expect(toldUnder.get(ppm) ?? 0).toBeLessThan(budget.limitNano);
          toldUnder.set(ppm, budget.limitNano);
          sent.push({ thresholdPpm: ppm, limitNano: budget.limitNano });
        }
        // Whatever is reached was told.
        for (const ppm of thresholdsPpm(DEFAULT)) {
          const reached = BigInt(budget.spentNano) * 1_000_000n >= BigInt(budget.limitNano) * BigInt(ppm);
          if (reached) expect(sent.map(({ thresholdPpm }) => thresholdPpm)).toContain(ppm);
        }
      }
    }),
  );
});
