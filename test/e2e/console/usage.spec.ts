/** The Usage page on a gateway with a month of requests on record. */
import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { chat, expect, expectAccessible, firstKey, goTo, test as plain } from './fixtures.ts';
import { history, writeHistory } from './usage-history.ts';

const requests = history(Date.now());

const test = plain.extend({
  dataDir: async ({ dataDir }, use) => {
    writeHistory(dataDir, requests);
    await use(dataDir);
  },
});

const totals = (window: Page): Locator => window.getByRole('region', { name: 'Totals' });

async function choose(window: Page, group: string, name: string): Promise<void> {
  await window.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click();
}

async function saved(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}

test('figures lead from a month to a group, to its requests, to one request', async ({ window }) => {
  await goTo(window, 'Usage');
  await expect(window.getByRole('img', { name: /^Spend over time/ })).toBeVisible();
  await choose(window, 'Period', '30 days');
  await expect(totals(window)).toContainText(
    String(requests.filter(({ startedAtMs }) => within30(startedAtMs)).length),
  );
  await choose(window, 'Bars or table', 'Table');
  const figures = window.getByRole('region', { name: 'Spend over time, in figures' });
  await expect(figures.getByRole('row')).toHaveCount(31);
  await expect(figures.getByRole('columnheader', { name: 'openai/gpt-5-mini' })).toBeVisible();

  await window.getByRole('combobox', { name: 'Grouped by' }).click();
  await window.getByRole('option', { name: 'By provider' }).click();
  const table = window.getByRole('region', { name: 'Usage by provider' });
  await expect(table.getByRole('rowheader').first()).toHaveText('anthropic');
  await table.getByRole('button', { name: 'Provider' }).click();
  await table.getByRole('button', { name: 'Provider' }).click();
  await expect(table.getByRole('rowheader').first()).toHaveText('openai');
  await choose(window, 'Columns', 'Speed');
  await expect(table.getByRole('row', { name: /^groq/ })).toContainText('ms');

  await table.getByRole('button', { name: 'groq' }).click();
  const list = window.getByRole('region', { name: 'Requests of this period' });
  await expect(list.locator('[data-request]').first()).toContainText('groq/llama-3.3-70b-versatile');
  await expect(list.getByRole('table')).toHaveAttribute('aria-rowcount', String(countOf('groq') + 1));
  await list.locator('[data-request]').first().getByRole('button').click();
  await expect(window.getByRole('dialog', { name: 'Request' })).toContainText('groq');
  await window.keyboard.press('Escape');

  await window.getByRole('button', { name: 'Remove the filter Provider groq' }).click();
  await choose(window, 'Groups or requests', 'Groups');
  await expect(table.getByRole('row')).toHaveCount(5);
});

function within30(atMs: number): boolean {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  return atMs >= new Date(midnight).setDate(midnight.getDate() - 29);
}

function countOf(provider: string): number {
  return requests.filter((request) => request.provider === provider && within30(request.startedAtMs)).length;
}

test('a day of the chart is a period of its own, by the hour', async ({ window }) => {
  await goTo(window, 'Usage');
  await choose(window, 'Bars or table', 'Table');
  const figures = window.getByRole('region', { name: 'Spend over time, in figures' });
  await expect(figures.getByRole('row')).toHaveCount(8);
  await figures.getByRole('button').nth(3).click();
  await expect(figures.getByRole('row')).toHaveCount(25);
  const first = window.getByRole('textbox', { name: 'First day' });
  await expect(first).toHaveValue(await window.getByRole('textbox', { name: 'Last day' }).inputValue());
  await first.fill('2099-01-01');
  await expect(window.getByText('The last day must not be before the first.')).toBeVisible();
});

test('filters take values of the period, and only those', async ({ window }) => {
  await goTo(window, 'Usage');
  await window.getByRole('button', { name: 'Filter', exact: true }).click();
  await window.getByRole('combobox', { name: 'Filter by' }).click();
  await window.getByRole('option', { name: 'Project' }).click();
  await window.getByRole('combobox', { name: 'Only requests with' }).click();
  await window.getByRole('option', { name: /^acme/ }).click();
  await expect(window.getByRole('search', { name: 'Filters' })).toContainText('acme');
  await window.getByRole('combobox', { name: 'Grouped by' }).click();
  await window.getByRole('option', { name: 'By project' }).click();
  await expect(window.getByRole('region', { name: 'Usage by project' }).getByRole('row')).toHaveCount(3);
});

