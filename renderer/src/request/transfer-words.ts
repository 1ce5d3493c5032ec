/** The five verbs of the ledger, said for people. */
import type { TransferKind } from '../contract-views.ts';

interface TransferWords {
  readonly name: string;
  readonly meaning: string;
}

const WORDS: Record<TransferKind, TransferWords> = {
  grant: { name: 'Grant', meaning: 'adds to a wallet or an allowance' },
  reserve: { name: 'Reserve', meaning: 'holds the most a call can cost, before it is sent' },
  charge: { name: 'Charge', meaning: 'what the call really cost' },
  release: { name: 'Release', meaning: 'gives the rest of the hold back' },
  correction: { name: 'Correction', meaning: 'changes an earlier entry without rewriting it' },
};

export function transferWords(kind: TransferKind): TransferWords {
  return WORDS[kind];
}
