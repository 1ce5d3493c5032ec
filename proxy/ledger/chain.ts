/**
 * The hash chain that makes an exported ledger verifiable without Gatehouse:
 *
 *   hash(entry) = SHA-256, in lower-case hex, of the UTF-8 bytes of  prevHash + "\n" + canonical(entry)
 *
 * canonical(entry) is JSON without white space, keys in the order of HASHED_FIELDS, fields without a value left out.
 * prevHash is the hash of the entry before (seq - 1), and 64 zeros before the first. All numbers are whole and safe, so
 * JSON has one spelling for each. A field added later is left out of older entries, whose hashes therefore stay valid.
 */
import { hash } from 'node:crypto';
import type { LedgerEntry } from './types.ts';

export const GENESIS_HASH = '0'.repeat(64);

export const HASHED_FIELDS = [
  'seq',
  'id',
  'kind',
  'atMs',
  'countsAtMs',
  'attemptId',
  'requestId',
  'account',
  'amountNano',
  'costNano',
  'feeNano',
  'feeBps',
  'certainty',
  'provider',
  'model',
  'accessKeyId',
  'project',
  'client',
  'configVersion',
  'deadlineAtMs',
  'dispatchedAtMs',
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
  'outputTokens',
  'reasoningTokens',
  'reason',
] as const satisfies readonly (keyof LedgerEntry)[];

/** What no entry is without. */
export type AlwaysThere = 'seq' | 'id' | 'kind' | 'atMs' | 'countsAtMs' | 'amountNano';

/** What an entry says; the hash is not part of it. */
export type EntryFacts = Readonly<Pick<LedgerEntry, AlwaysThere>> & {
  readonly [Field in Exclude<(typeof HASHED_FIELDS)[number], AlwaysThere>]: LedgerEntry[Field] | undefined;
};

export function canonicalEntry(entry: Partial<EntryFacts>): string {
  // Written out rather than looped over HASHED_FIELDS: this runs several times per request. A test holds the two together.
  return JSON.stringify({
    seq: entry.seq,
    id: entry.id,
    kind: entry.kind,
    atMs: entry.atMs,
    countsAtMs: entry.countsAtMs,
    attemptId: entry.attemptId,
    requestId: entry.requestId,
    account: entry.account,
    amountNano: entry.amountNano,
    costNano: entry.costNano,
    feeNano: entry.feeNano,
    feeBps: entry.feeBps,
    certainty: entry.certainty,
    provider: entry.provider,
    model: entry.model,
    accessKeyId: entry.accessKeyId,
    project: entry.project,
    client: entry.client,
    configVersion: entry.configVersion,
    deadlineAtMs: entry.deadlineAtMs,
    dispatchedAtMs: entry.dispatchedAtMs,
    inputTokens: entry.inputTokens,
    cacheReadTokens: entry.cacheReadTokens,
    cacheWriteTokens: entry.cacheWriteTokens,
    cacheWrite1hTokens: entry.cacheWrite1hTokens,
    outputTokens: entry.outputTokens,
    reasoningTokens: entry.reasoningTokens,
    reason: entry.reason,
  });
}

export function entryHash(prevHash: string, entry: Partial<EntryFacts>): string {
  return hash('sha256', `${prevHash}\n${canonicalEntry(entry)}`, 'hex');
}

export interface ChainProblem {
  readonly kind: 'entry_missing' | 'hash_chain_broken';
  readonly seq: number;
  readonly message: string;
}

export interface ChainReport {
  readonly ok: boolean;
  readonly checkedEntries: number;
  readonly headHash: string;
  readonly problems: readonly ChainProblem[];
}

/** Fed entry by entry in chain order; each call returns what is wrong with that entry's place in the chain. */
export class ChainVerifier {
  checkedEntries = 0;
  headSeq = 0;
  headHash = GENESIS_HASH;

  next(entry: Partial<EntryFacts> & { readonly seq: number; readonly hash: string }): ChainProblem[] {
    const problems: ChainProblem[] = [];
    const expectedSeq = this.headSeq + 1;
    if (entry.seq !== expectedSeq) {
      const message = `entry ${expectedSeq} should come next, but the ledger goes on with ${entry.seq}`;
      problems.push({ kind: 'entry_missing', seq: expectedSeq, message });
    }
    if (entryHash(this.headHash, entry) !== entry.hash) {
      const message = `entry ${entry.seq} does not match its hash: it, or the entry before it, was changed`;
      problems.push({ kind: 'hash_chain_broken', seq: entry.seq, message });
    }
    // Going on from the stored hash keeps the report to the entries that were touched.
    this.headSeq = entry.seq;
    this.headHash = entry.hash;
    this.checkedEntries += 1;
    return problems;
  }
}

/** Verifies a whole export, given in chain order from the first entry on. */
export function verifyChain(entries: Iterable<LedgerEntry>): ChainReport {
  const verifier = new ChainVerifier();
  const problems: ChainProblem[] = [];
  for (const entry of entries) {
    if (entry.prevHash !== verifier.headHash) {
      const message = `entry ${entry.seq} names another entry before it than the one that stands there`;
      problems.push({ kind: 'hash_chain_broken', seq: entry.seq, message });
    }
    problems.push(...verifier.next(entry));
  }
  return { ok: problems.length === 0, checkedEntries: verifier.checkedEntries, headHash: verifier.headHash, problems };
}
