import { expect, test } from 'vitest';
import { LedgerRefusedError } from '../../../proxy/ledger/errors.ts';
import type { Limit } from '../../../proxy/ledger/types.ts';
import { exactly, openLedgerFile, openTestLedger, reserveInput } from '../../support/ledger.ts';

const cap = (limitNano: number): Limit[] => [{ budgetId: 'day', account: 'global', window: 'day', limitNano }];

/** Ids of entries another connection sees: what is committed. */
function committedIds(path: string): () => string[] {
  const db = openLedgerFile(path);
  const ids = db.prepare<[], string>('SELECT id FROM transfers ORDER BY seq').pluck();
  return () => ids.all();
}

test('writes of one turn are committed together, in the order they were asked for', async () => {
  using t = openTestLedger();
  const ids = committedIds(t.path);
  const seen: string[][] = [];
  t.ledger.onTransfer(() => seen.push(ids()));
  await Promise.all(['a', 'b', 'c'].map((attempt) => t.ledger.reserve(reserveInput(attempt, 100))));
  const all = ['a:reserve', 'b:reserve', 'c:reserve'];
  expect(seen).toEqual([all, all, all]);
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('each write of a turn stands or falls by itself, and sees the ones before it', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('open', 300));
  const outcomes = await Promise.allSettled([
    t.ledger.reserve(reserveInput('first', 500, { limits: cap(1_000) })),
    t.ledger.settle(exactly('nobody', 5)),
    t.ledger.reserve(reserveInput('too-much', 201, { limits: cap(1_000) })),
    t.ledger.settle(exactly('open', 100), () => {
      throw new Error('the row beside it cannot be written');
    }),
    t.ledger.reserve(reserveInput('rest', 200, { limits: cap(1_000) })),
    t.ledger.release('first', 'aborted'),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  expect(outcomes[1]).toMatchObject({ reason: expect.any(LedgerRefusedError) });
  expect(outcomes[2]).toMatchObject({ value: { ok: false, reason: 'budget_exceeded' } });
  expect(await t.ledger.balance()).toMatchObject({ heldNano: 500, openHolds: 2, chargedNano: 0, entries: 4 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('when one write takes the whole transaction down, the others are written all the same, once', async () => {
  using t = openTestLedger();
  t.db.exec(
    `CREATE TRIGGER poison BEFORE INSERT ON holds WHEN NEW.attempt_id = 'b' BEGIN SELECT RAISE(ROLLBACK, 'gone'); END`,
  );
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c'].map((attempt) => t.ledger.reserve(reserveInput(attempt, 100, { limits: cap(1_000) }))),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await t.ledger.balance()).toMatchObject({ heldNano: 200, openHolds: 2, entries: 2 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('a write that has to run again because another failed is told of once, with what it came to in the end', async () => {
  using t = openTestLedger();
  for (const attempt of ['a', 'b']) await t.ledger.reserve(reserveInput(attempt, 100));
  const heard: string[] = [];
  t.ledger.onTransfer(({ id }) => heard.push(id));
  const made: number[] = [];
  const outcomes = await Promise.allSettled([
    t.ledger.settle(exactly('a', 40), ({ chargedNano }) => made.push(chargedNano)),
    t.ledger.settle(exactly('b', 50), () => {
      throw new Error('the row beside it cannot be written');
    }),
  ]);
  expect(outcomes).toMatchObject([
    { status: 'fulfilled', value: { chargedNano: 40, releasedNano: 60 } },
    { status: 'rejected', reason: { message: 'the row beside it cannot be written' } },
  ]);
  expect(new Set(made)).toEqual(new Set([40]));
  expect(heard).toEqual(['a:charge', 'a:release']);
  expect(await t.ledger.balance()).toMatchObject({ heldNano: 100, openHolds: 1, chargedNano: 40, entries: 4 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('a locked ledger refuses every write of a turn, and none of them is written', async () => {
  using t = openTestLedger();
  t.db.pragma('busy_timeout = 0');
  const other = openLedgerFile(t.path);
  other.exec('BEGIN IMMEDIATE');
  const outcomes = await Promise.allSettled(['a', 'b'].map((attempt) => t.ledger.reserve(reserveInput(attempt, 100))));
  expect(outcomes).toMatchObject([
    { status: 'rejected', reason: { sqliteCode: 'SQLITE_BUSY' } },
    { status: 'rejected', reason: { sqliteCode: 'SQLITE_BUSY' } },
  ]);
  other.exec('ROLLBACK');
  other.close();
  expect(await t.ledger.balance()).toMatchObject({ heldNano: 0, entries: 0 });
});

test('what is asked next comes after what waits to be written', async () => {
  using t = openTestLedger();
  const reserved = t.ledger.reserve(reserveInput('a', 100));
  expect(await t.ledger.balance()).toMatchObject({ heldNano: 100 });
  const settled = t.ledger.settle(exactly('a', 40));
  t.ledger.setTimeZone('Asia/Tokyo');
  const recovered = await t.ledger.recover();
  expect(recovered).toMatchObject({ released: [], settled: [] });
  expect(await reserved).toEqual({ ok: true });
  expect(await settled).toMatchObject({ chargedNano: 40, releasedNano: 60 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});
