/** Differences as they are found: all counted, the first of them listed. */
import type { LedgerDifference } from '../../contract/ledger-desk.ts';

const LISTED_MAX = 500;
export const SEQS_LISTED_MAX = 50;

export class Findings {
  readonly listed: LedgerDifference[] = [];
  unlisted = 0;
  driftNano = 0;

  add(difference: LedgerDifference): void {
    this.driftNano += Math.abs(difference.driftNano ?? 0);
    if (this.listed.length < LISTED_MAX) this.listed.push(difference);
    else this.unlisted += 1;
  }
}

export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
