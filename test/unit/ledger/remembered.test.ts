/** What the ledger remembers between transactions must never outlive one that failed. */
import { expect, test } from 'vitest';
import { LedgerRefusedError } from '../../../proxy/ledger/errors.ts';
import { OpenReserves } from '../../../proxy/ledger/open-reserves.ts';
import { exactly, openTestLedger, reserveInput } from '../../support/ledger.ts';

test('the chain goes on from the last commit, not from a transaction that failed', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 10));
  await expect(
    t.ledger.settle(exactly('a', 4), () => {
      throw new Error('the record could not be written');
    }),
  ).rejects.toThrow('the record could not be written');
  await t.ledger.reserve(reserveInput('b', 10));
  await t.ledger.settle(exactly('a', 4));
  expect((await t.ledger.audit()).problems).toEqual([]);
  expect([...t.ledger.exportEntries()].map(({ id }) => id)).toEqual([
    'a:reserve',
    'b:reserve',
    'a:charge',
    'a:release',
  ]);
});

test('of writes in one commit, one that fails leaves no trace in the chain of the others', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 10));
  const settled = t.ledger.settle(exactly('a', 4), () => {
    throw new Error('no');
  });
  const reserved = t.ledger.reserve(reserveInput('b', 20));
  await expect(settled).rejects.toThrow('no');
  await reserved;
  await t.ledger.reserve(reserveInput('c', 30));
  const audit = await t.ledger.audit();
  expect(audit.problems).toEqual([]);
  expect(audit.balance).toMatchObject({ heldNano: 60, chargedNano: 0, entries: 3 });
});

test('a reserve that was undone is not the one a later settlement goes by', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('other', 10));
  const tooLarge = reserveInput('a', Number.MAX_SAFE_INTEGER, { model: 'undone' });
  await expect(t.ledger.reserve(tooLarge)).rejects.toBeInstanceOf(LedgerRefusedError);
  await expect(t.ledger.settle(exactly('a', 4))).rejects.toMatchObject({ reason: 'unknown_attempt' });
  await t.ledger.reserve(reserveInput('a', 100, { model: 'done' }));
  expect(await t.ledger.settle(exactly('a', 4))).toEqual({ chargedNano: 4, releasedNano: 96, overrunNano: 0 });
  const entries = [...t.ledger.exportEntries()].filter(({ attemptId }) => attemptId === 'a');
  expect(entries.map(({ model }) => model)).toEqual(['done', 'done', 'done']);
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('holds of an earlier run, and more than are remembered, are read back from the database', async () => {
  using t = openTestLedger();
  const attempts = Array.from({ length: 1_100 }, (_, index) => `a${index}`);
  for (const attempt of attempts) await t.ledger.reserve(reserveInput(attempt, 10));
  await t.ledger.settle(exactly('a0', 4));
  const later = t.reopen();
  await later.settle(exactly('a1099', 4));
  expect(await later.balance()).toMatchObject({ openHolds: 1_098, chargedNano: 8, heldNano: 10_980 });
  expect((await later.audit()).problems).toEqual([]);
});

test('remembered reserves are bounded, and given out only for the entry they are', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 10));
  const row = t.db.prepare('SELECT * FROM transfers').get();
  const reserves = new OpenReserves();
  const reserve = Object.assign({ seq: 1 }, row) as unknown as Parameters<OpenReserves['add']>[1];
  for (let index = 0; index <= 1_000; index += 1) reserves.add(`a${index}`, reserve);
  expect(reserves.get('a0', 1)).toBeUndefined();
  expect(reserves.get('a1', 1)).toBe(reserve);
  expect(reserves.get('a1', 2)).toBeUndefined();
  reserves.remove('a1');
  expect(reserves.get('a1', 1)).toBeUndefined();
});
