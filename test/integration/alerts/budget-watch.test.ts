/** Thresholds against a real database, over restarts and changed caps. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createBudgetWatch } from '../../../proxy/alerts/budget-watch.ts';
import type { BudgetView } from '../../../proxy/contract/views.ts';
import { openBook } from '../../support/alerts.ts';
import { ManualTime } from '../../support/manual-time.ts';

const USD = 1_000_000_000;

function start() {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-budget-watch-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const time = new ManualTime();
  const said: string[] = [];
  const open = () => {
    const opened = openBook(dataDir, { time });
    opened.book.onAlert(({ title }) => said.push(title));
    const watch = createBudgetWatch({ db: opened.storage.db, clock: time.clock, raise: opened.book.raise });
    return { ...opened, watch };
  };
  let current = open();
  onTestFinished(() => current.close());
  return {
    said,
    time,
    check: (spentUsd: number, more: Partial<BudgetView> = {}, alertAt?: number[]) => {
      current.watch.check([budget(spentUsd, more)], [{ id: 'cap', ...(alertAt === undefined ? {} : { alertAt }) }]);
      return said.splice(0);
    },
    async restart() {
      await current.close();
      current = open();
    },
  };
}

function budget(spentUsd: number, more: Partial<BudgetView>): BudgetView {
  const limitNano = more.limitNano ?? 10 * USD;
  const spentNano = spentUsd * USD;
  const leftNano = Math.max(0, limitNano - spentNano);
  return {
    id: 'cap',
    scope: 'global',
    window: 'day',
    limitNano,
    spentNano,
    heldNano: 0,
    leftNano,
    windowStartMs: 1_000,
    ...more,
  };
}

const title = (percent: number) => `Budget "cap": ${percent} % used`;

test('each threshold once, the highest where one call crosses several, and not again after a restart', async () => {
  const { check, restart } = start();
  expect(check(4)).toEqual([]);
  expect(check(5)).toEqual([title(50)]);
  expect(check(6)).toEqual([]);
  await restart();
  expect(check(6)).toEqual([]);
  expect(check(9.5)).toEqual([title(90)]);
  expect(check(9.6)).toEqual([]);
  expect(check(10)).toEqual([title(100)]);
  await restart();
  expect(check(10)).toEqual([]);
});

test('a new window begins anew; the same instant of another kind of window is another window', () => {
  const { check } = start();
  expect(check(5)).toEqual([title(50)]);
  expect(check(5, { windowStartMs: 2_000 })).toEqual([title(50)]);
  expect(check(5, { window: 'month' })).toEqual([title(50)]);
  // The clock was set back over midnight and forth again.
  expect(check(5)).toEqual([]);
});

test('a raised cap is told of again where it is reached again', async () => {
  const { check, restart } = start();
  expect(check(10)).toEqual([title(100)]);
  expect(check(10, { limitNano: 20 * USD })).toEqual([]);
  await restart();
  expect(check(15.9, { limitNano: 20 * USD })).toEqual([]);
  expect(check(16, { limitNano: 20 * USD })).toEqual([title(80)]);
  expect(check(20, { limitNano: 20 * USD })).toEqual([title(100)]);
});

test('thresholds of the config, none for a budget that left it', () => {
  const { check } = start();
  expect(check(3, {}, [0.25, 2])).toEqual([title(25)]);
  expect(check(10, {}, [0.25, 2])).toEqual([]);
  expect(check(20, {}, [0.25, 2])).toEqual([title(200)]);
  expect(check(10, { id: 'gone' })).toEqual([]);
});
