/** The period of a report, as a person types it: days and months on the clock that the books are kept in. */
import type { Command } from 'commander';
import { calendarOf } from '../../ledger/windows.ts';
import type { Db } from '../../storage/types.ts';
import { dateIn } from '../../usage/zoned-date.ts';
import { CliError, EXIT } from '../cli-io.ts';

export interface PeriodFlags {
  readonly from?: string;
  readonly to?: string;
  readonly month?: string;
}

export interface Period {
  readonly fromMs: number;
  /** Not in it any more. */
  readonly toMs: number;
}

const HOUR_MS = 3_600_000;

export function addPeriodOptions(command: Command): Command {
  return command
    .option('--from <day>', 'first day, e.g. 2026-10-01, or an instant such as 2026-10-01T09:00:00Z')
    .option('--to <day>', 'last day, which is included; or an instant, which is not')
    .option('--month <month>', 'a whole month, e.g. 2026-10');
}

/** The zone of the running gateway's config, as the ledger has noted it. */
export function timeZoneOfBooks(db: Db): string {
  return db.prepare<[], string>('SELECT time_zone FROM ledger_state WHERE id = 1').pluck().get() ?? 'UTC';
}

/** Days and months begin and end in `timeZone`. What is left out comes from `otherwise`. Throws CliError. */
export function periodOf({ from, to, month }: PeriodFlags, timeZone: string, otherwise: Period): Period {
  if (month !== undefined) {
    if (from !== undefined || to !== undefined) throw new CliError('Give --month, or --from and --to.', EXIT.usage);
    return monthIn(month, timeZone);
  }
  const fromMs = from === undefined ? otherwise.fromMs : (instantOf(from) ?? dayIn(from, timeZone).fromMs);
  const toMs = to === undefined ? otherwise.toMs : (instantOf(to) ?? dayIn(to, timeZone).toMs);
  if (fromMs >= toMs) throw new CliError('The period ends before it begins. Exchange --from and --to.', EXIT.usage);
  return { fromMs, toMs };
}

/** A bare date is no instant: nobody said in which zone. */
function instantOf(text: string): number | undefined {
  if (!/T.*(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : atMs;
}

function dayIn(text: string, timeZone: string): Period {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const noonMs = Date.UTC(Number(year), Number(month) - 1, Number(day), 12);
  // Noon in UTC is the day before or after in zones far from it.
  for (const shiftHours of [0, -12, 12]) {
    if (year === undefined || Number.isNaN(noonMs)) break;
    const { startMs, endMs } = calendarOf(timeZone).bounds('day', noonMs + shiftHours * HOUR_MS);
    if (endMs !== undefined && dateIn(timeZone, startMs) === text) return { fromMs: startMs, toMs: endMs };
  }
  throw new CliError(`"${text}" is no day in ${timeZone}. Write it as 2026-10-31.`, EXIT.usage);
}

function monthIn(text: string, timeZone: string): Period {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year === undefined) throw new CliError(`"${text}" is no month. Write it as 2026-10.`, EXIT.usage);
  const { startMs, endMs } = calendarOf(timeZone).bounds('month', Date.UTC(Number(year), Number(month) - 1, 15));
  if (endMs === undefined) throw new CliError(`"${text}" is no month in ${timeZone}.`, EXIT.usage);
  return { fromMs: startMs, toMs: endMs };
}
