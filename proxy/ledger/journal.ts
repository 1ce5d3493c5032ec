/** One write transaction of the ledger: entries appended to the chain, totals carried along, written as one. */
import type Database from 'better-sqlite3';
import { assert } from '../core/assert.ts';
import { type EntryFacts, entryHash } from './chain.ts';
import { insertValues, type StoredEntry } from './entry-row.ts';
import { amountTooLarge, inPlainWords } from './sqlite-errors.ts';
import type { Head, Statements } from './statements.ts';

/** What a verb says about an entry; its place in the chain comes from the journal. */
export type EntryDraft = Partial<Omit<EntryFacts, 'seq'>> &
  Pick<EntryFacts, 'id' | 'kind' | 'atMs' | 'countsAtMs' | 'amountNano'>;

export class LedgerTransaction {
  readonly head: Head;
  readonly appended: StoredEntry[] = [];
  readonly #statements: Statements;
  #stateChanged = false;

  constructor(head: Head, statements: Statements) {
    this.head = head;
    this.#statements = statements;
  }

  /** Writes the entry at the end of the chain. */
  append(draft: EntryDraft): StoredEntry {
    const seq = this.head.seq + 1;
    const facts: EntryFacts = { ...BLANK, ...draft, seq };
    const entry: StoredEntry = { ...facts, hash: entryHash(this.head.hash, facts) };
    this.#statements.insertEntry.run(insertValues(entry));
    this.head.seq = seq;
    this.head.hash = entry.hash;
    this.appended.push(entry);
    return entry;
  }

  /** Changes what is kept beside the entries and windows. */
  changeState(change: Partial<Omit<Head, 'seq' | 'hash'>>): void {
    Object.assign(this.head, change);
    this.#stateChanged = true;
  }

  writeState(): void {
    if (!this.#stateChanged) return;
    const { grants, grantedNano, correctedNano, windowsEpoch, timeZone } = this.head;
    const { changes } = this.#statements.writeState.run(grants, grantedNano, correctedNano, windowsEpoch, timeZone);
    assert(changes === 1, 'the ledger has exactly one state');
  }
}

/** All entries have the same fields in the same order, so that the engine sees one shape. */
const BLANK: Omit<EntryFacts, 'seq' | 'id' | 'kind' | 'atMs' | 'countsAtMs' | 'amountNano'> = {
  attemptId: undefined,
  requestId: undefined,
  account: undefined,
  costNano: undefined,
  feeNano: undefined,
  feeBps: undefined,
  certainty: undefined,
  provider: undefined,
  model: undefined,
  accessKeyId: undefined,
  project: undefined,
  client: undefined,
  configVersion: undefined,
  deadlineAtMs: undefined,
  dispatchedAtMs: undefined,
  inputTokens: undefined,
  cacheReadTokens: undefined,
  cacheWriteTokens: undefined,
  outputTokens: undefined,
  reasoningTokens: undefined,
  reason: undefined,
};

export function safeSum(left: number, right: number): number {
  const sum = left + right;
  if (Number.isSafeInteger(sum)) return sum;
  throw amountTooLarge();
}

export class Journal {
  readonly #db: Database.Database;
  readonly #statements: Statements;
  readonly #immediate: (work: () => void) => void;
  readonly #committed: (entries: readonly StoredEntry[]) => void;

  constructor(db: Database.Database, statements: Statements, committed: (entries: readonly StoredEntry[]) => void) {
    this.#db = db;
    this.#statements = statements;
    this.#immediate = db.transaction((work: () => void) => work()).immediate;
    this.#committed = committed;
  }

  /** The head as it stands. Throws LedgerUnavailableError. */
  head(): Head {
    return this.read(() => this.#readHead());
  }

  /** Runs a read. Throws LedgerUnavailableError for anything the database raises. */
  read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw inPlainWords(error);
    }
  }

  /** Runs `work` in one BEGIN IMMEDIATE. When it throws, nothing stays. Listeners hear of entries after the commit. */
  write<T>(work: (tx: LedgerTransaction) => T): T {
    assert(!this.#db.inTransaction, 'a ledger transaction never runs inside another one');
    let done: { result: T; appended: readonly StoredEntry[] } | undefined;
    try {
      this.#immediate(() => {
        const tx = new LedgerTransaction(this.#readHead(), this.#statements);
        const result = work(tx);
        tx.writeState();
        done = { result, appended: tx.appended };
      });
    } catch (error) {
      throw inPlainWords(error);
    }
    assert(done !== undefined, 'a transaction that commits has run');
    if (done.appended.length > 0) this.#committed(done.appended);
    return done.result;
  }

  #readHead(): Head {
    const head = this.#statements.readHead.get();
    assert(head !== undefined, 'the ledger has a head; run "gatehouse doctor"');
    return head;
  }
}
