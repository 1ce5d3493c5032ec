/** The records of requests and the reports on them, on the clock of the config's time zone. */
import { calendarOf } from '../ledger/windows.ts';
import type { Db } from '../storage/types.ts';
import type { UsageStore } from '../usage/types.ts';
import { createUsageReport, type UsageReport } from '../usage/usage-report.ts';
import { createUsageStore } from '../usage/usage-store.ts';

export interface UsageBooks {
  readonly usage: UsageStore;
  readonly usageReport: UsageReport;
  /** From the next request on; hours that are summed up already stay as they are. */
  setTimeZone(timeZone: string): void;
}

export function createUsageBooks(db: Db, initialTimeZone: string): UsageBooks {
  let timeZone = initialTimeZone;
  const calendar = () => calendarOf(timeZone);
  const usage = createUsageStore({ db, calendar });
  return {
    usage,
    usageReport: createUsageReport({ db, calendar, timeZone: () => timeZone, onPastChange: usage.onPastChange }),
    setTimeZone(next) {
      timeZone = next;
    },
  };
}
