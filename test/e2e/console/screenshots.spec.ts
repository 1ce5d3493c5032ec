/** The pictures of the documentation, from the real thing. Only when asked: UPDATE_SCREENSHOTS=1. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { goToPlace } from './care.ts';
import { test as base, chat, expect, firstKey, goTo } from './fixtures.ts';
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

/** A month of requests on record. */
const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    writeHistory(dataDir, history(Date.now()));
    await use(dataDir);
  },
});

/** Their models and prices are in the catalog, so there is something to compare without a credential. */
async function addProviders(window: Page, kinds: readonly string[]): Promise<void> {
  for (const kind of kinds) {
    await window.getByRole('button', { name: 'Add provider' }).click();
    const dialog = window.getByRole('dialog', { name: 'Add a provider' });
    await dialog.getByRole('combobox', { name: 'Kind' }).click();
    await window.getByRole('option', { name: kind, exact: true }).click();
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(dialog).toBeHidden();
  }
}

async function setCaps(window: Page): Promise<void> {
  await goTo(window, 'Settings');
  await window.getByRole('switch', { name: 'Stop calls at a cap' }).click();
  // The second is more than half used by the calls that follow: that is told under Activity.
  for (const usd of ['0.05', '0.015']) {
    await window.getByRole('textbox', { name: 'Cap', exact: true }).fill(usd);
    await window.getByRole('button', { name: 'Save cap' }).click();
    await expect(window.getByText('The cap is set.').last()).toBeVisible();
  }
}

async function makeCalls(window: Page, send: (client: string, model: string, words: number) => Promise<void>) {
  await goTo(window, 'Overview');
  for (const [client, model, words] of CALLS) await send(client, model, words);
  const rows = window.getByRole('row').filter({ hasText: 'open-webui' });
  await expect(rows.filter({ hasText: 'sim/no-usage' })).toContainText('Settled');
}

async function sayHello(window: Page): Promise<void> {
  await window.getByRole('textbox', { name: 'Message' }).fill('Every call goes through the gate.');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('list', { name: 'Figures' })).toBeVisible();
}

async function compareModels(window: Page): Promise<void> {
  const input = window.getByRole('columnheader', { name: 'Input', exact: true }).getByRole('button');
  await window.getByRole('textbox', { name: 'Search models' }).fill('-4');
  await input.click();
  for (const id of ['openai/gpt-4.1-nano', 'anthropic/claude-haiku-4-5']) {
    await window.getByRole('checkbox', { name: `Compare ${id}`, exact: true }).check();
  }
}

async function tryRoute(window: Page): Promise<void> {
  await window
    .getByRole('textbox', { name: 'Prompt' })
    .fill('Why does this stack trace point at the cache? Think it through step by step.');
  await window.getByRole('checkbox', { name: 'Tools' }).check();
  await window.getByRole('button', { name: 'Show the route' }).click();
  await expect(window.getByRole('list', { name: 'Targets in order' })).toBeVisible();
}

async function aMonth(window: Page): Promise<void> {
  await window.getByRole('radiogroup', { name: 'Period' }).getByText('30 days', { exact: true }).click();
  await expect(window.getByRole('img', { name: /^Spend over time/ })).toBeVisible();
}

async function anEarlierVersion(window: Page): Promise<void> {
  await window.getByRole('list', { name: 'Config versions' }).getByRole('button').nth(3).click();
  await expect(window.getByRole('region', { name: 'Changes of version 3' })).toBeVisible();
}

async function lookFor(window: Page, words: string): Promise<void> {
  await window.keyboard.press('ControlOrMeta+k');
  await window.getByRole('combobox', { name: 'Search commands' }).fill(words);
  await expect(window.getByRole('option').first()).toBeVisible();
}

interface Picture {
  readonly file: string;
  readonly path: string;
  readonly heading: string;
  readonly prepare?: (window: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { file: 'overview', path: '/', heading: 'Overview' },
  { file: 'playground', path: '/playground', heading: 'Playground', prepare: sayHello },
  { file: 'requests', path: '/requests', heading: 'Requests' },
  { file: 'usage', path: '/usage', heading: 'Usage', prepare: aMonth },
  { file: 'ledger', path: '/ledger', heading: 'Ledger' },
  { file: 'providers', path: '/providers', heading: 'Providers' },
  { file: 'models', path: '/models', heading: 'Models', prepare: compareModels },
  { file: 'budgets', path: '/budgets', heading: 'Budgets & limits' },
  { file: 'routing', path: '/routing', heading: 'Routing', prepare: tryRoute },
  { file: 'access-keys', path: '/access-keys', heading: 'Access keys' },
  { file: 'connect', path: '/connect', heading: 'Connect a tool' },
  { file: 'activity', path: '/activity', heading: 'Activity' },
  { file: 'config-versions', path: '/activity/versions', heading: 'Activity', prepare: anEarlierVersion },
  { file: 'settings', path: '/settings', heading: 'Settings' },
  { file: 'welcome', path: '/welcome', heading: 'Welcome to Gatehouse' },
  { file: 'palette', path: '/requests', heading: 'Requests', prepare: (window) => lookFor(window, 'gpt 4o') },
];

if (process.env.UPDATE_SCREENSHOTS === '1') {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });

      test(`screenshots in ${colorScheme}`, async ({ window, gateway }) => {
        test.setTimeout(180_000);
        const key = firstKey(gateway);
        await setCaps(window);
        await makeCalls(window, async (client, model, words) => {
          const messages = [{ role: 'user', content: 'word '.repeat(words) }];
          await (await chat(gateway, key, { model, messages }, client)).text();
        });
        await goTo(window, 'Providers');
        await addProviders(window, ['Anthropic', 'Google Gemini', 'OpenAI']);
        // What was told while all that was set up is not part of the pictures.
        await window.reload();
        for (const { file, path, heading, prepare } of PICTURES) {
          await goToPlace(window, [path, heading]);
          await prepare?.(window);
          await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
          await window.mouse.move(1, 1);
          await window.screenshot({ path: `${FOLDER}${file}-${colorScheme}.png`, animations: 'disabled' });
        }
      });
    });
  }
}
