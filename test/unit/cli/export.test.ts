import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cell, csvLines } from '../../../proxy/cli/export/csv.ts';
import { type ExportedLedger, jsonLines } from '../../../proxy/cli/export/json-lines.ts';
import { verifyExport, verifyLines } from '../../../proxy/cli/export/verify-export.ts';
import { writeExport } from '../../../proxy/cli/export/write-export.ts';
import { exactly, openTestLedger, reserveInput, type TestLedger } from '../../support/ledger.ts';

let books: TestLedger;
let exported: string[];
let windowLines: number;

beforeAll(async () => {
  books = openTestLedger();
  const { ledger } = books;
  for (let call = 1; call <= 4; call += 1) {
    await ledger.reserve(reserveInput(`att${call}`, 1_000_000));
    await ledger.settle(exactly(`att${call}`, 400_000 + call));
  }
  await ledger.reserve(reserveInput('att5', 5, { client: '=1+1', project: 'a, "b"' }));
  await ledger.release('att5', 'refused');
  await ledger.correct({ id: 'corr1', account: 'global', amountNano: -7, reason: 'goodwill' });
  exported = [...jsonLines(await whole(), 1_700_000_000_000)];
  windowLines = exported.filter((line) => line.startsWith('{"type":"window"')).length;
});

async function whole(): Promise<ExportedLedger> {
  const { ledger } = books;
  return {
    entries: ledger.exportEntries(),
    windows: ledger.keptWindows(),
    balance: await ledger.balance(),
    timeZone: ledger.timeZone,
  };
}

afterAll(() => books[Symbol.dispose]());

