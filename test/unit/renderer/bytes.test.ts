import { expect, test } from 'vitest';
import { formatBytes } from '../../../renderer/src/format/bytes.ts';

test.each([
  [0, '0 byte'],
  [512, '512 byte'],
  [1_000, '1 kB'],
  [999_999, '1,000 kB'],
  [1_234_567, '1.2 MB'],
  [3_400_000_000, '3.4 GB'],
  [2e15, '2,000 TB'],
])('%d', (bytes, words) => {
  expect(formatBytes(bytes, 'en-US')).toBe(words);
});
