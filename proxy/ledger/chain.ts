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

/** What a verb says about an entry; its place in the chain comes from the journal. */
export type EntryDraft = Partial<Omit<EntryFacts, 'seq'>> &
  Pick<EntryFacts, 'id' | 'kind' | 'atMs' | 'countsAtMs' | 'amountNano'>;

/**
 * Every field of HASHED_FIELDS in that order, those without a value as undefined. Written out rather than looped: this runs
 * several times per request. A test holds the two together.
 */
export function inOrder(seq: number, rest: EntryDraft): EntryFacts;
export function inOrder(seq: number | undefined, rest: Partial<EntryFacts>): object;
export function inOrder(seq: number | undefined, rest: Partial<EntryFacts>): object {
  return {
    seq,
    id: rest.id,
    kind: rest.kind,
    atMs: rest.atMs,
    countsAtMs: rest.countsAtMs,
    attemptId: rest.attemptId,
    requestId: rest.requestId,
    account: rest.account,
    amountNano: rest.amountNano,
    costNano: rest.costNano,
    feeNano: rest.feeNano,
    feeBps: rest.feeBps,
    certainty: rest.certainty,
    provider: rest.provider,
    model: rest.model,
    accessKeyId: rest.accessKeyId,
    project: rest.project,
    client: rest.client,
    configVersion: rest.configVersion,
    deadlineAtMs: rest.deadlineAtMs,
    dispatchedAtMs: rest.dispatchedAtMs,
    inputTokens: rest.inputTokens,
    cacheReadTokens: rest.cacheReadTokens,
    cacheWriteTokens: rest.cacheWriteTokens,
    cacheWrite1hTokens: rest.cacheWrite1hTokens,
    outputTokens: rest.outputTokens,
    reasoningTokens: rest.reasoningTokens,
    reason: rest.reason,
  };
}

export function canonicalEntry(entry: Partial<EntryFacts>): string {
  return JSON.stringify(inOrder(entry.seq, entry));
}

export function entryHash(prevHash: string, entry: Partial<EntryFacts>): string {
  return orderedHash(prevHash, inOrder(entry.seq, entry));
}

/** The hash of facts that `inOrder` made. */
export function orderedHash(prevHash: string, facts: object): string {
  return hash('sha256', `${prevHash}\n${JSON.stringify(facts)}`, 'hex');
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
