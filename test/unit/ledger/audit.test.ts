import { describe, expect, test } from 'vitest';
import type { ProblemKind } from '../../../proxy/ledger/audit-problems.ts';
import { exactly, globalLimit, openTestLedger, reserveInput, type TestLedger } from '../../support/ledger.ts';

/** Two settled attempts, one released, one open; a grant; a correction; budgets on two accounts. */
async function busyLedger(): Promise<TestLedger> {
  const t = openTestLedger('Europe/Berlin');
  const keyDay = { budgetId: 'key-day', account: 'key:cli', window: 'day' as const, limitNano: 10_000 };
  const limits = [globalLimit(10_000), keyDay];
  await t.ledger.reserve(reserveInput('a', 100, { limits, feeBps: 1_000 }));
  await t.ledger.settle(exactly('a', 40));
  await t.ledger.reserve(reserveInput('b', 100, { limits }));
  await t.ledger.settle({ attemptId: 'b', certainty: 'unknown' });
  await t.ledger.reserve(reserveInput('c', 100, { limits }));
  await t.ledger.release('c', 'refused_by_provider');
  await t.ledger.reserve(reserveInput('open', 100, { limits }));
  await t.ledger.correct({ id: 'x', account: 'global', amountNano: -3, reason: 'typo', attemptId: 'a' });
  await t.ledger.grant({ id: 'g', account: 'global', amountNano: 500, reason: 'welcome' });
  return t;
}

const UNGUARD = `DROP TRIGGER transfers_are_never_updated; DROP TRIGGER transfers_are_never_deleted;`;
const row = (id: string) => `(SELECT seq FROM transfers WHERE id = '${id}')`;

