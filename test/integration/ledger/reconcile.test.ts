/** Reconciliation against real books and records that disagree in one named way each. */
import { describe, expect, test } from 'vitest';
import type { LedgerDifference } from '../../../proxy/contract/ledger-desk.ts';
import type { RequestView } from '../../../proxy/contract/views.ts';
import { reconcile } from '../../../proxy/ledger/reconcile/reconcile.ts';
import { createReconciler, type Drift } from '../../../proxy/ledger/reconcile/reconciler.ts';
import { createSqliteLedger, type SqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import { createStateStore } from '../../../proxy/storage/state-store.ts';
import type { Db } from '../../../proxy/storage/types.ts';
import { createUsageStore } from '../../../proxy/usage/usage-store.ts';
import { exactly, type ManualClock, manualClock, NOON_ISH, reserveInput } from '../../support/ledger.ts';
import { openForTest } from '../storage/fixtures.ts';

interface Books {
  readonly db: Db;
  readonly clock: ManualClock;
  readonly ledger: SqliteLedger;
  /** One settled call with its record. */
  call(id: string, costNano: number, more?: Partial<RequestView>, feeBps?: number): Promise<void>;
}

function openBooks(): Books {
  const { db } = openForTest();
  const clock = manualClock(NOON_ISH);
  const ledger = createSqliteLedger({ db, clock, timeZone: 'Europe/Berlin' });
  const usage = createUsageStore({ db });
  return {
    db,
    clock,
    ledger,
    async call(id, costNano, more = {}, feeBps = 0) {
      await ledger.reserve(reserveInput(`att-${id}`, 1_000_000, { requestId: id, feeBps }));
      await ledger.settle(exactly(`att-${id}`, costNano), ({ chargedNano }) =>
        usage.record({
          id,
          startedAtMs: clock.wallMs,
          state: 'settled',
          protocol: 'openai-chat',
          stream: false,
          provider: 'openai',
          modelServed: 'gpt-4o-mini',
          attempts: 1,
          costNano,
          feeNano: chargedNano - costNano,
          chargedNano,
          certainty: 'exact',
          configVersion: 1,
          ...more,
        }),
      );
    },
  };
}

const run = (books: Books, more: Parameters<typeof reconcile>[1] = {}) => reconcile({ ...books }, more);
const only = (differences: readonly LedgerDifference[]): LedgerDifference => {
  expect(differences).toHaveLength(1);
  const [first] = differences;
  if (first === undefined) throw new Error('none');
  return first;
};

describe('books that agree', () => {
  test('have nothing to tell, with fees, overruns, unknown costs, fallbacks and corrections in them', async () => {
    const books = openBooks();
    const { ledger } = books;
    await books.call('r1', 400);
    await books.call('r2', 1_500_000, {}, 1_500);
    await ledger.reserve(reserveInput('att-r3-a', 50, { requestId: 'r3' }));
    await ledger.release('att-r3-a', 'refused_500');
    await books.call('r3', 70, { providerCostNano: 71 });
    await ledger.correct({ id: 'c', account: 'global', amountNano: -5, reason: 'goodwill', attemptId: 'att-r1' });
    await ledger.reserve(reserveInput('open', 9, { deadlineAtMs: NOON_ISH + 1 }));
    const report = await run(books);
    expect(report.differences).toEqual([]);
    expect(report).toMatchObject({ ok: true, driftNano: 0, checked: { requests: 3, providerCosts: 1, holds: 1 } });
  });

  test('say nothing yet of a request whose last hold could not be ended', async () => {
    const books = openBooks();
    await books.call('r1', 400);
    await books.ledger.reserve(reserveInput('late', 70, { requestId: 'r1', deadlineAtMs: NOON_ISH + 600_000 }));
    books.db.exec(`UPDATE requests SET charged_nano = 470 WHERE id = 'r1'`);
    expect((await run(books)).differences).toEqual([]);
    await books.ledger.settle(exactly('late', 70));
    books.db.exec(`UPDATE requests SET cost_nano = 470 WHERE id = 'r1'`);
    expect((await run(books)).differences).toEqual([]);
  });

  test('of an earlier release, whose records have no charge of their own, agree too', async () => {
    const books = openBooks();
    await books.call('r1', 400);
    await books.ledger.reserve(reserveInput('att-crash', 900, { requestId: 'r2' }));
    const { interrupted } = await books.ledger.recover();
    createUsageStore({ db: books.db }).recordInterrupted(interrupted);
    books.db.exec('UPDATE requests SET charged_nano = NULL, fee_nano = NULL');
    expect((await run(books)).differences).toEqual([]);
  });
});

describe('drift', () => {
  test('of a record names the request, both figures and the entries', async () => {
    const books = openBooks();
    await books.call('r1', 400);
    await books.call('r2', 500);
    books.db.exec(`UPDATE requests SET charged_nano = 490 WHERE id = 'r2'`);
    const report = await run(books);
    expect(report).toMatchObject({ ok: false, driftNano: 10 });
    expect(only(report.differences)).toMatchObject({
      kind: 'record_differs',
      requestId: 'r2',
      oursNano: 500,
      theirsNano: 490,
      driftNano: -10,
      seqs: [5],
    });
    expect(only(report.differences).correction).toBeUndefined();
  });

  test.each([
    ['cost_nano', 'a cost'],
    ['fee_nano', 'a fee'],
  ])('of a %s alone is found', async (column, words) => {
    const books = openBooks();
    await books.call('r1', 400, {}, 500);
    books.db.exec(`UPDATE requests SET ${column} = ${column} + 1`);
    expect(only((await run(books)).differences)).toMatchObject({
      kind: 'record_differs',
      driftNano: 1,
      message: expect.stringContaining(words),
    });
  });

  test('of a charge without a record, and of a record without a charge', async () => {
    const books = openBooks();
    await books.call('r0', 1);
    books.clock.wallMs += 1_000;
    await books.ledger.reserve(reserveInput('lost', 100));
    await books.ledger.settle(exactly('lost', 60));
    books.db.exec(`INSERT INTO requests (id, started_at_ms, state, attempts, usage_reported, charged_nano, config_version)
      VALUES ('ghost', ${NOON_ISH}, 'settled', 1, 0, 33, 1)`);
    expect((await run(books)).differences).toMatchObject([{ kind: 'record_differs', requestId: 'ghost' }]);
    books.clock.wallMs += 3 * 3_600_000;
    expect((await run(books)).differences).toMatchObject([
      { kind: 'record_differs', requestId: 'ghost', driftNano: 33, seqs: [] },
      { kind: 'request_without_record', attemptId: 'lost', seqs: [4] },
    ]);
    const knowing = await reconcile({ ...books, isRunning: (id) => id === 'req-of-lost' });
    expect(knowing.differences).toMatchObject([{ requestId: 'ghost' }]);
  });

  test('is no drift where retention deleted the records', async () => {
    const books = openBooks();
    await books.call('old', 1);
    books.clock.wallMs += 400 * 86_400_000;
    await books.call('new', 1);
    books.db.exec(`DELETE FROM requests WHERE id = 'old'`);
    expect((await run(books)).differences).toEqual([]);
  });

  test('of a hold past its deadline, or without a request', async () => {
    const books = openBooks();
    await books.ledger.reserve(reserveInput('h', 250, { deadlineAtMs: NOON_ISH + 100_000 }));
    books.clock.wallMs += 61_000;
    expect((await run(books)).differences).toEqual([]);
    const noneRuns = await reconcile({ ...books, isRunning: () => false });
    expect(only(noneRuns.differences)).toMatchObject({ kind: 'hold_without_owner', driftNano: 250, seqs: [1] });
    expect((await reconcile({ ...books, isRunning: () => true })).ok).toBe(true);
    books.clock.wallMs += 61_000;
    expect(only((await run(books)).differences)).toMatchObject({ kind: 'hold_overdue', attemptId: 'h' });
  });

  test('of windows and entries comes from the audit', async () => {
    const books = openBooks();
    await books.call('r1', 400);
    books.db.exec(`UPDATE spend_windows SET spent_nano = spent_nano + 3 WHERE kind = 'day'`);
    expect(only((await run(books)).differences)).toMatchObject({ kind: 'window_drift' });
  });

  test('from what the provider says it charged is corrected once, by an entry, when told to', async () => {
    const books = openBooks();
    await books.call('r1', 400, { providerCostNano: 1_000 });
    const looked = await run(books);
    expect(only(looked.differences)).toMatchObject({ kind: 'provider_cost_differs', driftNano: 600, requestId: 'r1' });
    expect(looked.corrected).toEqual([]);
    expect((await books.ledger.balance()).correctedNano).toBe(0);
    const corrected = await run(books, { correct: { reason: 'as billed' } });
    expect(corrected.corrected).toMatchObject([{ kind: 'correction', amountNano: 600, attemptId: 'att-r1' }]);
    expect((await run(books, { correct: { reason: 'as billed' } })).differences).toEqual([]);
    expect((await books.ledger.balance()).correctedNano).toBe(600);
    expect((await books.ledger.audit()).problems).toEqual([]);
  });
});

describe("a provider's export", () => {
  const csv = (cost: string, model = 'gpt-4o-mini-2024-07-18, output', day = '2026-04-15') =>
    `start_time_iso,amount_value,amount_currency,line_item\n${day}T00:00:00+00:00,${cost},usd,"${model}"\n`;
  const held = (books: Books, text: string, correct?: { reason: string }) =>
    run(books, { csv: { provider: 'openai', text }, correct });

  test('that says the same, within its own rounding, agrees', async () => {
    const books = openBooks();
    await books.call('r1', 400_300);
    await books.call('r2', 100_000, {}, 1_500);
    expect((await held(books, csv('0.0005003'))).differences).toEqual([]);
    expect((await held(books, csv('0.0005'))).differences).toEqual([]);
    expect((await held(books, csv('0.00050'))).differences).toEqual([]);
    expect((await held(books, csv('0.000500'))).differences).toEqual([]);
    const exact = await held(books, csv('0.0005000'));
    expect(only(exact.differences)).toMatchObject({ driftNano: -300, oursNano: 500_300, theirsNano: 500_000 });
  });

  test('that says more is corrected on the provider, and later exports agree', async () => {
    const books = openBooks();
    await books.call('r1', 400_000);
    const report = await held(books, csv('0.001000000'));
    expect(only(report.differences)).toMatchObject({
      kind: 'provider_usage_differs',
      day: '2026-04-15',
      model: 'gpt-4o-mini',
      driftNano: 600_000,
      seqs: [2],
    });
    for (const usd of ['0.001000000', '0.000900000', '0.001000000']) {
      expect((await held(books, csv(usd), { reason: 'the bill' })).corrected).toHaveLength(1);
      expect((await held(books, csv(usd))).differences).toEqual([]);
    }
    const { items } = await books.ledger.entries({ limit: 5, byPeople: true });
    expect(items.map(({ amountNano }) => amountNano)).toEqual([100_000, -100_000, 600_000]);
    expect((await books.ledger.audit()).problems).toEqual([]);
  });

  test('that does not know what the ledger has, and the other way round', async () => {
    const books = openBooks();
    await books.call('r1', 400_000);
    const report = await held(books, `${csv('0.25', 'o3')}2026-04-16T00:00:00+00:00,0.1,usd,o3\n`);
    expect(report.differences.map(({ day, model, driftNano }) => [day, model, driftNano])).toEqual([
      ['2026-04-15', 'o3', 250_000_000],
      ['2026-04-16', 'o3', 100_000_000],
      ['2026-04-15', 'gpt-4o-mini', -400_000],
    ]);
    expect(report.checked.providerLines).toBe(2);
  });

  test('is held against what corrections made of its attempts', async () => {
    const books = openBooks();
    await books.call('r1', 400_000);
    const correction = { id: 'c', account: 'global', amountNano: 100_000, reason: 'a late bill' };
    await books.ledger.correct({ ...correction, attemptId: 'att-r1' });
    expect((await held(books, csv('0.000500000'))).differences).toEqual([]);
    expect(only((await held(books, csv('0.000400000'))).differences)).toMatchObject({ driftNano: -100_000 });
  });

  test('of another provider is not held against this one', async () => {
    const books = openBooks();
    await books.call('r1', 400_000);
    const report = await run(books, { csv: { provider: 'groq', text: csv('0.1') } });
    expect(only(report.differences)).toMatchObject({ provider: 'groq', oursNano: 0, driftNano: 100_000_000 });
  });

  test('of tokens compares tokens and asks for no money', async () => {
    const books = openBooks();
    await books.call('r1', 400_000);
    const tokens = (input: number) => `date,model,input_tokens,output_tokens\n2026-04-15,gpt-4o-mini,${input},5\n`;
    expect((await held(books, tokens(10))).differences).toEqual([]);
    const difference = only((await held(books, tokens(12), { reason: 'x' })).differences);
    expect(difference.message).toContain('12 input tokens, the ledger has 10');
    expect(difference).not.toHaveProperty('correction');
  });

  test('that cannot be read changes nothing and says why', async () => {
    const books = openBooks();
    await expect(held(books, 'hello', { reason: 'x' })).rejects.toMatchObject({ reason: 'unreadable_csv' });
  });
});

test('the schedule goes on over restarts, tells of drift, and remembers the last report', async () => {
  const books = openBooks();
  const state = createStateStore({ db: books.db, clock: books.clock });
  const due: { ms: number; work: () => void }[] = [];
  const drifts: Drift[] = [];
  const failures: unknown[] = [];
  const told = Promise.withResolvers<void>();
  const parts = {
    ...books,
    state,
    everyMs: 86_400_000,
    after: (ms: number, work: () => void) => {
      due.push({ ms, work });
      return () => void due.splice(0);
    },
    onDrift: (drift: Drift) => {
      drifts.push(drift);
      told.resolve();
    },
    onFailure: (error: unknown) => failures.push(error),
  };
  const reconciler = createReconciler(parts);
  expect(reconciler.last()).toBeUndefined();
  expect(due.map(({ ms }) => ms)).toEqual([120_000]);
  await books.call('r1', 400);
  expect((await reconciler.run()).ok).toBe(true);
  expect(drifts).toEqual([]);
  books.db.exec('UPDATE requests SET charged_nano = 1');
  due.pop()?.work();
  await told.promise;
  // One that is asked for comes after the one under way.
  await reconciler.run();
  expect(drifts[0]).toEqual({ problems: 1, driftNano: 399, kind: 'record_differs' });
  expect(reconciler.last()).toMatchObject({ ok: false, driftNano: 399 });
  expect(due.map(({ ms }) => ms)).toEqual([86_400_000]);
  reconciler.close();
  expect(due).toEqual([]);
  books.clock.wallMs += 3_600_000;
  const later = createReconciler(parts);
  expect(due.map(({ ms }) => ms)).toEqual([86_400_000 - 3_600_000]);
  expect(later.last()).toMatchObject({ driftNano: 399 });
  expect(failures).toEqual([]);
});
