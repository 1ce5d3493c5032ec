/** `gatehouse usage` */
import { type Command, InvalidArgumentError } from 'commander';
import { USAGE_DIMENSIONS, usageSummaryInput } from '../../contract/usage.ts';
import { systemClock } from '../../core/clock.ts';
import { calendarOf } from '../../ledger/windows.ts';
import { UsageQueryError } from '../../usage/time-buckets.ts';
import { createUsageReport } from '../../usage/usage-report.ts';
import { CliError, type CliIo, EXIT, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { withDatabase } from '../read-only-database.ts';
import { addFilterOptions, type FilterFlags, filtersOf } from '../usage/filter-flags.ts';
import { addPeriodOptions, type PeriodFlags, periodOf, timeZoneOfBooks } from '../usage/period.ts';
import { type GroupName, usageTable } from '../usage/usage-table.ts';

interface Options extends PeriodFlags, FilterFlags {
  readonly by: readonly GroupName[];
  readonly limit: number;
  readonly dataDir?: string;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;
const DAYS_SHOWN = 30;

/** What people type, and the dimension it is. */
const NAMES = new Map<string, GroupName>([
  ...(['day', 'hour', ...USAGE_DIMENSIONS] as const).map((name): [string, GroupName] => [name.toLowerCase(), name]),
  ['model', 'modelServed'],
  ['asked', 'modelAsked'],
  ['key', 'accessKey'],
  ['error', 'errorCode'],
]);

export function addUsageCommand(program: Command, io: CliIo): void {
  const usage = program
    .command('usage')
    .description('what was used: requests, tokens, cost, savings and latency')
    .option('--by <what>', `up to four of: ${[...NAMES.keys()].join(', ')}; joined by commas`, parseGroups, ['day']);
  addFilterOptions(addPeriodOptions(usage))
    .option('--limit <count>', 'rows to show', parseLimit, 100)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse usage                                  the last ${DAYS_SHOWN} days, day by day
  gatehouse usage --by model --month 2026-10       what each model came to in October
  gatehouse usage --by project,model --from 2026-11-01

Days begin and end in the time zone of the config. SAVED is what the models asked for would have cost more.
Reads only; works beside a running gateway.`,
    )
    .action(async ({ dataDir, json, by, limit, ...flags }: Options) => {
      await withDatabase(dataDirOf(dataDir, io.env), async (db) => {
        const timeZone = timeZoneOfBooks(db);
        const nowMs = systemClock.nowMs();
        const today = calendarOf(timeZone).bounds('day', nowMs);
        const firstDay = calendarOf(timeZone).bounds('day', today.startMs - (DAYS_SHOWN - 1) * DAY_MS);
        const period = periodOf(flags, timeZone, { fromMs: firstDay.startMs, toMs: nowMs + 1 });
        const report = createUsageReport({ db, calendar: () => calendarOf(timeZone), timeZone: () => timeZone });
        const input = usageSummaryInput.parse({ ...period, groupBy: [...by], filters: filtersOf(flags), limit });
        const summary = await report.summary(input).catch(inPlainWords);
        if (json === true) return printJson(io, summary);
        io.stdout.write(`${usageTable(summary, by, timeZone)}\n`);
        if (summary.more > 0) io.stderr.write(`and ${summary.more} more (see --limit)\n`);
      });
    });
}

/** Another period is a matter of the command line. */
function inPlainWords(error: unknown): never {
  if (error instanceof UsageQueryError) throw new CliError(error.message, EXIT.usage);
  throw error;
}

function parseGroups(text: string): GroupName[] {
  const names = text.split(',').map((name) => {
    const known = NAMES.get(name.trim().toLowerCase());
    if (known === undefined) throw new InvalidArgumentError(`"${name}" is none of ${[...NAMES.keys()].join(', ')}.`);
    return known;
  });
  if (names.length > 4) throw new InvalidArgumentError('Give four at most.');
  return [...new Set(names)];
}

function parseLimit(text: string): number {
  const count = Number(text);
  if (!/^\d{1,4}$/.test(text) || count < 1 || count > 2_000)
    throw new InvalidArgumentError('Give a whole number from 1 to 2000.');
  return count;
}