/** What somebody did to the file -> what the audit has to say, at least. */
const TAMPERINGS: readonly (readonly [string, string, readonly ProblemKind[]])[] = [
  [
    'an amount edited',
    `${UNGUARD} UPDATE transfers SET amount_nano = 1 WHERE id = 'a:charge'`,
    ['hash_chain_broken', 'charge_mismatch', 'settlement_mismatch', 'window_drift', 'append_only_unguarded'],
  ],
  [
    'a cost edited',
    `${UNGUARD} UPDATE transfers SET cost_nano = 1 WHERE id = 'a:charge'`,
    ['hash_chain_broken', 'charge_mismatch'],
  ],
  ['a reason edited', `${UNGUARD} UPDATE transfers SET reason = 'x' WHERE id = 'g:grant'`, ['hash_chain_broken']],
  [
    'a token count edited',
    `${UNGUARD} UPDATE transfers SET input_tokens = 1 WHERE id = 'a:charge'`,
    ['hash_chain_broken'],
  ],
  [
    'unknown usage set to 0',
    `${UNGUARD} UPDATE transfers SET reasoning_tokens = 0 WHERE id = 'a:charge'`,
    ['hash_chain_broken'],
  ],
  [
    'a project edited',
    `${UNGUARD} UPDATE transfers SET project = 'x' WHERE id = 'a:charge'`,
    ['hash_chain_broken', 'facts_mismatch'],
  ],
  [
    'an instant edited',
    `${UNGUARD} UPDATE transfers SET counts_at_ms = counts_at_ms - 86400000 WHERE id = 'a:charge'`,
    ['hash_chain_broken', 'facts_mismatch', 'window_drift'],
  ],
  [
    'a hash edited',
    `${UNGUARD} UPDATE transfers SET hash = '${'0'.repeat(64)}' WHERE id = 'a:charge'`,
    ['hash_chain_broken'],
  ],
  [
    'a release edited',
    `${UNGUARD} UPDATE transfers SET amount_nano = 99 WHERE id = 'a:release'`,
    ['hash_chain_broken', 'settlement_mismatch'],
  ],
  [
    'an id edited',
    `${UNGUARD} UPDATE transfers SET id = 'z:charge' WHERE id = 'a:charge'`,
    ['hash_chain_broken', 'id_mismatch'],
  ],
  [
    'a correction edited',
    `${UNGUARD} UPDATE transfers SET amount_nano = 9 WHERE id = 'x:correction'`,
    ['hash_chain_broken', 'balance_drift'],
  ],
  [
    'a grant edited',
    `${UNGUARD} UPDATE transfers SET amount_nano = 9 WHERE id = 'g:grant'`,
    ['hash_chain_broken', 'balance_drift'],
  ],
  [
    'an entry in the middle deleted',
    `${UNGUARD} DELETE FROM transfers WHERE id = 'b:charge'`,
    ['entry_missing', 'hash_chain_broken', 'window_drift'],
  ],
  [
    'the first entry deleted',
    `${UNGUARD} DELETE FROM transfers WHERE seq = 1`,
    ['entry_missing', 'hash_chain_broken', 'unknown_attempt'],
  ],
  [
    'the last entry deleted',
    `${UNGUARD} DELETE FROM transfers WHERE id = 'g:grant'`,
    ['entry_missing', 'balance_drift'],
  ],
  [
    'a free attempt cut off the end',
    `${UNGUARD} DELETE FROM transfers WHERE attempt_id = 'free'; DELETE FROM holds WHERE attempt_id = 'free'`,
    ['entry_missing', 'window_drift'],
  ],
  [
    'every entry deleted',
    `${UNGUARD} DELETE FROM transfers`,
    ['entry_missing', 'hold_orphaned', 'window_drift', 'balance_drift'],
  ],
  [
    'two entries swapped',
    `${UNGUARD} UPDATE transfers SET seq = 1000 WHERE seq = 2; UPDATE transfers SET seq = 2 WHERE seq = 3; UPDATE transfers SET seq = 3 WHERE seq = 1000`,
    ['hash_chain_broken', 'hold_resolved_twice'],
  ],
  [
    'an entry moved to the end',
    `${UNGUARD} UPDATE transfers SET seq = 1000 WHERE id = 'b:charge'`,
    ['entry_missing', 'hash_chain_broken', 'hold_resolved_twice'],
  ],
  [
    'an entry inserted',
    `INSERT INTO transfers (seq, id, kind, at_ms, counts_at_ms, attempt_id, amount_nano, hash) VALUES (1000, 'b:again', 'charge', 0, 0, 'b', 7, 'x')`,
    ['entry_missing', 'hash_chain_broken', 'id_mismatch', 'hold_resolved_twice'],
  ],
  [
    'a charge for nobody',
    `INSERT INTO transfers (seq, id, kind, at_ms, counts_at_ms, attempt_id, amount_nano, hash) VALUES (1000, 'n:charge', 'charge', 0, 0, 'n', 7, 'x')`,
    ['hash_chain_broken', 'unknown_attempt'],
  ],
  [
    'a correction for nobody',
    `INSERT INTO transfers (seq, id, kind, at_ms, counts_at_ms, attempt_id, amount_nano, hash) VALUES (1000, 'n:correction', 'correction', 0, 0, 'n', 7, 'x')`,
    ['hash_chain_broken', 'unknown_attempt'],
  ],
  [
    'a second reserve',
    `INSERT INTO transfers (seq, id, kind, at_ms, counts_at_ms, attempt_id, amount_nano, hash) VALUES (1000, 'open:again', 'reserve', 0, 0, 'open', 7, 'x')`,
    ['reserved_twice'],
  ],
  [
    'a charge without its release',
    `INSERT INTO transfers (seq, id, kind, at_ms, counts_at_ms, attempt_id, amount_nano, hash) VALUES (1000, 'open:charge', 'charge', 0, 0, 'open', 7, 'x')`,
    ['charge_without_release'],
  ],
  [
    'spent in a window edited',
    `UPDATE spend_windows SET spent_nano = 0 WHERE account = 'global' AND kind = 'month'`,
    ['window_drift'],
  ],
  ['held in a window edited', `UPDATE spend_windows SET held_nano = 0 WHERE account = 'key:cli'`, ['window_drift']],
  [
    'requests of a window edited',
    `UPDATE spend_windows SET requests = 99 WHERE account = 'global' AND kind = 'day'`,
    ['window_drift'],
  ],
  [
    'a window moved',
    `UPDATE spend_windows SET start_ms = start_ms + 3600000 WHERE account = 'global' AND kind = 'day'`,
    ['window_misplaced'],
  ],
  ['a window of nothing', `INSERT INTO spend_windows VALUES ('project:x', 'total', 0, 5, 0, 0, 0)`, ['window_drift']],
  ['the totals deleted', `DELETE FROM spend_windows WHERE account = 'global' AND kind = 'total'`, ['balance_drift']],
  ['the grants edited', `UPDATE ledger_state SET granted_nano = 501`, ['balance_drift']],
  ['the corrections edited', `UPDATE ledger_state SET corrected_nano = 0`, ['balance_drift']],
  ['a hold deleted', `DELETE FROM holds WHERE attempt_id = 'open'`, ['hold_missing']],
  ['an orphan hold', `INSERT INTO holds VALUES ('nobody', 1, NULL)`, ['hold_orphaned']],
  ['a hold that points elsewhere', `UPDATE holds SET reserve_seq = 1`, ['hold_missing', 'hold_orphaned']],
  ['the guards gone', UNGUARD, ['append_only_unguarded']],
];

