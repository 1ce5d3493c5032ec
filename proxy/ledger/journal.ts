/** The write transactions of the ledger: entries appended to the chain, totals carried along, written as one. */
import type Database from 'better-sqlite3';
import { assert } from '../core/assert.ts';
import { type EntryDraft, inOrder, orderedHash } from './chain.ts';
import { insertValues, type StoredEntry } from './entry-row.ts';
import { amountTooLarge, inPlainWords } from './sqlite-errors.ts';
import type { Head, Statements } from './statements.ts';
import { type Work, WriteQueue, type Written } from './write-queue.ts';

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
    const facts = inOrder(seq, draft);
    const hash = orderedHash(this.head.hash, facts);
    this.#statements.insertEntry.run(...insertValues(facts, hash));
    const entry: StoredEntry = { ...facts, hash };
    this.head.seq = seq;
    this.head.hash = hash;
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

export function safeSum(left: number, right: number): number {
  const sum = left + right;
  if (Number.isSafeInteger(sum)) return sum;
  throw amountTooLarge();
}

export class Journal {
  readonly #db: Database.Database;
  readonly #statements: Statements;
  /** BEGIN IMMEDIATE, or a savepoint inside the transaction that runs. */
  readonly #immediate: (work: () => void) => void;
  readonly #committed: (entries: readonly StoredEntry[]) => void;
  readonly #queue = new WriteQueue((works) => this.#writeAll(works));
  /** As the last commit left it. Undefined: not known, after a failure. Nobody else writes while the ledger lives. */
  #head: Head | undefined;

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

  /** Runs a read, after what was to be written before it. Throws LedgerUnavailableError for anything the database raises. */
  read<T>(work: () => T): T {
    this.#queue.flush();
    try {
      return work();
    } catch (error) {
      throw inPlainWords(error);
    }
  }

  /**
   * Runs `work` in one BEGIN IMMEDIATE, after what was to be written before it. When it throws, nothing stays. Listeners
   * hear of entries after the commit.
   */
  write<T>(work: (tx: LedgerTransaction) => T): T {
    this.#queue.flush();
    return this.#writeAlone(work);
  }

  /**
   * Like `write`, in one commit with what else is to be written in this turn of the event loop. Each work stands or falls
   * by itself; one may run again (its first writes undone) when another of them fails, or the commit of all.
   */
  writeSoon<T>(work: (tx: LedgerTransaction) => T): Promise<T> {
    return this.#queue.add(work);
  }

  #writeAlone<T>(work: (tx: LedgerTransaction) => T): T {
    assert(!this.#db.inTransaction, 'a ledger transaction never runs inside another one');
    let done: { result: T; head: Head; appended: readonly StoredEntry[] } | undefined;
    try {
      this.#immediate(() => {
        const head = this.#takeHead();
        done = { ...this.#run(head, work), head };
      });
    } catch (error) {
      throw inPlainWords(error);
    }
    assert(done !== undefined, 'a transaction that commits has run');
    this.#head = done.head;
    if (done.appended.length > 0) this.#committed(done.appended);
    return done.result;
  }

  #writeAll(works: readonly Work[]): readonly Written[] {
    if (works.length === 1) return works.map((work) => this.#answerAlone(work));
    return this.#writeAtOnce(works) ?? this.#writeApart(works);
  }

  /**
   * All works as one, which nearly always do: a savepoint for each keeps a copy of every page it touches. Undefined when
   * one of them failed, or the commit; nothing is written then.
   */
  #writeAtOnce(works: readonly Work[]): readonly Written[] | undefined {
    let written: Written[] = [];
    let appended: readonly StoredEntry[] = [];
    let after: Head | undefined;
    let begun = false;
    try {
      this.#immediate(() => {
        begun = true;
        const head = this.#takeHead();
        const tx = new LedgerTransaction(head, this.#statements);
        written = works.map((work) => ({ ok: true, result: work(tx) }));
        tx.writeState();
        appended = tx.appended;
        after = head;
      });
    } catch (error) {
      // Whose fault it was, and what to say, comes out when each is tried with a savepoint of its own.
      if (begun) return undefined;
      return works.map(() => ({ ok: false, error: inPlainWords(error) }));
    }
    this.#head = after;
    if (appended.length > 0) this.#committed(appended);
    return written;
  }

  /** Each work in a savepoint: one that fails leaves no trace, and does not take the others with it. */
  #writeApart(works: readonly Work[]): readonly Written[] {
    const written: Written[] = [];
    const appended: StoredEntry[] = [];
    let begun = false;
    let after: Head | undefined;
    try {
      this.#immediate(() => {
        begun = true;
        let head = this.#takeHead();
        for (const work of works) {
          const draft = { ...head };
          const own = this.#runInside(draft, work, appended);
          if (own.ok) head = draft;
          written.push(own);
        }
        after = head;
      });
    } catch (error) {
      // Each of them alone then: one that is too much for the disk must not take the others with it.
      if (begun) return works.map((work) => this.#answerAlone(work));
      return works.map(() => ({ ok: false, error: inPlainWords(error) }));
    }
    this.#head = after;
    if (appended.length > 0) this.#committed(appended);
    return written;
  }

  #answerAlone(work: Work): Written {
    try {
      return { ok: true, result: this.#writeAlone(work) };
    } catch (error) {
      return { ok: false, error };
    }
  }

  /** Throws when the transaction around it is lost. */
  #runInside(head: Head, work: Work, appended: StoredEntry[]): Written {
    let done: { result: unknown; appended: readonly StoredEntry[] } | undefined;
    try {
      this.#immediate(() => {
        done = this.#run(head, work);
      });
    } catch (error) {
      if (!this.#db.inTransaction) throw error;
      return { ok: false, error: inPlainWords(error) };
    }
    assert(done !== undefined, 'a savepoint that is released has run');
    appended.push(...done.appended);
    return { ok: true, result: done.result };
  }

  #run<T>(head: Head, work: (tx: LedgerTransaction) => T): { result: T; appended: readonly StoredEntry[] } {
    const tx = new LedgerTransaction(head, this.#statements);
    const result = work(tx);
    tx.writeState();
    return { result, appended: tx.appended };
  }

  /** The head to go on from. Forgotten until the commit, so that after a failure it is read again. */
  #takeHead(): Head {
    const head = this.#head ?? this.#readHead();
    this.#head = undefined;
    return head;
  }

  #readHead(): Head {
    const head = this.#statements.readHead.get();
    assert(head !== undefined, 'the ledger has a head; run "gatehouse doctor"');
    return head;
  }
}
