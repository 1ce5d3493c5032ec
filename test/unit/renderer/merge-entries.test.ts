import { describe, expect, it } from 'vitest';
import { mergeEntries } from '../../../renderer/src/pages/ledger/merge-entries.ts';
import { transfer } from './views.ts';

const seqs = (...numbers: number[]) => numbers.map((seq) => transfer(seq));

describe('mergeEntries', () => {
  it('puts live entries above the fetched ones without doubles', () => {
    const { entries, gap } = mergeEntries([seqs(4, 3), seqs(2, 1)], seqs(6, 5, 4));
    expect(entries.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(gap).toBe(false);
  });

  it('starts an empty ledger from the live feed', () => {
    expect(mergeEntries([[]], seqs(2, 1))).toMatchObject({ gap: false, entries: { length: 2 } });
  });

  it('notices entries that neither source has', () => {
    expect(mergeEntries([seqs(4)], seqs(9, 8)).gap).toBe(true);
  });
});
