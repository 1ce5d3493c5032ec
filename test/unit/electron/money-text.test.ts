import fc from 'fast-check';
import { expect, it } from 'vitest';
import { moneyText } from '../../../electron/tray/money-text.ts';

it.each([
  [0, '$0'],
  [1, '< $0.0001'],
  [99_999, '< $0.0001'],
  [100_000, '$0.0001'],
  [4_200_000, '$0.0042'],
  [9_999_000, '$0.0100'],
  [10_000_000, '$0.01'],
  [12_300_000_000, '$12.30'],
  [1_204_000_000_000, '$1,204.00'],
  [-4_200_000, '-$0.0042'],
])('%i nano-dollars read %s', (nano, text) => {
  expect(moneyText(nano)).toBe(text);
});

it('never shows spent money as nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (nano) => {
      expect(moneyText(nano)).not.toMatch(/^\$0(\.0+)?$/);
    }),
  );
});
