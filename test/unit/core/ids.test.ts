import { expect, test } from 'vitest';
import { newId } from '../../../proxy/core/ids.ts';

const NOW_MS = 1_795_176_000_000;

test('an id is its kind, its time and 16 random digits, and ids sort by time', () => {
  const ids = [0, 1, 35, 36, 1_000, 86_400_000].map((laterMs) => newId('req', NOW_MS + laterMs));
  for (const id of ids) expect(id).toMatch(/^req_[0-9a-z]{25}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(Number.parseInt(newId('att', NOW_MS).slice(4, 13), 36)).toBe(NOW_MS);
});

test('ids of one millisecond all differ, beyond what is drawn at once, and every digit is as likely as another', () => {
  const count = 20_000;
  const ids = Array.from({ length: count }, () => newId('req', NOW_MS));
  expect(new Set(ids).size).toBe(count);
  const seen = new Map<string, number>();
  for (const id of ids) for (const digit of id.slice(13)) seen.set(digit, (seen.get(digit) ?? 0) + 1);
  const expected = (count * 16) / 36;
  expect(seen.size).toBe(36);
  // Seven standard deviations: a lean of 1 % towards some digits would show.
  for (const times of seen.values()) expect(Math.abs(times - expected)).toBeLessThan(7 * Math.sqrt(expected));
});
