/** `gatehouse ledger audit|export|reconcile|verify` */
import { type Command, Option } from 'commander';
import { nanoToUsdString } from '../../contract/money.ts';
import type { AuditReport, BalanceView } from '../../contract/views.ts';
import { systemClock } from '../../core/clock.ts';
import { createSqliteLedger } from '../../ledger/sqlite-ledger.ts';
import type { Db } from '../../storage/database.ts';
import { type CliIo, EXIT, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { csvLines } from '../export/csv.ts';
import { jsonLines } from '../export/json-lines.ts';
import { type ExportReport, verifyExport } from '../export/verify-export.ts';
import { writeExport } from '../export/write-export.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { withDatabase } from '../read-only-database.ts';
import { addReconcileCommand } from './reconcile.ts';

interface Options {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly format?: 'jsonl' | 'csv';
  readonly out?: string;
  readonly force?: boolean;
}

const PROBLEMS_SHOWN_MAX = 50;

export function addLedgerCommands(program: Command, io: CliIo, outcome: Outcome): void {
  const ledger = program.command('ledger').description('the ledger: every nano-dollar of every call');

  ledger
    .command('audit')
    .description('recompute the ledger from its entries and compare with everything that is kept')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExit code 3 when something does not agree. Reads only; works beside a running gateway.')
    .action(async ({ dataDir, json }: Options) => {
      const report = await withDatabase(dataDirOf(dataDir, io.env), (db) => readLedger(db).audit());
      if (json === true) printJson(io, report);
      else printAudit(io, report);
      outcome.exitCode = report.ok ? EXIT.ok : EXIT.problemFound;
    });

  ledger
    .command('export')
    .description('write every ledger entry, as JSON Lines with the hash chain or as CSV')
    .addOption(
      new Option('--format <format>', 'jsonl can be verified, csv opens in a spreadsheet')
        .choices(['jsonl', 'csv'])
        .default('jsonl'),
    )
    .option('--out <file>', 'write to a new file (0600) instead of stdout')
    .option('--force', 'replace the file if it is there')
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      '\nExamples:\n  gatehouse ledger export --out ledger.jsonl\n  gatehouse ledger verify ledger.jsonl\n  gatehouse ledger export --format csv > november.csv',
    )
    .action(async ({ dataDir, format, out, force }: Options) => {
      const written = await withDatabase(dataDirOf(dataDir, io.env), async (db) => {
        const lines = await exportLines(db, format ?? 'jsonl');
        return writeExport(lines, { stdout: io.stdout, path: out, replace: force === true });
      });
      if (out !== undefined) io.stderr.write(`Wrote ${written} lines to ${out}.\n`);
    });

  addReconcileCommand(ledger, io, outcome);

  ledger
    .command('verify')
    .description('check a JSON Lines export without any database: its hash chain, and every sum recomputed')
    .argument('<file>', 'an export, or - for stdin')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExit code 3 when an entry was changed, removed, added or cut off, or a sum is not that of its entries.',
    )
    .action(async (file: string, { json }: Options) => {
      const report = await verifyExport(file);
      if (json === true) printJson(io, report);
      else printVerified(io, report);
      outcome.exitCode = report.ok ? EXIT.ok : EXIT.problemFound;
    });
}

/** Read as one: what a running gateway writes meanwhile is not in it, neither in the entries nor in the sums. */
async function exportLines(db: Db, format: 'jsonl' | 'csv'): Promise<Iterable<string>> {
  db.exec('BEGIN');
  const ledger = readLedger(db);
  const entries = ledger.exportEntries();
  if (format === 'csv') return csvLines(entries);
  const { timeZone } = ledger;
  const windows = ledger.keptWindows();
  return jsonLines({ entries, windows, balance: await ledger.balance(), timeZone }, systemClock.nowMs());
}

function printVerified(io: CliIo, report: ExportReport): void {
  const verdict = report.ok ? 'whole and unchanged' : 'NOT as it was exported';
  io.stdout.write(`${report.checkedEntries} entries, ${verdict}; head ${report.headHash}\n`);
  io.stdout.write(`${report.checkedWindows} windows recomputed\n${balanceLines(report.balance).join('\n')}\n`);
  if (report.firstBrokenLine !== undefined) io.stderr.write(`first broken line: ${report.firstBrokenLine}\n`);
  printProblems(io, report.problems);
}

/** A read-only ledger keeps the time zone its windows were written in; the one given here is not used. */
function readLedger(db: Db) {
  return createSqliteLedger({ db, clock: systemClock, timeZone: 'UTC' });
}

function printAudit(io: CliIo, { ok, checkedEntries, balance, headHash, problems, durationMs }: AuditReport): void {
  io.stdout.write(
    [
      `entries    ${checkedEntries}`,
      ...balanceLines(balance),
      `head       ${headHash}`,
      `audit      ${ok ? 'ok: everything agrees' : `${problems.length} PROBLEMS`} (${Math.round(durationMs)} ms)`,
      '',
    ].join('\n'),
  );
  printProblems(io, problems);
}

function balanceLines(balance: BalanceView): string[] {
  const usd = (nano: number): string => `${nanoToUsdString(nano)} USD`;
  return [
    `charged    ${usd(balance.chargedNano)}`,
    `held       ${usd(balance.heldNano)} in ${balance.openHolds} open holds`,
    `granted    ${usd(balance.grantedNano)}`,
    `corrected  ${usd(balance.correctedNano)}`,
  ];
}

function printProblems(io: CliIo, problems: readonly { kind: string; message: string }[]): void {
  for (const { kind, message } of problems.slice(0, PROBLEMS_SHOWN_MAX)) io.stderr.write(`${kind}: ${message}\n`);
  const rest = problems.length - PROBLEMS_SHOWN_MAX;
  if (rest > 0) io.stderr.write(`and ${rest} more (see --json)\n`);
}
