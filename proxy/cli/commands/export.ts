/** `gatehouse export` */
import { type Command, Option } from 'commander';
import { nanoToUsdString } from '../../contract/money.ts';
import { type ExportFormat, exportFormat } from '../../contract/usage.ts';
import { systemClock } from '../../core/clock.ts';
import type { Db } from '../../storage/types.ts';
import { ExportCount, exportLines } from '../../usage/export/export-lines.ts';
import { chargedByLedger } from '../../usage/export/ledger-total.ts';
import { invoiceOf } from '../../usage/invoice/invoice.ts';
import { invoicePage } from '../../usage/invoice/invoice-page.ts';
import { CliError, type CliIo, EXIT } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { type ExportTarget, writeExport } from '../export/write-export.ts';
import { dataDirOption } from '../options.ts';
import { withDatabase } from '../read-only-database.ts';
import { addFilterOptions, type FilterFlags, filtersOf } from '../usage/filter-flags.ts';
import { addPeriodOptions, type Period, type PeriodFlags, periodOf, timeZoneOfBooks } from '../usage/period.ts';

interface Options extends PeriodFlags, FilterFlags {
  readonly format: ExportFormat;
  readonly invoice?: boolean;
  readonly out?: string;
  readonly force?: boolean;
  readonly dataDir?: string;
}

export function addExportCommand(program: Command, io: CliIo): void {
  const command = program
    .command('export')
    .description('write the requests of a period as CSV or JSON Lines, or an invoice')
    .addOption(
      new Option('--format <format>', 'csv opens in a spreadsheet, jsonl is for programs')
        .choices(exportFormat.options)
        .default('csv'),
    )
    .option('--invoice', 'an invoice for --project or --client as a page that prints well (HTML)');
  addFilterOptions(addPeriodOptions(command))
    .option('--out <file>', 'write to a new file (0600) instead of stdout')
    .option('--force', 'replace the file if it is there')
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse export --month 2026-10 --out october.csv
  gatehouse export --format jsonl --project acme --from 2026-10-01 --to 2026-10-15
  gatehouse export --invoice --project acme --month 2026-10 --out invoice.html

Without a period: everything on record. Amounts are the ledger's, in whole nano-dollars. An invoice is made from the ledger
alone and stays right when records of requests are deleted. Reads only; works beside a running gateway.`,
    )
    .action(async ({ dataDir, out, force, ...options }: Options) => {
      const target = { stdout: io.stdout, path: out, replace: force === true };
      await withDatabase(dataDirOf(dataDir, io.env), async (db) => {
        const timeZone = timeZoneOfBooks(db);
        const period = periodOf(options, timeZone, { fromMs: 0, toMs: systemClock.nowMs() + 1 });
        if (options.invoice === true) await writeInvoice(db, options, period, timeZone, target);
        else await writeRequests(io, db, options, period, target);
      });
    });
}

async function writeInvoice(
  db: Db,
  { project, client, key, provider, model, from, month }: Options,
  period: Period,
  timeZone: string,
  target: ExportTarget,
): Promise<void> {
  const party = project === undefined ? 'client' : 'project';
  const name = project ?? client;
  if (name === undefined || (project !== undefined && client !== undefined))
    throw new CliError('An invoice is for one --project or one --client.', EXIT.usage);
  if (key !== undefined || provider !== undefined || model !== undefined)
    throw new CliError(
      'An invoice is for everything of a project or client: leave out --key, --provider and --model.',
      EXIT.usage,
    );
  if (month === undefined && from === undefined)
    throw new CliError('An invoice needs its period: --month 2026-10, or --from and --to.', EXIT.usage);
  const invoice = invoiceOf({ db, timeZone }, { party, name, ...period });
  await writeExport([invoicePage(invoice, systemClock.nowMs()).trimEnd()], target);
}

async function writeRequests(
  io: CliIo,
  db: Db,
  { format, ...flags }: Options,
  period: Period,
  target: ExportTarget,
): Promise<void> {
  const filters = filtersOf(flags);
  const count = new ExportCount();
  await writeExport(exportLines(db, { ...period, filters }, format, count), target);
  const { requests, chargedNano, correctedNano } = count.totals;
  const usd = (nano: number): string => `${nanoToUsdString(nano)} USD`;
  const corrections = correctedNano === 0 ? '' : `, corrected by ${usd(correctedNano)}`;
  io.stderr.write(`${requests} requests, charged ${usd(chargedNano)}${corrections}.\n`);
  if (Object.keys(filters).length > 0) return;
  const missingNano = chargedByLedger(db, period) - chargedNano;
  if (missingNano === 0) return;
  io.stderr.write(
    `The ledger charged ${usd(chargedNano + missingNano)} in this period: ${usd(missingNano)} more or less than these requests, whose records were deleted by age or which began just before or after an end of it.\n`,
  );
}
