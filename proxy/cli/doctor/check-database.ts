/** The database file, the ledger inside, and earlier databases that were set aside. */
import { systemClock } from '../../core/clock.ts';
import { createSqliteLedger } from '../../ledger/sqlite-ledger.ts';
import type { Db } from '../../storage/database.ts';
import { listSetAside } from '../../storage/set-aside.ts';
import { type Finding, fail, ok, warn, words } from './finding.ts';

const RESTORE =
  'Stop Gatehouse and put a backup in its place; nothing is deleted by starting, a damaged file is kept aside.';

/** `db` is open for reading, or the error that opening it gave, or undefined when there is none yet. */
export async function checkDatabase(db: Db | Error | undefined): Promise<Finding[]> {
  if (db === undefined) return [ok('database', 'none yet; the first start makes it')];
  // Errors of this kind say themselves what to do.
  if (db instanceof Error) return [fail('database', db.message, 'See the message.')];
  try {
    const verdict = String(db.pragma('quick_check(1)', { simple: true }));
    if (verdict !== 'ok') return [fail('database', `${db.name} is damaged: ${verdict}`, RESTORE)];
    return [ok('database', `${db.name} is whole`), await checkLedger(db)];
  } catch (error) {
    return [fail('database', `${db.name} cannot be read: ${words(error)}`, RESTORE)];
  }
}

async function checkLedger(db: Db): Promise<Finding> {
  const report = await createSqliteLedger({ db, clock: systemClock, timeZone: 'UTC' }).audit();
  const { openHolds } = report.balance;
  if (report.ok) return ok('ledger', `${report.checkedEntries} entries agree; ${openHolds} open holds`);
  return fail(
    'ledger',
    `${report.problems.length} problems: ${report.problems[0]?.message ?? ''}`,
    'See them all with: gatehouse ledger audit. Keep the database as it is and make a copy.',
  );
}

export function checkSetAside(dataDir: string): Finding[] {
  return listSetAside(dataDir).map(({ file, atMs, problem }) =>
    warn(
      'set_aside',
      `a damaged ledger was kept aside on ${new Date(atMs).toISOString()} as ${file} (${problem}); the books began anew`,
      'Keep the file if you need its figures; delete it and set-aside.json when you do not.',
    ),
  );
}