test('a period is exported as CSV and as JSON Lines, with its filters', async ({ window }) => {
  await goTo(window, 'Usage');
  await choose(window, 'Period', '30 days');
  const inPeriod = requests.filter(({ startedAtMs }) => within30(startedAtMs));
  await window.getByRole('button', { name: 'Export' }).click();
  const [csv] = await Promise.all([
    window.waitForEvent('download'),
    window.getByRole('menuitem', { name: /CSV/ }).click(),
  ]);
  expect(csv.suggestedFilename()).toMatch(/^gatehouse-usage-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await saved(csv)).trimEnd().split('\n');
  expect(lines).toHaveLength(inPeriod.length + 1);
  expect(lines[0]).toContain('charged_nano_usd');
  await expect(window.getByRole('alert')).toContainText(`${inPeriod.length} requests exported`);

  await window.getByRole('region', { name: 'Usage by model served' }).getByRole('button', { name: /groq/ }).click();
  await window.getByRole('button', { name: 'Export' }).click();
  const [jsonl] = await Promise.all([
    window.waitForEvent('download'),
    window.getByRole('menuitem', { name: /JSON Lines/ }).click(),
  ]);
  const rows = (await saved(jsonl)).trimEnd().split('\n');
  expect(rows).toHaveLength(countOf('groq'));
  for (const row of rows) expect(JSON.parse(row)).toMatchObject({ provider: 'groq' });
});

test('an invoice for a project is a file of its own', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-project': 'beehive' },
    body: JSON.stringify({ model: 'sim/echo', messages: [{ role: 'user', content: 'word '.repeat(50) }] }),
  });
  expect(response.status).toBe(200);
  await response.text();
  await goTo(window, 'Usage');
  await window.getByRole('button', { name: 'Invoice' }).click();
  const dialog = window.getByRole('dialog', { name: 'Invoice for a month' });
  await expect(dialog.getByRole('button', { name: 'Download to print' })).toBeDisabled();
  await dialog.getByRole('combobox', { name: 'Project' }).click();
  await window.getByRole('option', { name: 'beehive' }).click();
  await expect(dialog).toContainText('1, 1 model');
  await expect(dialog).toContainText('The month is not over');
  await expectAccessible(window);
  const [invoice] = await Promise.all([
    window.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download to print' }).click(),
  ]);
  expect(invoice.suggestedFilename()).toMatch(/^invoice-beehive-\d{4}-\d\d\.html$/);
  expect(await saved(invoice)).toContain('<strong>beehive</strong>');
});

test('the page follows calls as they end, and leaves the list alone until told', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await (await chat(gateway, key, { model: 'sim/echo' }, 'first-tool')).text();
  await goTo(window, 'Usage');
  await choose(window, 'Period', 'Today');
  await expect(totals(window)).toContainText('All went well');
  await choose(window, 'Groups or requests', 'Requests');
  const list = window.getByRole('region', { name: 'Requests of this period' });
  await expect(list.locator('[data-request]')).toHaveCount(1);
  await (await chat(gateway, key, { model: 'sim/error-429' }, 'second-tool')).text();
  await expect(totals(window)).toContainText('1 failed');
  await expect(list.locator('[data-request]')).toHaveCount(1);
  await window.getByRole('button', { name: 'Show 1 newer request' }).click();
  await expect(list.locator('[data-request]').first()).toContainText('second-tool');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    // Axe looks at every part in both sizes, which takes its time on a busy machine.
    test.describe.configure({ timeout: 150_000 });

    test('every part is accessible and fits, large and small', async ({ window }) => {
      await goTo(window, 'Usage');
      for (const size of [
        { width: 1280, height: 800 },
        { width: 900, height: 600 },
      ]) {
        await window.setViewportSize(size);
        await choose(window, 'Bars or table', 'Bars');
        await choose(window, 'Groups or requests', 'Groups');
        await expect(window.getByRole('img', { name: /^Spend over time/ })).toBeVisible();
        await expectAccessible(window);
        await expectFits(window);
        await picture(window, `usage-${colorScheme}-${size.width}`);
        await choose(window, 'Bars or table', 'Table');
        await choose(window, 'Groups or requests', 'Requests');
        await expect(window.locator('[data-request]').first()).toBeVisible();
        await expectAccessible(window);
        await expectFits(window);
        await picture(window, `usage-requests-${colorScheme}-${size.width}`);
      }
    });
  });
}

async function expectFits(window: Page): Promise<void> {
  const wide = await window.evaluate(
    () =>
      [...document.querySelectorAll('html, main, header, nav')].filter(
        (element) => element.scrollWidth > element.clientWidth + 1,
      ).length,
  );
  expect(wide).toBe(0);
}

/** To look at, where a folder is named for it. */
async function picture(window: Page, name: string): Promise<void> {
  const folder = process.env.LOOK_AT;
  if (folder !== undefined) await window.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
