import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { systemClock } from '../../../proxy/core/clock.ts';
import { LedgerUnavailableError } from '../../../proxy/ledger/errors.ts';
import { createSqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import { exactly, globalLimit, openLedgerFile, openTestLedger, reserveInput } from '../../support/ledger.ts';

async function unavailable(work: Promise<unknown>): Promise<LedgerUnavailableError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LedgerUnavailableError)) throw new Error(`not unavailable: ${String(error)}`);
  expect(error).toMatchObject({ code: 'ledger_unavailable', status: 503 });
  expect(error.cause).toBeInstanceOf(Error);
  return error;
}

test('a full disk: said in plain words, nothing half-written, and it goes on once there is space', async () => {
  using t = openTestLedger();
  const limits = [
    globalLimit(1_000_000),
    { budgetId: 'k', account: 'key:cli', window: 'week' as const, limitNano: 1_000_000 },
  ];
  await t.ledger.reserve(reserveInput('before', 10));
  const pages = t.db.pragma('page_count', { simple: true });
  t.db.pragma(`max_page_count = ${pages}`);
  const done: string[] = [];
  let full: LedgerUnavailableError | undefined;
  // The limits are asked for first now: the transaction that fails is one that also made a window row.
  for (let index = 0; full === undefined && index < 1_000; index += 1) {
    const input = reserveInput(`a${index}`, 10, { limits: index === 0 ? [] : limits, client: 'x'.repeat(3_000) });
    const outcome = await t.ledger.reserve(input).catch((error: unknown) => error);
    if (outcome instanceof LedgerUnavailableError) full = outcome;
    else done.push(input.attemptId);
  }
  expect(full?.sqliteCode).toBe('SQLITE_FULL');
  expect(full?.message).toMatch(/disk .* is full\. Free some space/);
  expect(t.db.inTransaction).toBe(false);
  expect(await t.ledger.balance()).toMatchObject({ entries: 1 + done.length, openHolds: 1 + done.length });
  expect((await t.ledger.audit()).problems).toEqual([]);

  t.db.pragma('max_page_count = 1000000');
  expect((await t.ledger.reserve(reserveInput('after', 10, { limits }))).ok).toBe(true);
  for (const attempt of [...done, 'after', 'before']) await t.ledger.settle(exactly(attempt, 7));
  expect((await t.ledger.audit()).problems).toEqual([]);
  const { budgets } = await t.ledger.spend(limits);
  expect(budgets.map((budget) => budget.spentNano)).toEqual(budgets.map(() => 7 * (done.length + 2)));
});

test('a window row that a failed transaction made is made again', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 10));
  const limits = [{ budgetId: 'k', account: 'key:cli', window: 'week' as const, limitNano: 100 }];
  t.db.exec(`CREATE TRIGGER broken BEFORE INSERT ON holds BEGIN SELECT RAISE(ABORT, 'no'); END`);
  const error = await unavailable(t.ledger.reserve(reserveInput('b', 10, { limits })));
  expect(error.message).toMatch(/contradicts itself/);
  expect(t.db.prepare(`SELECT count(*) AS n FROM spend_windows WHERE kind = 'week'`).get()).toEqual({ n: 0 });
  t.db.exec('DROP TRIGGER broken');
  await t.ledger.settle(exactly('a', 4));
  await t.ledger.reserve(reserveInput('c', 10, { limits }));
  await t.ledger.settle(exactly('c', 5));
  expect((await t.ledger.spend(limits)).budgets[0]).toMatchObject({ spentNano: 9, heldNano: 0 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('another program that holds the file locked', async () => {
  using t = openTestLedger();
  t.db.pragma('busy_timeout = 1');
  using other = closing(openLedgerFile(t.path));
  other.db.exec('BEGIN IMMEDIATE');
  const error = await unavailable(t.ledger.reserve(reserveInput('a', 10)));
  expect(error.message).toMatch(/Another program holds the Gatehouse ledger locked/);
  expect(t.db.inTransaction).toBe(false);
  other.db.exec('ROLLBACK');
  expect((await t.ledger.reserve(reserveInput('a', 10))).ok).toBe(true);
});

test('a ledger opened read-only can be read and audited, and says so when written', async () => {
  using t = openTestLedger('Europe/Berlin');
  await t.ledger.reserve(reserveInput('a', 10));
  await t.ledger.settle(exactly('a', 4));
  using reader = closing(new Database(t.path, { readonly: true }));
  const ledger = createSqliteLedger({ db: reader.db, clock: t.clock, timeZone: 'Asia/Tokyo' });
  // Its rows are in the zone they were written in.
  expect(ledger.timeZone).toBe('Europe/Berlin');
  expect((await ledger.audit()).problems).toEqual([]);
  const week = [{ budgetId: 'w', account: 'key:cli', window: 'week' as const, limitNano: 10 }];
  expect((await ledger.spend(week)).budgets[0]).toMatchObject({ spentNano: 4, leftNano: 6 });
  const error = await unavailable(ledger.reserve(reserveInput('b', 10)));
  expect(error).toMatchObject({ sqliteCode: 'SQLITE_READONLY' });
  expect(error.message).toMatch(/read-only/);
});

test('a damaged file', async () => {
  using t = openTestLedger();
  for (let index = 0; index < 200; index += 1) await t.ledger.reserve(reserveInput(`a${index}`, 10));
  t.db.pragma('wal_checkpoint(TRUNCATE)');
  const copy = `${t.path}.damaged`;
  const bytes = readFileSync(t.path);
  // Everything after the first page, which holds the schema.
  bytes.fill(0xab, 4_096);
  writeFileSync(copy, bytes);
  using damaged = closing(new Database(copy));
  let error: unknown;
  try {
    const ledger = createSqliteLedger({ db: damaged.db, clock: systemClock, timeZone: 'UTC' });
    await ledger.reserve(reserveInput('b', 10));
  } catch (reason) {
    error = reason;
  }
  expect(error).toBeInstanceOf(LedgerUnavailableError);
  expect(error).toMatchObject({ sqliteCode: 'SQLITE_CORRUPT' });
});

test('a database that was closed, or has no ledger in it', async () => {
  const t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 10));
  t[Symbol.dispose]();
  expect((await unavailable(t.ledger.settle(exactly('a', 1)))).sqliteCode).toBe('SQLITE_CLOSED');
  expect((await unavailable(t.ledger.balance())).sqliteCode).toBe('SQLITE_CLOSED');
  expect((await unavailable(t.ledger.audit())).sqliteCode).toBe('SQLITE_CLOSED');
  using empty = closing(new Database(':memory:'));
  expect(() => createSqliteLedger({ db: empty.db, clock: systemClock, timeZone: 'UTC' })).toThrow(
    LedgerUnavailableError,
  );
});

function closing(db: Database.Database): Disposable & { db: Database.Database } {
  return { db, [Symbol.dispose]: () => void db.close() };
}
