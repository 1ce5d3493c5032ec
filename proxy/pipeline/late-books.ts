/**
 * Entries that could not be written when they were due (disk full, database locked): an answer has gone out by then, so
 * they are written as soon as the books can be written again, in their order. Writing one twice does no harm: the same
 * entry again is a no-op. What is still unwritten at the end stays an open hold, and the next start resolves it.
 */
import { GatehouseError } from '../core/errors.ts';

export interface LateBooks {
  /** Tries until it succeeds. */
  add(write: () => Promise<unknown>): void;
  waiting(): number;
  /** One last try of everything; stops the retries. */
  close(): Promise<void>;
}

const RETRY_MS = 1000;
const PASSING = [
  'SQLITE_FULL',
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_NOMEM',
];

/** The disk or a lock is in the way, which may pass. Anything else would fail the same way for ever. */
export function mayPass(error: unknown): boolean {
  if (error instanceof GatehouseError) return error.code === 'ledger_unavailable';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return PASSING.some((known) => code.startsWith(known));
}

export function createLateBooks(onError: (error: unknown, waiting: number) => void): LateBooks {
  const queue: (() => Promise<unknown>)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;

  async function flush(): Promise<void> {
    for (let write = queue[0]; write !== undefined; write = queue[0]) {
      try {
        await write();
      } catch (error) {
        onError(error, queue.length);
        return;
      }
      queue.shift();
    }
  }
  function tryNow(): Promise<void> {
    working ??= flush().finally(() => {
      working = undefined;
    });
    return working;
  }
  function schedule(): void {
    if (timer !== undefined || queue.length === 0) return;
    timer = setTimeout(async () => {
      timer = undefined;
      await tryNow();
      schedule();
    }, RETRY_MS);
  }

  return {
    add(write) {
      queue.push(write);
      schedule();
    },
    waiting: () => queue.length,
    async close() {
      clearTimeout(timer);
      await working;
      await tryNow();
      clearTimeout(timer);
    },
  };
}
