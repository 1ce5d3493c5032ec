/**
 * The disk is full and has space again, over and over, while calls reserve, settle with their record and fill the
 * wallet side by side. Whatever was acknowledged is there with its record, whatever failed left nothing, and the books
 * reconcile every time.
 */
import { expect, test } from 'vitest';
import { LedgerUnavailableError } from '../../../proxy/ledger/errors.ts';
import { reconcile } from '../../../proxy/ledger/reconcile/reconcile.ts';
import { createSqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import type { Db } from '../../../proxy/storage/types.ts';
import { createUsageStore } from '../../../proxy/usage/usage-store.ts';
import { exactly, globalLimit, manualClock, NOON_ISH, reserveInput } from '../../support/ledger.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { openForTest } from '../storage/fixtures.ts';

const ROUNDS = 25;
const PARALLEL = 40;

test('full in the middle: an entry and its record stand or fall together', async () => {
  const { db } = openForTest();
  const clock = manualClock(NOON_ISH);
  const ledger = createSqliteLedger({ db, clock, timeZone: 'Asia/Kolkata' });
  const usage = createUsageStore({ db });
  const random = seededRandom(5);
  const limits = [globalLimit(10 ** 12), { ...globalLimit(10 ** 12, 'hour', 'key'), account: 'key:cli' }];
  await ledger.grant({ id: 'filled', account: 'global', amountNano: 10 ** 9, reason: 'to begin with' });
  const settled: string[] = [];
  const open = new Map<string, number>();
  let granted = 10 ** 9;
  let refused = 0;

  const settle = async (id: string, costNano: number) => {
    await ledger.settle(exactly(id, costNano), ({ chargedNano }) =>
      usage.record({
        id: `req-of-${id}`,
        startedAtMs: clock.wallMs,
        state: 'settled',
        protocol: 'openai-chat',
        stream: false,
        // Long enough that records fill pages of their own.
        modelAsked: 'm'.repeat(Math.floor(random() * 3_000)),
        attempts: 1,
        costNano,
        feeNano: 0,
        chargedNano,
        configVersion: 1,
      }),
    );
    open.delete(id);
    settled.push(id);
  };
  const call = async (id: string) => {
    const costNano = Math.floor(random() * 900);
    const client = 'c'.repeat(1 + Math.floor(random() * 2_000));
    const outcome = await ledger.reserve(reserveInput(id, 900, { limits, client, wallet: 'global' }));
    if (!outcome.ok) throw new Error('nothing here is over a budget');
    open.set(id, costNano);
    await settle(id, costNano);
  };
  const topUp = async (id: string) => {
    await ledger.grant({ id, account: 'global', amountNano: 5, reason: 'r'.repeat(3_000) });
    granted += 5;
  };
  const tried = async (work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof LedgerUnavailableError)) throw error;
      expect(error.sqliteCode).toBe('SQLITE_FULL');
      refused += 1;
    }
  };

  for (let round = 0; round < ROUNDS; round += 1) {
    clock.wallMs += 700_000;
    spaceLeft(db, Math.floor(random() * 60));
    const calls = Array.from({ length: PARALLEL }, (_, index) => tried(call(`${round}-${index}`)));
    await Promise.all([...calls, tried(topUp(`top-up-${round}`))]);
    expect((await ledger.audit()).problems, `round ${round}, full`).toEqual([]);
    expect(stateOf(db), `round ${round}, full`).toEqual({
      charges: settled.length,
      records: settled.length,
      holds: open.size,
    });
    expect((await ledger.wallet()).grantedNano).toBe(granted);

    spaceLeft(db, 1_000_000);
    // What was owed is written as soon as it can be.
    for (const [id, costNano] of [...open]) await settle(id, costNano);
    const { differences } = await reconcile({ ledger, db, clock, isRunning: () => false });
    expect(differences, `round ${round}, with space`).toEqual([]);
    expect(stateOf(db)).toEqual({ charges: settled.length, records: settled.length, holds: 0 });
  }
  expect(refused).toBeGreaterThan(ROUNDS);
  expect(settled.length).toBeGreaterThan(ROUNDS);
});

/** Pages that the database may still grow by. */
function spaceLeft(db: Db, pages: number): void {
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + pages}`);
}

function stateOf(db: Db) {
  const count = (sql: string) => db.prepare<[], number>(`SELECT count(*) FROM ${sql}`).pluck().get();
  return { charges: count(`transfers WHERE kind = 'charge'`), records: count('requests'), holds: count('holds') };
}