describe('a JSON Lines export', () => {
  test('has a header, an entry a line and a footer, and verifies', async () => {
    expect(exported).toHaveLength(1 + windowLines + 15 + 1);
    expect(windowLines).toBeGreaterThan(2);
    expect(JSON.parse(exported[0] ?? '')).toMatchObject({ type: 'header', format: 'gatehouse-ledger', version: 1 });
    const report = await verifyLines(exported, 'x');
    expect(report).toEqual({
      ok: true,
      checkedEntries: 15,
      checkedWindows: windowLines,
      headHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      balance: await books.ledger.balance(),
      problems: [],
    });
    expect(JSON.parse(exported.at(-1) ?? '')).toEqual({
      type: 'footer',
      entries: 15,
      headHash: report.headHash,
      balance: report.balance,
    });
  });

  test('of an empty ledger verifies', async () => {
    using empty = openTestLedger('Asia/Kolkata');
    const { ledger } = empty;
    const parts = { entries: ledger.exportEntries(), windows: ledger.keptWindows(), balance: await ledger.balance() };
    const lines = jsonLines({ ...parts, timeZone: 'Asia/Kolkata' }, 0);
    expect(await verifyLines(lines, 'x')).toMatchObject({ ok: true, checkedEntries: 0 });
  });

  /** Entries count from 1. */
  const entry = (number: number): number => windowLines + number;
  const edit = (line: number, change: (text: string) => string) =>
    exported.map((text, at) => (at === line ? change(text) : text));
  test.each<[string, () => string[], string]>([
    [
      'an amount',
      () => edit(entry(1), (line) => line.replace('"amountNano":1000000', '"amountNano":1000001')),
      'hash_chain_broken',
    ],
    [
      'a number as a text',
      () => edit(entry(1), (line) => line.replace('"amountNano":1000000', '"amountNano":"1000000"')),
      'line_unreadable',
    ],
    ['an added field', () => edit(entry(1), (line) => line.replace('{', '{"note":"x",')), 'line_unreadable'],
    ['a removed field', () => edit(entry(2), (line) => line.replace(/"certainty":"exact",/, '')), 'hash_chain_broken'],
    ['a removed entry', () => exported.toSpliced(entry(3), 1), 'entry_missing'],
    ['a removed first entry', () => exported.toSpliced(entry(1), 1), 'entry_missing'],
    ['a removed last entry', () => exported.toSpliced(-2, 1), 'cut_off'],
    ['a removed footer', () => exported.slice(0, -1), 'cut_off'],
    ['a cut last line', () => edit(exported.length - 1, (line) => line.slice(0, -5)), 'line_unreadable'],
    ['a doubled entry', () => exported.toSpliced(entry(3), 0, exported[entry(2)] ?? ''), 'entry_missing'],
    [
      'two entries swapped',
      () => exported.toSpliced(entry(2), 2, exported[entry(3)] ?? '', exported[entry(2)] ?? ''),
      'entry_missing',
    ],
    ['a line after the end', () => [...exported, '{}'], 'line_unreadable'],
    [
      'a window',
      () => edit(1, (line) => line.replace(/"spentNano":(\d+)/, (_all, nano) => `"spentNano":${Number(nano) + 1}`)),
      'window_drift',
    ],
    ['a window moved', () => edit(2, (line) => line.replace(/"startMs":(\d)/, '"startMs":1$1')), 'window_misplaced'],
    [
      'the balance',
      () => edit(exported.length - 1, (line) => line.replace('"chargedNano":1', '"chargedNano":2')),
      'balance_drift',
    ],
    ['a blank line between', () => exported.toSpliced(entry(3), 0, ''), 'line_unreadable'],
  ])('with %s does not verify', async (_name, tampered, kind) => {
    const report = await verifyLines(tampered(), 'x');
    expect(report.ok).toBe(false);
    expect(report.problems.map((problem) => problem.kind)).toContain(kind);
    expect(report.firstBrokenLine).toBe(report.problems[0]?.line);
  });

  test('names the first broken line', async () => {
    const at = entry(8);
    const report = await verifyLines(
      exported.with(at, (exported[at] ?? '').replace('"amountNano":400003', '"amountNano":400004')),
      'x',
    );
    expect(report.firstBrokenLine).toBe(at + 1);
    expect(report.problems[0]).toMatchObject({ line: at + 1, message: expect.stringContaining(`line ${at + 1}: `) });
    expect(report.problems.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['hash_chain_broken', 'charge_mismatch', 'balance_drift', 'window_drift']),
    );
  });

  test('tells books apart that were written anew with a hash chain of their own', async () => {
    // Whoever can hash can forge a chain; sums that do not follow from the entries still show.
    const forged = [...books.ledger.exportEntries()].filter(({ kind }) => kind !== 'correction');
    const lines = jsonLines({ ...(await whole()), entries: forged }, 0);
    const { problems } = await verifyLines(lines, 'x');
    expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['balance_drift', 'window_drift']));
  });

  test('any single character changed in any entry or the footer is found', async () => {
    const places = exported.flatMap((line, at) =>
      at === 0 ? [] : Array.from(line, (_, column) => [at, column] as const),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.constantFrom(...'0123456789abcxyz"{},: '),
        async ([at, column], character) => {
          const line = exported[at] ?? '';
          fc.pre(line[column] !== character);
          const changed = line.slice(0, column) + character + line.slice(column + 1);
          fc.pre(!sameJson(line, changed));
          expect((await verifyLines(exported.with(at, changed), 'x')).ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['another file', ['hello']],
    ['an empty file', []],
    [
      'a later format',
      ['{"type":"header","format":"gatehouse-ledger","version":2,"exportedAtMs":0,"timeZone":"UTC","hash":""}'],
    ],
    [
      'a zone of another planet',
      ['{"type":"header","format":"gatehouse-ledger","version":1,"exportedAtMs":0,"timeZone":"Mars/One","hash":""}'],
    ],
  ])('%s is refused as no export', async (_name, lines) => {
    await expect(verifyLines(lines, 'x.jsonl')).rejects.toThrow('x.jsonl');
  });

  test('a file that is not there is an error of the file system', async () => {
    await expect(verifyExport('/nowhere/x.jsonl')).rejects.toThrow('ENOENT');
  });
});

describe('a CSV export', () => {
  test('has a row an entry, with amounts in USD and nano-dollars', () => {
    const rows = [...csvLines(books.ledger.exportEntries())];
    expect(rows).toHaveLength(1 + 15);
    expect(rows[2]).toContain(
      ',charge,0.000400001,400001,400001,0,,exact,openai,gpt-4o-mini,cli,chatbot,aider,,10,,,,5,,',
    );
    expect(rows.at(-1)).toContain(',correction,-0.000000007,-7,');
    expect(rows[13]).toContain(`,"a, ""b""",'=1+1,`);
  });

  test.each([
    [undefined, ''],
    [-5, '-5'],
    ['-0.5', '-0.5'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['=cmd()', "'=cmd()"],
    ['+1+1', "'+1+1"],
    ['-1+1', "'-1+1"],
    ['@sum', "'@sum"],
    ['\t=1', "'\t=1"],
  ])('%j becomes %j', (value, text) => {
    expect(cell(value)).toBe(text);
  });
});

describe('writing', () => {
  test('a file appears whole, private, and never over another unless told', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'gatehouse-export-')), 'out.jsonl');
    const target = { stdout: new PassThrough(), path, replace: false };
    expect(await writeExport(exported, target)).toBe(exported.length);
    expect(readFileSync(path, 'utf8')).toBe(`${exported.join('\n')}\n`);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await verifyExport(path)).toMatchObject({ ok: true });
    writeFileSync(path, 'mine');
    await expect(writeExport(exported, target)).rejects.toThrow('--force');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    await writeExport(exported, { ...target, replace: true });
    expect(readFileSync(path, 'utf8')).toContain('footer');
  });

  test('a source that fails leaves no file behind', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'gatehouse-export-')), 'out.jsonl');
    const failing = function* () {
      yield 'one';
      throw new Error('disk');
    };
    await expect(writeExport(failing(), { stdout: new PassThrough(), path, replace: false })).rejects.toThrow('disk');
    expect(existsSync(path)).toBe(false);
  });

  test('a slow reader gets everything, and stdout stays open', async () => {
    const stdout = new PassThrough({ highWaterMark: 16 });
    const lines = Array.from({ length: 2000 }, (_, index) => `line ${index}`);
    const written = writeExport(lines, { stdout, path: undefined, replace: false });
    let text = '';
    stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    expect(await written).toBe(2000);
    stdout.end();
    await new Promise((resolve) => stdout.once('end', resolve));
    expect(text).toBe(`${lines.join('\n')}\n`);
  });
});

function sameJson(left: string, right: string): boolean {
  try {
    return JSON.stringify(JSON.parse(left)) === JSON.stringify(JSON.parse(right));
  } catch {
    return false;
  }
}
