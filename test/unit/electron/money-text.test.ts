import fc from 'fast-check';
import { expect, it } from 'vitest';
import { moneyText } from '../../../electron/tray/money-text.ts';

it.each([
  [0, '$0.00'],
  [1, '$0.000000001'],
  [150, '$0.00000015'],
  [4_200_000, '$0.0042'],
  [9_990_000, '$0.01'],
  [12_000_000, '$0.012'],
  [420_000_000, '$0.42'],
  [12_300_000_000, '$12.30'],
  [1_204_000_000_000, '$1,204.00'],
  [-4_200_000, '-$0.0042'],
])('%i nano-dollars read %s', (nano, text) => {
  expect(moneyText(nano, 'en-US')).toBe(text);
});

it('never shows spent money as nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (nano) => {
      expect(moneyText(nano, 'en-US')).toMatch(/[1-9]/);
    }),
  );
});
