/** Budgets & limits: what is set in the window holds for the next call, and how it stands is shown as it changes. */
import type { Page } from '@playwright/test';
import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

const PAGE = 'Budgets & limits';
const budgets = (window: Page) => window.getByRole('list', { name: 'Budgets' });

async function choose(window: Page, label: string, option: string): Promise<void> {
  const dialog = window.getByRole('dialog');
  await dialog.getByRole('combobox', { name: label }).click();
  await window.getByRole('option', { name: option, exact: true }).click();
}

test('a budget of a tool is added, fills up, refuses, is changed and removed', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await goTo(window, PAGE);
  await expect(window.getByText('No budget yet')).toBeVisible();
  await window.getByRole('button', { name: 'Add budget' }).first().click();
  const dialog = window.getByRole('dialog', { name: 'Add a budget' });
  await choose(window, 'What it covers', 'Tool');
  await dialog.getByRole('button', { name: 'Add budget' }).click();
  await expect(dialog.getByText('Say which tool')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Which tool' }).fill('aider');
  await choose(window, 'Window', 'per day');
  await dialog.getByRole('textbox', { name: 'Limit' }).fill('0.01');
  await dialog.getByRole('textbox', { name: 'Alerts at' }).fill('a lot');
  await dialog.getByRole('button', { name: 'Add budget' }).click();
  await expect(dialog.getByText('Percent from above 0')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Alerts at' }).fill('50, 100');
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Add budget' }).click();
  await expect(dialog).toBeHidden();

  const row = budgets(window).getByRole('listitem').filter({ hasText: 'Tool aider' });
  await expect(row).toContainText('$0.01 per day · aider-day');
  await expect(row).toContainText('$0.00 spent today');
  await expect(row).toContainText('Alerts at 50, 100 %');
  expect((await chat(gateway, key, { model: 'sim/echo', max_tokens: 50 }, 'aider')).status).toBe(200);
  await expect(row).not.toContainText('$0.00 spent');
  expect((await chat(gateway, key, { model: 'sim/lorem-1000', max_tokens: 5000 }, 'aider')).status).toBe(402);
  expect((await chat(gateway, key, { model: 'sim/lorem-1000', max_tokens: 5000 }, 'other')).status).toBe(200);

  await row.getByRole('button', { name: 'Edit budget aider-day' }).click();
  const edit = window.getByRole('dialog', { name: 'Edit budget aider-day' });
  await expect(edit.getByRole('textbox', { name: 'Name' })).toBeDisabled();
  await edit.getByRole('radio', { name: 'Shorten the answer' }).check();
  await edit.getByRole('textbox', { name: 'Shortest answer' }).fill('10');
  await window.keyboard.press('Enter');
  await expect(row).toContainText('Shortens answers, to 10 tokens at least');
  const clamped = await chat(gateway, key, { model: 'sim/lorem-1000', max_tokens: 5000 }, 'aider');
  expect(clamped.status).toBe(200);
  expect(clamped.headers.get('x-gatehouse-warnings')).toContain('max_tokens');

  await row.getByRole('button', { name: 'Remove budget aider-day' }).click();
  const confirm = window.getByRole('dialog', { name: 'Remove budget aider-day?' });
  await expect(confirm.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await confirm.getByRole('button', { name: 'Remove budget' }).click();
  await expect(window.getByText('No budget yet')).toBeVisible();
});

test('a budget that was changed elsewhere is not overwritten unseen', async ({ window, gateway, context }) => {
  await goTo(window, PAGE);
  await window.getByRole('button', { name: 'Add budget' }).first().click();
  await window.getByRole('dialog').getByRole('button', { name: 'Add budget' }).click();
  await expect(budgets(window)).toContainText('$20 per month');
  await window.getByRole('button', { name: 'Edit budget month' }).click();
  const here = window.getByRole('dialog', { name: 'Edit budget month' });
  await here.getByRole('textbox', { name: 'Limit' }).fill('30');

  const other = await context.newPage();
  await other.goto(gateway.consoleUrl);
  await goTo(other, PAGE);
  await other.getByRole('button', { name: 'Edit budget month' }).click();
  const there = other.getByRole('dialog', { name: 'Edit budget month' });
  await there.getByRole('textbox', { name: 'Limit' }).fill('5');
  await there.getByRole('button', { name: 'Save' }).click();
  await expect(budgets(other)).toContainText('$5 per month');
  await other.close();

  await here.getByRole('button', { name: 'Save' }).click();
  await expect(here.getByRole('alert')).toContainText('changed elsewhere');
  await expect(here.getByRole('textbox', { name: 'Limit' })).toHaveValue('$30');
  await here.getByRole('button', { name: 'Save all the same' }).click();
  await expect(budgets(window)).toContainText('$30 per month');
});

test('a rate limit holds from the next call on', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await goTo(window, PAGE);
  await window.getByRole('button', { name: 'Add rate limit' }).click();
  const dialog = window.getByRole('dialog', { name: 'Add a rate limit' });
  await dialog.getByRole('button', { name: 'Add rate limit' }).click();
  await expect(dialog.getByText('Fill in at least one')).toBeVisible();
  await expectAccessible(window);
  await choose(window, 'What it covers', 'Tool');
  await dialog.getByRole('combobox', { name: 'Which tool' }).fill('evals');
  await dialog.getByRole('textbox', { name: 'Requests a minute' }).fill('1');
  await dialog.getByRole('button', { name: 'Add rate limit' }).click();
  const entry = window.getByRole('list', { name: 'Rate limits' }).getByRole('listitem');
  await expect(entry).toContainText('Tool evals');
  await expect(entry).toContainText('1 request a minute');
  expect((await chat(gateway, key, { model: 'sim/echo' }, 'evals')).status).toBe(200);
  expect((await chat(gateway, key, { model: 'sim/echo' }, 'evals')).status).toBe(429);
  await entry.getByRole('button', { name: 'Remove rate limit' }).click();
  await window.getByRole('dialog').getByRole('button', { name: 'Remove rate limit' }).click();
  await expect(window.getByText('Tools may send as many requests as they like')).toBeVisible();
  expect((await chat(gateway, key, { model: 'sim/echo' }, 'evals')).status).toBe(200);
});

test('a fee in percent is charged in basis points, and taken back with one click', async ({ window }) => {
  await goTo(window, PAGE);
  await window.getByRole('button', { name: 'Add fee' }).click();
  const dialog = window.getByRole('dialog', { name: 'Add a fee' });
  await dialog.getByRole('combobox', { name: 'Which project' }).fill('acme');
  await dialog.getByRole('textbox', { name: 'Fee' }).fill('12.5');
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Add fee' }).click();
  const fees = window.getByRole('list', { name: 'Fees' });
  await expect(fees.getByRole('listitem').filter({ hasText: 'Project acme' })).toContainText('12.5 %');
  await goTo(window, 'Settings');
  await window.getByRole('button', { name: 'Export' }).click();
  await expect(window.getByRole('dialog').getByRole('region', { name: 'config file' })).toContainText('acme: 1250');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Undo' }).click();
  await expect(window.getByText('Undone: the settings are as they were.')).toBeVisible();
  await goTo(window, PAGE);
  await expect(fees.getByRole('listitem')).toHaveCount(1);
});

test('the loop guard is set and switched off', async ({ window }) => {
  await goTo(window, PAGE);
  const card = window.getByRole('region', { name: 'Loop guard' });
  const save = card.getByRole('button', { name: 'Save loop guard' });
  await expect(save).toBeDisabled();
  await card.getByRole('textbox', { name: 'Near-identical calls' }).fill('1');
  await expect(card.getByText('A whole number from 2')).toBeVisible();
  await card.getByRole('textbox', { name: 'Near-identical calls' }).fill('5');
  await save.click();
  await expect(window.getByText('The loop guard is set.')).toBeVisible();
  await expect(save).toBeDisabled();
  await expect(card.getByRole('textbox', { name: 'Near-identical calls' })).toHaveValue('5');
  await card.getByRole('switch', { name: 'Stop agents' }).click();
  await save.click();
  await expect(card.getByRole('textbox', { name: 'Near-identical calls' })).toBeDisabled();
  await expect(save).toBeDisabled();
});

test('a provider is stopped and let go', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await goTo(window, PAGE);
  await window.getByRole('button', { name: 'Stop one thing' }).click();
  const dialog = window.getByRole('dialog', { name: 'Stop one thing' });
  await dialog.getByRole('combobox', { name: 'Which provider' }).fill('sim');
  await window.keyboard.press('Tab');
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Stop it' }).click();
  const entry = window
    .getByRole('list', { name: 'Kill switches' })
    .getByRole('listitem')
    .filter({ hasText: 'Provider sim' });
  await expect(entry).toContainText('Stopped by you');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(503);
  await entry.getByRole('button', { name: 'Let Provider sim go' }).click();
  await expect(entry).toBeHidden();
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme, managed by a file`, () => {
    test.use({
      colorScheme,
      config: `version: 1
providers: [{ id: sim, kind: simulator }]
budgets:
  - { id: seat, scope: global, window: month, limitUsd: 20, onLimit: ask }
  - { id: acme, scope: "project:acme", window: week, limitUsd: 0.5, onLimit: clamp, clampFloorTokens: 512 }
rateLimits: [{ scope: global, requestsPerMinute: 300 }]
fees: { defaultBps: 50, projects: { acme: 1500 } }
killSwitch: { models: ["sim/refusal"] }
`,
    });

    test('everything is shown, and where to change it', async ({ window }) => {
      await goTo(window, PAGE);
      await expect(window.getByText('Managed by a config file')).toBeVisible();
      await expect(budgets(window).getByRole('listitem')).toHaveCount(2);
      await expect(budgets(window)).toContainText('Asks you');
      await expect(window.getByRole('button', { name: 'Add budget' })).toBeDisabled();
      await expect(window.getByRole('button', { name: /^(Edit|Remove) / })).toHaveCount(0);
      await expect(window.getByRole('list', { name: 'Kill switches' })).toContainText('Held down by the config');
      await expectAccessible(window);
      await window.setViewportSize({ width: 900, height: 600 });
      await expectAccessible(window);
      expect(await window.evaluate(() => document.querySelector('main')?.scrollWidth)).toBe(
        await window.evaluate(() => document.querySelector('main')?.clientWidth),
      );
    });
  });
}
