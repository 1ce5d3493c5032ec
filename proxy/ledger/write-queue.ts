/**
 * Gathers the writes of one turn of the event loop, to be committed together: what a commit costs is mostly its pages,
 * and the entries of calls that run side by side share them. Whoever waits is answered after the commit.
 */
import type { LedgerTransaction } from './journal.ts';

export type Work = (tx: LedgerTransaction) => unknown;

export type Written = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: unknown };

interface Waiting {
  readonly work: Work;
  readonly answer: (written: Written) => void;
}

export class WriteQueue {
  readonly #writeAll: (works: readonly Work[]) => readonly Written[];
  #waiting: Waiting[] = [];

  /** `writeAll` never throws: it answers for each work, in their order. */
  constructor(writeAll: (works: readonly Work[]) => readonly Written[]) {
    this.#writeAll = writeAll;
  }

  /** Rejects with what the work threw, or with the failure of the commit. */
  add<T>(work: (tx: LedgerTransaction) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const answer = (written: Written) => {
        if (written.ok) resolve(written.result as T);
        else reject(written.error);
      };
      this.#waiting.push({ work, answer });
      if (this.#waiting.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Writes what waits, so that whatever comes next comes after it. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const batch = this.#waiting;
    this.#waiting = [];
    const written = this.#writeAll(batch.map(({ work }) => work));
    for (const [place, { answer }] of batch.entries()) {
      const own = written[place];
      answer(own ?? { ok: false, error: new Error('a write of the ledger has no answer') });
    }
  }
}
