/** `gatehouse ledger reconcile` */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ReconciliationReport } from '../../contract/ledger-desk.ts';
import { nanoToUsdString } from '../../contract/money.ts';
import { systemClock } from '../../core/clock.ts';
import { LedgerRefusedError } from '../../ledger/errors.ts';
import { type ReconcileRequest, reconcile } from '../../ledger/reconcile/reconcile.ts';
import { createSqliteLedger } from '../../ledger/sqlite-ledger.ts';
import { storedTimeZone } from '../../ledger/stored-time-zone.ts';
import type { Db } from '../../storage/types.ts';
import { changeData } from '../change-data.ts';
import { CliError, type CliIo, EXIT, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { withDatabase } from '../read-only-database.ts';

interface Options {
  readonly provider?: string;
  readonly csv?: string;
  readonly correct?: boolean;
  readonly reason?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

const SHOWN_MAX = 50;

export function addReconcileCommand(ledger: Command, io: CliIo, outcome: Outcome): void {
  ledger
    .command('reconcile')
    .description('hold the ledger against open calls, the records of requests and what providers say')
    .option('--provider <id>', 'whose usage the file holds')
    .option('--csv <file>', 'a usage or cost export from the console of that provider')
    .option('--correct', 'write the corrections that make the ledger agree with the provider')
    .option('--reason <text>', 'why, for the entries that --correct writes')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse ledger reconcile
  gatehouse ledger reconcile --provider openai --csv costs.csv
  gatehouse ledger reconcile --provider openai --csv costs.csv --correct --reason "October bill"

Exit code 3 when something does not agree. Changes nothing without --correct. Columns of the file are found by their
names: a day (UTC), a model, and a cost in USD or tokens, as the consoles of OpenAI, Anthropic and OpenRouter export them.`,
    )
    .action(async (options: Options) => {
      const report = await reconciled(dataDirOf(options.dataDir, io.env), requestOf(options));
      if (options.json === true) printJson(io, report);
      else print(io, report);
      outcome.exitCode = report.ok ? EXIT.ok : EXIT.problemFound;
    });
}

function requestOf({ provider, csv, correct, reason }: Options): ReconcileRequest {
  if ((provider === undefined) !== (csv === undefined))
    throw new CliError('--provider and --csv go together: whose file it is, and the file.', EXIT.usage);
  if (correct === true && (reason === undefined || reason.trim() === ''))
    throw new CliError('--correct needs a --reason, which is written into the entries.', EXIT.usage);
  return {
    ...(provider === undefined || csv === undefined ? {} : { csv: { provider, text: readFileSync(csv, 'utf8') } }),
    ...(correct === true && reason !== undefined ? { correct: { reason: reason.trim() } } : {}),
  };
}

/** Only looking works beside a running gateway; corrections are written by the gateway where one runs. */
async function reconciled(dataDir: string, request: ReconcileRequest): Promise<ReconciliationReport> {
  try {
    if (request.correct === undefined) return await withDatabase(dataDir, (db) => reconcile(partsOf(db), request));
    return await changeData(dataDir, {
      running: (client) => client.ledger.reconcile(request),
      offline: ({ db }) => reconcile(partsOf(db), request),
    });
  } catch (error) {
    if (error instanceof LedgerRefusedError) throw new CliError(error.message);
    throw error;
  }
}

function partsOf(db: Db) {
  return {
    db,
    clock: systemClock,
    ledger: createSqliteLedger({ db, clock: systemClock, timeZone: storedTimeZone(db) }),
  };
}

function print(io: CliIo, report: ReconciliationReport): void {
  const { entries, holds, windows, requests, providerCosts, providerLines } = report.checked;
  const usd = nanoToUsdString(report.driftNano);
  io.stdout.write(
    [
      `entries         ${entries}`,
      `open holds      ${holds}`,
      `windows         ${windows}`,
      `requests        ${requests}, ${providerCosts} with the provider's own cost`,
      ...(providerLines === 0 ? [] : [`provider lines  ${providerLines}`]),
      `result          ${report.ok ? 'everything agrees' : `${report.differences.length + report.unlisted} DIFFERENCES, ${usd} USD together`}`,
      '',
    ].join('\n'),
  );
  for (const { kind, message, seqs } of report.differences.slice(0, SHOWN_MAX)) {
    io.stderr.write(`${kind}: ${message}${seqs.length === 0 ? '' : ` Entries: ${seqs.slice(0, 10).join(', ')}.`}\n`);
  }
  const rest = report.differences.length + report.unlisted - SHOWN_MAX;
  if (rest > 0) io.stderr.write(`and ${rest} more (see --json)\n`);
  for (const { id, amountNano } of report.corrected) {
    io.stdout.write(`wrote ${id}: ${nanoToUsdString(amountNano)} USD\n`);
  }
}
