/**
 * The reserves made lately, so that ending a hold need not read its entry back. An entry is never changed, so a
 * remembered one is as good as the row; whether its hold is open is asked of the database each time.
 */
import type { StoredEntry } from './entry-row.ts';

/** More holds than this are hardly ever open at once; the oldest is then read again. */
const KEPT = 1_000;

export class OpenReserves {
  readonly #byAttempt = new Map<string, StoredEntry>();

  add(attemptId: string, reserve: StoredEntry): void {
    // An earlier one may have been rolled back; deleting it first makes this the newest.
    this.#byAttempt.delete(attemptId);
    this.#byAttempt.set(attemptId, reserve);
    if (this.#byAttempt.size <= KEPT) return;
    for (const oldest of this.#byAttempt.keys()) {
      this.#byAttempt.delete(oldest);
      return;
    }
  }

  get(attemptId: string, reserveSeq: number): StoredEntry | undefined {
    const reserve = this.#byAttempt.get(attemptId);
    return reserve?.seq === reserveSeq ? reserve : undefined;
  }

  remove(attemptId: string): void {
    this.#byAttempt.delete(attemptId);
  }
}
