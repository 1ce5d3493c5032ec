import { expect, test } from 'vitest';
import { ATTEMPTS_MAX, backOffMs, WAIT_MS_MAX } from '../../../proxy/alerts/back-off.ts';
import { isCoolingDown } from '../../../proxy/alerts/cool-down.ts';

test('six tries take about an hour, spread by a fifth either way, and no wait is longer than the longest', () => {
  const waits = (chance: number) =>
    Array.from({ length: ATTEMPTS_MAX - 1 }, (_, index) => backOffMs(index + 1, chance));
  expect(waits(0.5)).toEqual([10_000, 40_000, 160_000, 640_000, 2_560_000]);
  expect(waits(0)[0]).toBe(8_000);
  expect(Math.max(...waits(0.999_999))).toBeLessThanOrEqual(WAIT_MS_MAX);
});

test.each([
  ['never said', 'loop', undefined, false],
  ['said a minute ago', 'loop', -60_000, true],
  ['said five minutes ago', 'loop', -300_000, false],
  ['a refused key, half an hour ago', 'credential_refused', -1_800_000, true],
  ['said in a future that the clock took back', 'loop', 60_000, false],
  ['a state of a provider, just now', 'provider_down', 0, false],
  ['a budget, long ago', 'budget', -1e12, true],
] as const)('%s: cooling down is %4$s', (_what, event, agoMs, cooling) => {
  const nowMs = 1_795_176_000_000;
  expect(isCoolingDown(event, agoMs === undefined ? undefined : nowMs + agoMs, nowMs)).toBe(cooling);
});