describe('the audit', () => {
  test('finds nothing in a ledger nobody touched, and says what it adds up to', async () => {
    using t = await busyLedger();
    const report = await t.ledger.audit();
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, checkedEntries: 11, balance: await t.ledger.balance() });
    expect(report.balance).toEqual({
      chargedNano: 144,
      heldNano: 100,
      grantedNano: 500,
      correctedNano: -3,
      openHolds: 1,
      entries: 11,
    });
  });

  test('an empty ledger is whole', async () => {
    using t = openTestLedger();
    expect(await t.ledger.audit()).toMatchObject({ ok: true, checkedEntries: 0, headHash: '0'.repeat(64) });
  });

  test.each(TAMPERINGS)('finds: %s', async (what, sql, expected) => {
    using t = await busyLedger();
    if (what.startsWith('a free attempt')) await t.ledger.reserve(reserveInput('free', 0, { requestId: 'req-of-a' }));
    t.db.exec(sql);
    const report = await t.ledger.audit();
    expect(report.ok).toBe(false);
    const found = new Set(report.problems.map((problem) => problem.kind));
    expect([...found].sort()).toEqual(expect.arrayContaining([...expected].sort()));
    for (const problem of report.problems) expect(problem.message).not.toMatch(/undefined|NaN|\[object/);
  });

  test('finds ids on two entries where the unique index is gone', async () => {
    using t = await busyLedger();
    // What an edit of the schema outside Gatehouse could do: the same table without its constraints.
    t.db.exec(`CREATE TABLE copy AS SELECT * FROM transfers; DROP TABLE transfers; ALTER TABLE copy RENAME TO transfers;
      INSERT INTO transfers SELECT * FROM transfers WHERE id = 'b:charge'; UPDATE transfers SET seq = 12 WHERE rowid = 12;`);
    const kinds = (await t.reopen().audit()).problems.map((problem) => problem.kind);
    expect(kinds).toEqual(expect.arrayContaining(['id_repeated', 'append_only_unguarded', 'hold_resolved_twice']));
  });

  test('goes on while requests come in, and still agrees at its end', async () => {
    using t = openTestLedger();
    for (let index = 0; index < 700; index += 1) {
      await t.ledger.reserve(reserveInput(`a${index}`, 10));
      await t.ledger.settle(exactly(`a${index}`, 5));
    }
    const running = t.ledger.audit();
    await t.ledger.reserve(reserveInput('meanwhile', 10));
    t.ledger.setTimeZone('Asia/Tokyo');
    await t.ledger.settle(exactly('meanwhile', 5));
    const report = await running;
    expect(report.problems).toEqual([]);
    expect(report.checkedEntries).toBe(2_103);
  });
});

describe('entries stand as written', () => {
  test.each([
    ['UPDATE', `UPDATE transfers SET amount_nano = 0 WHERE seq = ${row('a:charge')}`],
    ['DELETE', `DELETE FROM transfers WHERE seq = ${row('a:charge')}`],
    [
      'REPLACE by seq',
      `INSERT OR REPLACE INTO transfers (seq, id, kind, at_ms, counts_at_ms, amount_nano, hash) VALUES (2, 'n', 'grant', 0, 0, 1, 'x')`,
    ],
    [
      'REPLACE by id',
      `INSERT OR REPLACE INTO transfers (seq, id, kind, at_ms, counts_at_ms, amount_nano, hash) VALUES (99, 'a:charge', 'grant', 0, 0, 1, 'x')`,
    ],
    [
      'UPSERT',
      `INSERT INTO transfers (seq, id, kind, at_ms, counts_at_ms, amount_nano, hash) VALUES (99, 'a:charge', 'grant', 0, 0, 1, 'x') ON CONFLICT DO UPDATE SET amount_nano = 0`,
    ],
  ])('%s is refused by the database itself', async (_name, sql) => {
    using t = await busyLedger();
    expect(() => t.db.exec(sql)).toThrow(/ledger entries are never (changed|deleted|replaced)/);
    expect((await t.ledger.audit()).ok).toBe(true);
  });

  test('a hold cannot end a second time even where the code forgot the first', async () => {
    using t = await busyLedger();
    t.db.exec(`INSERT INTO holds VALUES ('a', 1, 1)`);
    await expect(t.ledger.release('a', 'again')).rejects.toThrow(/contradicts itself/);
    await expect(t.ledger.settle(exactly('a', 41))).rejects.toThrow(/contradicts itself/);
    expect(await t.ledger.balance()).toMatchObject({ entries: 11, chargedNano: 144 });
  });
});
