/** SQLite's error codes in words that tell a person what happened and what to do. */
import { LedgerRefusedError, LedgerUnavailableError } from './errors.ts';

const NOTHING_WRITTEN = 'Nothing was written for this request.';

const WORDS: readonly (readonly [prefix: string, message: string])[] = [
  ['SQLITE_FULL', 'The disk that holds the Gatehouse ledger is full. Free some space and try again.'],
  ['SQLITE_IOERR', 'The disk that holds the Gatehouse ledger reported an error. Check the disk and try again.'],
  ['SQLITE_CORRUPT', 'The Gatehouse ledger is damaged. Stop Gatehouse and run "gatehouse doctor".'],
  ['SQLITE_NOTADB', 'The file of the Gatehouse ledger is not a database. Stop Gatehouse and run "gatehouse doctor".'],
  ['SQLITE_READONLY', 'The Gatehouse ledger cannot be written: the file or its folder is read-only. Check the rights.'],
  ['SQLITE_CANTOPEN', 'The Gatehouse ledger cannot be opened. Check that its folder exists and can be written.'],
  ['SQLITE_BUSY', 'Another program holds the Gatehouse ledger locked. Close it and try again.'],
  ['SQLITE_LOCKED', 'Another program holds the Gatehouse ledger locked. Close it and try again.'],
  ['SQLITE_NOMEM', 'There is not enough memory for the Gatehouse ledger. Close something and try again.'],
  ['SQLITE_CONSTRAINT', 'The Gatehouse ledger contradicts itself. Run "gatehouse ledger audit" to see where.'],
];

/** A CHECK of the tables, by its name there: the sum is past the largest number that is exact. */
const SUM_TOO_LARGE = 'sums_are_exact';

/** A LedgerUnavailableError for anything the database raised; every other error as it came. */
export function inPlainWords(error: unknown): unknown {
  const code = sqliteCodeOf(error);
  if (code === undefined) return error;
  if (error instanceof Error && error.message.includes(SUM_TOO_LARGE)) return amountTooLarge();
  const words = WORDS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? `The Gatehouse ledger failed (${code}).`;
  return new LedgerUnavailableError(code, `${words} ${NOTHING_WRITTEN}`, error);
}

export function amountTooLarge(): LedgerRefusedError {
  const message = 'The sum is larger than the ledger can hold (about 9 million USD). Nothing was written.';
  return new LedgerRefusedError('amount_too_large', message);
}

function sqliteCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')) return error.code;
  // better-sqlite3 says this with a TypeError and no code.
  if (error instanceof TypeError && /database connection is not open/.test(error.message)) return 'SQLITE_CLOSED';
  return undefined;
}
