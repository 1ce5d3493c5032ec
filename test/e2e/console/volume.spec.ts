/** Long lists are scrolled to their end, and only the rows in sight are ever in the page. */
import type { Locator, Page } from '@playwright/test';
import { test as base, chat, expect, firstKey, goTo } from './fixtures.ts';
import { OLDEST_CLIENT, writeManyCalls } from './many-calls.ts';

const REQUESTS = 100_000;
const ENTRIES = 30_000;
/** What fits on a large screen, and some rows above and below it. */
const ROWS_DRAWN_MAX = 120;

// Two hundred pages come one after the other, which takes its time on a busy machine.
base.describe.configure({ timeout: 150_000 });

const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    writeManyCalls(dataDir, REQUESTS, ENTRIES);
    await use(dataDir);
  },
});

/** Scrolls down for as long as more comes. Resolves to the most rows that were in the page at once. */
function scrollToTheEnd(region: Locator): Promise<number> {
  return region.evaluate(async (scroller) => {
    const table = scroller.querySelector('table');
    if (table === null) throw new Error('no table in the region');
    let most = 0;
    let settledFrames = 0;
    // -1: there are more than are known of.
    while (settledFrames < 3) {
      scroller.scrollTop = scroller.scrollHeight;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      most = Math.max(most, table.rows.length);
      const atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
      settledFrames = table.getAttribute('aria-rowcount') !== '-1' && atEnd ? settledFrames + 1 : 0;
    }
    return most;
  });
}

async function open(window: Page, page: string, region: string): Promise<Locator> {
  await goTo(window, page);
  const list = window.getByRole('region', { name: region });
  await expect(list.getByRole('row').nth(5)).toBeVisible();
  return list;
}

test('a hundred thousand requests are scrolled to the very first, while calls go on', async ({ window, gateway }) => {
  const list = await open(window, 'Requests', 'All requests');
  const scrolled = scrollToTheEnd(list);
  const key = firstKey(gateway);
  for (let call = 0; call < 10; call++) await (await chat(gateway, key, { model: 'sim/echo' })).text();
  expect(await scrolled).toBeLessThan(ROWS_DRAWN_MAX);
  await expect(list.getByRole('row').last()).toContainText(OLDEST_CLIENT);
  await expect(list.getByRole('table')).toHaveAttribute('aria-rowcount', String(REQUESTS + 10 + 1));
});

test('the ledger is scrolled to its first entry', async ({ window }) => {
  const list = await open(window, 'Ledger', 'Ledger entries');
  expect(await scrollToTheEnd(list)).toBeLessThan(ROWS_DRAWN_MAX);
  await expect(list.getByRole('row').last().getByRole('cell').first()).toHaveText(/#?1$/);
});
