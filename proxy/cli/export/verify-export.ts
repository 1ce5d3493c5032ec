/**
 * Checks an exported ledger on its own: the chain of hashes, that nothing is missing at either end, every attempt from
 * its reserve to its end, and that the balance and the windows are the sums of the entries.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import type { BalanceView } from '../../contract/views.ts';
import { CliError } from '../cli-io.ts';
import { entryLine } from './entry-line.ts';
import { ExportReplay, type LineProblem } from './export-replay.ts';
import { exportFooter, exportHeader, exportWindow } from './json-lines.ts';

export interface ExportReport {
  readonly ok: boolean;
  readonly checkedEntries: number;
  readonly checkedWindows: number;
  readonly headHash: string;
  /** Recomputed from the entries. */
  readonly balance: BalanceView;
  /** The first entry that is broken; where all are whole, the first sum. Counts from 1, the header being line 1. */
  readonly firstBrokenLine?: number;
  readonly problems: readonly LineProblem[];
}

/** `-` reads stdin. Throws CliError for a file that is no export of ours, and what the file system refuses with. */
export async function verifyExport(path: string): Promise<ExportReport> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  return verifyLines(createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }), path);
}

export async function verifyLines(
  lines: AsyncIterable<string> | Iterable<string>,
  name: string,
): Promise<ExportReport> {
  let books: ExportReplay | undefined;
  let footer: z.infer<typeof exportFooter> | undefined;
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const value = parseJson(text);
    if (books === undefined) {
      books = beginWith(value, name);
      continue;
    }
    if (footer !== undefined) {
      books.note(line, { kind: 'line_unreadable', message: 'it stands after the end of the export' });
      break;
    }
    const entry = entryLine.safeParse(value);
    if (entry.success) {
      books.entry(line, entry.data);
      continue;
    }
    const window = exportWindow.safeParse(value);
    const end = exportFooter.safeParse(value);
    if (window.success) books.window(line, window.data);
    else if (end.success) footer = end.data;
    else books.note(line, { kind: 'line_unreadable', message: `it is no ledger entry: ${reasons(entry.error)}` });
  }
  if (books === undefined) throw new CliError(`${name} is empty.`);
  return reportOf(books, footer, line);
}

function beginWith(value: unknown, name: string): ExportReplay {
  const header = exportHeader.safeParse(value);
  if (!header.success) {
    throw new CliError(
      `${name} is no ledger export (its first line is not the header). Make one with: gatehouse ledger export`,
    );
  }
  try {
    return new ExportReplay(header.data.timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CliError(`${name} counts its windows in "${header.data.timeZone}", a time zone not known here.`);
  }
}

function reportOf(
  books: ExportReplay,
  footer: z.infer<typeof exportFooter> | undefined,
  lastLine: number,
): ExportReport {
  if (footer === undefined) {
    books.note(lastLine, { kind: 'cut_off', message: 'the last line of the export is missing: it was cut off' });
  } else {
    books.end(lastLine, footer);
  }
  const problems = books.finish();
  const first = problems[0];
  return {
    ok: problems.length === 0,
    checkedEntries: books.checkedEntries,
    checkedWindows: books.checkedWindows,
    headHash: books.headHash,
    balance: books.balance(),
    ...(first === undefined ? {} : { firstBrokenLine: first.line }),
    problems,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema says the rest: an unreadable line is neither entry nor footer.
    return undefined;
  }
}

function reasons(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}
