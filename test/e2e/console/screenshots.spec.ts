/** The pictures of the documentation, from the real thing. Only when asked: UPDATE_SCREENSHOTS=1. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { chat, expect, firstKey, goTo, test } from './fixtures.ts';
import { history, writeHistory } from './usage-history.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));

/** What the pictures show: client, model, number of words asked. */
const CALLS: readonly (readonly [string, string, number])[] = [
  ['aider', 'sim/echo', 400],
  ['open-webui', 'sim/lorem-1000', 40],
  ['cline', 'sim/reasoning', 120],
  ['nightly-eval', 'sim/error-429', 20],
  ['cline', 'sim/cached', 900],
  ['cline', 'sim/tool-call', 900],
  ['aider', 'sim/lorem-100', 640],
  ['open-webui', 'sim/no-usage', 60],
];

/** Their models and prices are in the catalog, so there is something to compare without a credential. */
async function addProviders(window: Page, kinds: readonly string[]): Promise<void> {
  for (const kind of kinds) {
    await window.getByRole('button', { name: 'Add provider' }).click();
    const dialog = window.getByRole('dialog', { name: 'Add a provider' });
    await dialog.getByRole('combobox', { name: 'Kind' }).click();
    await window.getByRole('option', { name: kind, exact: true }).click();
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(dialog).toBeHidden();
    await window.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await expect(window.getByRole('alert')).toBeHidden();
  }
}

async function compareModels(window: Page): Promise<void> {
  const input = window.getByRole('columnheader', { name: 'Input', exact: true }).getByRole('button');
  await window.getByRole('textbox', { name: 'Search models' }).fill('-4');
  await input.click();
  for (const id of ['openai/gpt-4.1-nano', 'anthropic/claude-haiku-4-5']) {
    await window.getByRole('checkbox', { name: `Compare ${id}`, exact: true }).check();
  }
  await window.mouse.move(1, 1);
}

/** Usage is worth looking at where there is some: a month of it. */
const withHistory = test.extend({
  dataDir: async ({ dataDir }, use) => {
    writeHistory(dataDir, history(Date.now()));
    await use(dataDir);
  },
});

async function tryRoute(window: Page): Promise<void> {
  await window
    .getByRole('textbox', { name: 'Prompt' })
    .fill('Why does this stack trace point at the cache? Think it through step by step.');
  await window.getByRole('checkbox', { name: 'Tools' }).check();
  await window.getByRole('button', { name: 'Show the route' }).click();
  await expect(window.getByRole('list', { name: 'Targets in order' })).toBeVisible();
  await window.mouse.move(1, 1);
}

if (process.env.UPDATE_SCREENSHOTS === '1') {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });

      withHistory(`screenshot of usage in ${colorScheme}`, async ({ window }) => {
        await goTo(window, 'Usage');
        await window.getByRole('radiogroup', { name: 'Period' }).getByText('30 days', { exact: true }).click();
        await expect(window.getByRole('img', { name: /^Spend over time/ })).toBeVisible();
        await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
        await window.mouse.move(1, 1);
        await window.screenshot({ path: `${FOLDER}usage-${colorScheme}.png`, animations: 'disabled' });
      });

      test(`screenshots in ${colorScheme}`, async ({ window, gateway }) => {
        await goTo(window, 'Settings');
        await window.getByRole('switch', { name: 'Stop calls at a cap' }).click();
        await window.getByRole('textbox', { name: 'Cap', exact: true }).fill('0.05');
        await window.getByRole('button', { name: 'Save cap' }).click();
        await expect(window.getByText('The cap is set.')).toBeVisible();
        await window.getByRole('alert').getByRole('button', { name: 'Close' }).click();
        await expect(window.getByRole('alert')).toBeHidden();
        await goTo(window, 'Overview');
        const key = firstKey(gateway);
        for (const [client, model, words] of CALLS) {
          const messages = [{ role: 'user', content: 'word '.repeat(words) }];
          await (await chat(gateway, key, { model, messages }, client)).text();
        }
        await expect(window.getByRole('row')).toHaveCount(CALLS.length + 1);
        await expect(window.getByRole('img', { name: `Requests by the hour: ${CALLS.length} in all` })).toBeVisible();
        for (const name of [
          'Overview',
          'Playground',
          'Requests',
          'Ledger',
          'Providers',
          'Models',
          'Routing',
          'Access keys',
          'Settings',
        ]) {
          await goTo(window, name);
          if (name === 'Providers') await addProviders(window, ['Anthropic', 'Google Gemini', 'OpenAI']);
          await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
          await window.mouse.move(1, 1);
          if (name === 'Playground') {
            await window.getByRole('textbox', { name: 'Message' }).fill('Every call goes through the gate.');
            await window.keyboard.press('Enter');
            await expect(window.getByRole('list', { name: 'Figures' })).toBeVisible();
          }
          const file = name.toLowerCase().replace(' ', '-');
          if (name === 'Models') await compareModels(window);
          if (name === 'Routing') await tryRoute(window);
          await window.screenshot({ path: `${FOLDER}${file}-${colorScheme}.png`, animations: 'disabled' });
        }
      });
    });
  }
}
