import { expect, test } from 'vitest';
import { watchWallet } from '../../../proxy/ledger/wallet-watch.ts';
import { exactly, openTestLedger, reserveInput, type TestLedger } from '../../support/ledger.ts';

function watched(t: TestLedger, kept = new Map<string, unknown>()) {
  const told: [number, number][] = [];
  const failures: unknown[] = [];
  let due: (() => void) | undefined;
  let settings: { lowBalanceNano: number } | undefined = { lowBalanceNano: 100 };
  const stop = watchWallet({
    ledger: t.ledger,
    state: {
      get: (key) => kept.get(key),
      set: (key, value) => void kept.set(key, value),
      delete: (key) => void kept.delete(key),
    },
    after: (_ms, work) => {
      due = work;
      return () => {
        due = undefined;
      };
    },
    settings: () => settings,
    onLow: (balanceNano, lowBalanceNano) => told.push([balanceNano, lowBalanceNano]),
    onFailure: (error) => failures.push(error),
  });
  return {
    told,
    failures,
    kept,
    stop,
    off: () => {
      settings = undefined;
    },
    waits: () => due !== undefined,
    /** Lets the time pass that it waits. */
    async pass() {
      const work = due;
      due = undefined;
      work?.();
      await t.ledger.balance();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const grant = (t: TestLedger, id: string, amountNano: number) =>
  t.ledger.grant({ id, account: 'global', amountNano, reason: 'top up' });

async function spend(t: TestLedger, attemptId: string, nano: number): Promise<void> {
  await t.ledger.reserve(reserveInput(attemptId, nano));
  await t.ledger.settle(exactly(attemptId, nano));
}

test('tells once that it is low and once that it is empty, and again after it was filled', async () => {
  using t = openTestLedger();
  await grant(t, 'g1', 200);
  const watch = watched(t);
  await watch.pass();
  expect(watch.told).toEqual([]);
  await spend(t, 'a', 101);
  await watch.pass();
  expect(watch.told).toEqual([[99, 100]]);
  await spend(t, 'b', 1);
  await watch.pass();
  expect(watch.told).toHaveLength(1);
  await spend(t, 'c', 98);
  await watch.pass();
  expect(watch.told.slice(1)).toEqual([[0, 100]]);
  await grant(t, 'g2', 50);
  await watch.pass();
  expect(watch.told).toHaveLength(2);
  await grant(t, 'g3', 500);
  await watch.pass();
  await spend(t, 'd', 460);
  await watch.pass();
  expect(watch.told.slice(2)).toEqual([[90, 100]]);
  expect(watch.failures).toEqual([]);
});

test('does not tell again after a restart, and nothing where no wallet is asked', async () => {
  using t = openTestLedger();
  const watch = watched(t);
  await watch.pass();
  expect(watch.told).toEqual([[0, 100]]);
  watch.stop();
  const next = watched(t, watch.kept);
  await next.pass();
  expect(next.told).toEqual([]);
  const off = watched(t);
  off.off();
  await off.pass();
  expect(off.told).toEqual([]);
});

test('looks once for many transfers, and never after its end', async () => {
  using t = openTestLedger();
  const watch = watched(t);
  await watch.pass();
  expect(watch.waits()).toBe(false);
  await spend(t, 'a', 1);
  expect(watch.waits()).toBe(true);
  watch.stop();
  expect(watch.waits()).toBe(false);
  await spend(t, 'b', 1);
  expect(watch.waits()).toBe(false);
});
