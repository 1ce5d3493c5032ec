/** Checks an exported ledger on its own: the chain of hashes, and that nothing is missing at either end. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { ChainVerifier } from '../../ledger/chain.ts';
import { CliError } from '../cli-io.ts';
import { type EntryLine, entryLine } from './entry-line.ts';
import { exportFooter, exportHeader } from './json-lines.ts';

export interface ExportProblem {
  readonly kind: 'hash_chain_broken' | 'entry_missing' | 'line_unreadable' | 'cut_off';
  readonly message: string;
}

export interface ExportReport {
  readonly ok: boolean;
  readonly checkedEntries: number;
  readonly headHash: string;
  readonly problems: readonly ExportProblem[];
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
  const chain = new ChainVerifier();
  const problems: ExportProblem[] = [];
  let number = 0;
  let footer: z.infer<typeof exportFooter> | undefined;
  for await (const line of lines) {
    number += 1;
    const value = parseJson(line);
    if (number === 1) {
      if (exportHeader.safeParse(value).success) continue;
      throw new CliError(
        `${name} is no ledger export (its first line is not the header). Make one with: gatehouse ledger export`,
      );
    }
    if (footer !== undefined) {
      problems.push({ kind: 'line_unreadable', message: `line ${number} stands after the end of the export` });
      break;
    }
    const end = exportFooter.safeParse(value);
    const entry = entryLine.safeParse(value);
    if (end.success) footer = end.data;
    else if (entry.success) problems.push(...checkEntry(chain, entry.data));
    else
      problems.push({ kind: 'line_unreadable', message: `line ${number} is no ledger entry: ${reasons(entry.error)}` });
  }
  if (number === 0) throw new CliError(`${name} is empty.`);
  problems.push(...checkEnd(chain, footer));
  return { ok: problems.length === 0, checkedEntries: chain.checkedEntries, headHash: chain.headHash, problems };
}

function checkEntry(chain: ChainVerifier, entry: EntryLine): ExportProblem[] {
  const { prevHash, ...hashed } = entry;
  const own: ExportProblem[] =
    prevHash === chain.headHash
      ? []
      : [
          {
            kind: 'hash_chain_broken',
            message: `entry ${entry.seq} names another entry before it than the one that stands there`,
          },
        ];
  return [...own, ...chain.next(hashed).map(({ kind, message }) => ({ kind, message }))];
}

function checkEnd(chain: ChainVerifier, footer: z.infer<typeof exportFooter> | undefined): ExportProblem[] {
  if (footer === undefined)
    return [{ kind: 'cut_off', message: 'the last line of the export is missing: it was cut off' }];
  if (footer.entries === chain.checkedEntries && footer.headHash === chain.headHash) return [];
  return [
    {
      kind: 'cut_off',
      message: `the export ends with entry hash ${chain.headHash} after ${chain.checkedEntries} entries, but was written with ${footer.entries} entries up to ${footer.headHash}`,
    },
  ];
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
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
