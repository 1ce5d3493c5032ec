import { describe, expect, test } from 'vitest';
import { walletTable } from '../../../proxy/storage/migrations/wallet.ts';
import { exactly, openTestLedger, reserveInput, type TestLedger } from '../../support/ledger.ts';

const paid = (attemptId: string, amountNano: number) =>
  reserveInput(attemptId, amountNano, { wallet: 'global', accessKeyId: 'cli' });

async function spendBefore(t: TestLedger): Promise<void> {
  await t.ledger.reserve(reserveInput('old', 700));
  await t.ledger.settle(exactly('old', 700));
}

const grant = (t: TestLedger, amountNano: number, id = 'g1') =>
  t.ledger.grant({ id, account: 'global', amountNano, reason: 'top up' });

describe('a wallet', () => {
  test('without a grant pays for nothing but what is free', async () => {
    using t = openTestLedger();
    await spendBefore(t);
    expect(await t.ledger.wallet()).toEqual({
      account: 'global',
      grantedNano: 0,
      spentNano: 0,
      heldNano: 0,
      balanceNano: 0,
    });
    expect(await t.ledger.reserve(paid('a', 0))).toEqual({ ok: true });
    expect(await t.ledger.reserve(paid('b', 1))).toMatchObject({
      ok: false,
      budget: { id: 'wallet', scope: 'wallet', window: 'total', limitNano: 0, leftNano: 0 },
    });
    expect((await t.ledger.balance()).openHolds).toBe(1);
  });

  test('pays what comes after its first grant, to the last nano-dollar', async () => {
    using t = openTestLedger();
    await spendBefore(t);
    await grant(t, 1_000);
    expect(await t.ledger.wallet()).toMatchObject({ balanceNano: 1_000, spentNano: 0, sinceMs: t.clock.wallMs });
    expect(await t.ledger.reserve(paid('a', 1_001))).toMatchObject({ ok: false, budget: { leftNano: 1_000 } });
    expect(await t.ledger.reserve(paid('a', 600))).toEqual({ ok: true });
    expect(await t.ledger.reserve(paid('b', 401))).toMatchObject({
      ok: false,
      budget: { limitNano: 1_000, spentNano: 0, heldNano: 600, leftNano: 400 },
    });
    await t.ledger.settle(exactly('a', 250));
    expect(await t.ledger.wallet()).toMatchObject({ spentNano: 250, heldNano: 0, balanceNano: 750 });
    expect(await t.ledger.reserve(paid('b', 750))).toEqual({ ok: true });
    expect((await t.ledger.wallet()).balanceNano).toBe(0);
    expect((await t.ledger.audit()).problems).toEqual([]);
  });

  test('pays the charge of a call that was under way when it was filled', async () => {
    using t = openTestLedger();
    await t.ledger.reserve(reserveInput('early', 300));
    await grant(t, 1_000);
    expect((await t.ledger.wallet()).balanceNano).toBe(700);
    await t.ledger.settle(exactly('early', 100));
    expect((await t.ledger.wallet()).balanceNano).toBe(900);
  });

  test('grows by further grants and by corrections that give back, and may end below 0', async () => {
    using t = openTestLedger();
    await grant(t, 100);
    await grant(t, 50, 'g2');
    expect((await t.ledger.wallet()).balanceNano).toBe(150);
    await t.ledger.reserve(paid('a', 150));
    await t.ledger.settle(exactly('a', 400));
    expect((await t.ledger.wallet()).balanceNano).toBe(-250);
    expect(await t.ledger.reserve(paid('b', 1))).toMatchObject({ ok: false, budget: { leftNano: 0 } });
    expect(await t.ledger.reserve(paid('free', 0))).toEqual({ ok: true });
    await t.ledger.correct({ id: 'c1', account: 'global', amountNano: -260, reason: 'the provider gave it back' });
    expect((await t.ledger.wallet()).balanceNano).toBe(10);
    expect((await t.ledger.audit()).problems).toEqual([]);
  });

  test('takes a grant once, however often it is sent', async () => {
    using t = openTestLedger();
    const first = await grant(t, 100);
    expect(await grant(t, 100)).toEqual(first);
    await expect(grant(t, 101)).rejects.toThrow('already has g1:grant');
    expect((await t.ledger.wallet()).grantedNano).toBe(100);
  });

  test('of another account counts that account alone', async () => {
    using t = openTestLedger();
    await t.ledger.grant({ id: 'g', account: 'project:chatbot', amountNano: 90, reason: 'allowance' });
    const of = (attemptId: string, project: string) =>
      reserveInput(attemptId, 60, { project, wallet: `project:${project}` });
    expect(await t.ledger.reserve(of('a', 'chatbot'))).toEqual({ ok: true });
    expect(await t.ledger.reserve(of('b', 'chatbot'))).toMatchObject({ ok: false });
    expect(await t.ledger.reserve(of('c', 'other'))).toMatchObject({ ok: false });
    expect((await t.ledger.wallet('project:chatbot')).balanceNano).toBe(30);
    expect((await t.ledger.wallet()).grantedNano).toBe(0);
    await expect(
      t.ledger.reserve(reserveInput('d', 1, { project: 'other', wallet: 'project:chatbot' })),
    ).rejects.toMatchObject({ reason: 'account_not_touched' });
  });

  test('200 calls at once get what it holds and not one more', async () => {
    using t = openTestLedger();
    await grant(t, 50 * 10);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, call) => t.ledger.reserve(paid(`p${call}`, 10))),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
    expect((await t.ledger.wallet()).balanceNano).toBe(0);
  });

  test('lists what people wrote apart from what calls wrote', async () => {
    using t = openTestLedger();
    await spendBefore(t);
    await grant(t, 100);
    await spendBefore(t);
    await t.ledger.correct({ id: 'c1', account: 'global', amountNano: 5, reason: 'late bill' });
    await grant(t, 7, 'g2');
    const first = await t.ledger.entries({ limit: 2, byPeople: true });
    expect(first.items.map(({ id }) => id)).toEqual(['g2:grant', 'c1:correction']);
    const rest = await t.ledger.entries({ limit: 2, byPeople: true, cursor: first.nextCursor ?? '' });
    expect(rest.items.map(({ id }) => id)).toEqual(['g1:grant']);
    expect(rest.nextCursor).toBeUndefined();
  });

  test('is found by a migration of books that had grants already', async () => {
    using t = openTestLedger();
    await spendBefore(t);
    await grant(t, 100);
    await grant(t, 20, 'g2');
    const before = t.db.prepare('SELECT * FROM wallets').all();
    t.db.exec('DROP TABLE wallets; DROP INDEX transfers_by_people;');
    t.db.exec(walletTable);
    expect(t.db.prepare('SELECT * FROM wallets').all()).toEqual(before);
    expect((await t.reopen().audit()).problems).toEqual([]);
  });

  test.each([
    ['UPDATE wallets SET granted_nano = granted_nano + 1', 'grantedNano'],
    ['UPDATE wallets SET base_nano = base_nano + 1', 'baseNano'],
    ['DELETE FROM wallets', 'no wallet'],
    [`INSERT INTO wallets VALUES ('key:cli', 1, 5, 0)`, 'no grants'],
  ])('%s is found by the audit', async (sql, words) => {
    using t = openTestLedger();
    await grant(t, 100);
    t.db.exec(sql);
    const { problems } = await t.ledger.audit();
    expect(problems).toEqual([{ kind: 'wallet_drift', message: expect.stringContaining(words) }]);
  });
});
