/** The Routing page over a real gateway: a route is tried, settings are edited and taken back, a breaker opens and is reset. */
import type { Locator, Page } from '@playwright/test';
import { json, startUpstream } from '../../support/gateway/upstream.ts';
import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

/** What the browser says of a config that the gateway refuses, beside what the page says. */
const BAD_REQUEST = /status of 400/;

// Axe looks at many states of the page, which takes its time on a busy machine.
test.describe.configure({ timeout: 180_000 });

async function openTab(window: Page, name: string): Promise<Locator> {
  await goTo(window, 'Routing');
  await window.getByRole('tab', { name, exact: true }).click();
  await expect(window.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
  await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
  return window.getByRole('tabpanel');
}

/** Types a name and leaves the field, which closes its suggestions. */
async function fillName(place: Page | Locator, label: string, name: string): Promise<void> {
  const field = place.getByRole('combobox', { name: label, exact: true });
  await field.fill(name);
  await field.press('Tab');
}

async function addVirtualModel(window: Page, name: string, targets: readonly string[]): Promise<void> {
  await openTab(window, 'Virtual models');
  await window.getByRole('button', { name: 'Add virtual model' }).click();
  const dialog = window.getByRole('dialog', { name: 'Add a virtual model' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  for (const [at, target] of targets.entries()) {
    if (at > 0) await dialog.getByRole('button', { name: 'Add target' }).click();
    await fillName(dialog, `Target ${at + 1}`, target);
  }
  await dialog.getByRole('button', { name: 'Add virtual model' }).click();
  await expect(dialog).toBeHidden();
}

test('a call is tried without being made: order, scores, price, reasons, and what a tool would be told', async ({
  window,
  gateway,
}) => {
  await goTo(window, 'Routing');
  await fillName(window, 'Model', 'auto');
  await window.getByRole('textbox', { name: 'Prompt' }).fill('Prove that there are infinitely many primes.');
  await window.getByRole('checkbox', { name: 'Tools' }).check();
  await window.getByRole('button', { name: 'Show the route' }).click();
  const result = window.getByRole('region', { name: 'Where it would go' });
  const targets = result.getByRole('list', { name: 'Targets in order' });
  await expect(targets.getByRole('listitem').first()).toContainText('sim/');
  await expect(targets.getByRole('listitem').first()).toContainText('score');
  await expect(targets.getByRole('listitem').first()).toContainText('about $');
  await expect(result).toContainText('chosen by what is in the call');
  await expectAccessible(window);

  await fillName(window, 'Model', 'nobody/nothing');
  await window.getByRole('button', { name: 'Show the route' }).click();
  await expect(result.getByRole('status')).toContainText('The tool would be told: HTTP 404, model_not_found');
  await expectAccessible(window);

  // Nothing was sent, held or recorded.
  expect(gateway.printed()).not.toContain('infinitely many primes');
  await goTo(window, 'Requests');
  await expect(window.locator('[data-request]')).toHaveCount(0);
});

test('a virtual model is made, asked for, its fallback seen in the trace, edited, removed, and brought back', async ({
  window,
  gateway,
  expected,
}) => {
  expected.push(BAD_REQUEST);
  await addVirtualModel(window, 'gatehouse/safe', ['sim/error-500', 'sim/echo']);
  const item = window.getByRole('list', { name: 'Virtual models' }).locator('[data-item="gatehouse/safe"]');
  await expect(item).toContainText('In this order: sim/error-500 → sim/echo');
  await expectAccessible(window);

  const answer = await chat(gateway, firstKey(gateway), { model: 'gatehouse/safe' });
  expect(answer.status).toBe(200);
  await answer.text();

  await goTo(window, 'Overview');
  await window.getByRole('button', { name: 'gatehouse/safe', exact: true }).click();
  const drawer = window.getByRole('dialog', { name: 'Request' });
  const attempts = drawer.getByRole('list', { name: 'Attempts' }).getByRole('listitem');
  await expect(attempts.first()).toContainText('sim/error-500');
  await expect(attempts.first()).toContainText('Server error');
  await expect(attempts.last()).toContainText('sim/echo');
  await expect(attempts.last()).toContainText('Served');
  await expect(drawer.getByRole('list', { name: 'Targets in order' })).toContainText('in the virtual model');
  await expectAccessible(window);
  await window.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  await openTab(window, 'Virtual models');
  await item.getByRole('button', { name: 'Edit gatehouse/safe' }).click();
  const dialog = window.getByRole('dialog', { name: 'Edit gatehouse/safe' });
  await dialog.getByRole('button', { name: 'Move target 2 up' }).click();
  await fillName(dialog, 'Target 2', 'nosuch/model');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Found the provider "nosuch"', { exact: false })).toBeVisible();
  await expectAccessible(window);
  await fillName(dialog, 'Target 2', 'sim/lorem-100');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(item).toContainText('sim/echo → sim/lorem-100');

  await item.getByRole('button', { name: 'Remove gatehouse/safe' }).click();
  await expect(window.getByText('No virtual model yet')).toBeVisible();
  await window.getByRole('alert').filter({ hasText: 'is removed' }).getByRole('button', { name: 'Undo' }).click();
  await expect(item).toContainText('sim/echo → sim/lorem-100');
});

test('the defaults keep what a person edits while somebody else changes them', async ({
  window,
  page,
  context,
  gateway,
}) => {
  const panel = await openTab(window, 'Defaults');
  await expectAccessible(window);
  const save = panel.getByRole('button', { name: 'Save defaults' });
  await expect(save).toBeDisabled();
  await panel.getByRole('switch', { name: 'Keep a conversation where its prompt cache is' }).click();
  await panel.getByRole('textbox', { name: 'Tries per call' }).fill('');
  await save.click();
  await expect(panel.getByText('A whole number from 1 to 10')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Tries per call' }).fill('6');

  const other = await context.newPage();
  await other.goto(gateway.consoleUrl);
  await openTab(other, 'Defaults');
  await other.getByRole('combobox', { name: 'Default mode' }).click();
  await other.getByRole('option', { name: /^Quality/ }).click();
  await other.getByRole('button', { name: 'Save defaults' }).click();
  await expect(other.getByText('The defaults are saved.')).toBeVisible();
  await other.close();

  await page.bringToFront();
  await expect(panel.getByText('These settings were changed elsewhere')).toBeVisible();
  await save.click();
  await expect(panel.getByText('This was changed elsewhere meanwhile')).toBeVisible();
  await expect(panel.getByRole('textbox', { name: 'Tries per call' })).toHaveValue('6');
  await expectAccessible(window);
  await panel.getByRole('button', { name: 'Save all the same' }).click();
  await expect(window.getByText('The defaults are saved.')).toBeVisible();
  await expect(save).toBeDisabled();
  await expect(panel.getByRole('textbox', { name: 'Tries per call' })).toHaveValue('6');
});

test('rules are added, ordered by keyboard, and decide', async ({ window, gateway, expected }) => {
  expected.push(BAD_REQUEST);
  await openTab(window, 'Rules');
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Add rule' }).click();
  const dialog = window.getByRole('dialog', { name: 'Add a rule' });
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await expect(dialog.getByText('Give the rule a name')).toBeVisible();
  await expect(dialog.getByText('Name a model, choose a mode, or both')).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await expectAccessible(window);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('to-echo');
  await fillName(dialog, 'Use this model', 'sim/echo');
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await expect(dialog).toBeHidden();

  await window.getByRole('button', { name: 'Add rule' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('no-secrets');
  await dialog.getByRole('textbox', { name: 'The last message matches' }).fill('(?i)top (secret');
  await dialog.getByText('Refuse the call').click();
  await dialog.getByRole('textbox', { name: 'Words of the refusal' }).fill('Secrets stay in the house.');
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await expect(dialog.getByRole('textbox', { name: 'The last message matches' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await dialog.getByRole('textbox', { name: 'The last message matches' }).fill('(?i)top secret');
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await expect(dialog).toBeHidden();

  const rules = window.getByRole('list', { name: 'Rules' }).getByRole('listitem');
  await expect(rules.nth(1)).toContainText(
    'When the prompt matches (?i)top secret: refuse: “Secrets stay in the house.”',
  );
  await window.getByRole('button', { name: 'Move no-secrets up' }).focus();
  await window.keyboard.press('Enter');
  await expect(rules.first()).toContainText('no-secrets');
  await expectAccessible(window);

  const messages = [{ role: 'user', content: 'this is TOP SECRET' }];
  const refused = await chat(gateway, firstKey(gateway), { model: 'sim/lorem-100', messages });
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('Secrets stay in the house.');

  await window.getByRole('tab', { name: 'Try a route' }).click();
  await fillName(window, 'Model', 'sim/lorem-100');
  await window.getByRole('button', { name: 'Show the route' }).click();
  await expect(window.getByRole('list', { name: 'Targets in order' })).toContainText('by a rule');
});

test('a fallback chain and a split are set up, and the arms show what they came to', async ({ window, gateway }) => {
  await openTab(window, 'Fallbacks');
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Add fallback chain' }).click();
  const chain = window.getByRole('dialog', { name: 'Add a fallback chain' });
  await fillName(chain, 'When this fails', 'sim/error-503');
  await fillName(chain, 'Target 1', 'sim/echo');
  await chain.getByRole('button', { name: 'Add fallback chain' }).click();
  await expect(chain).toBeHidden();
  await expect(window.locator('[data-item="sim/error-503"]')).toContainText('then sim/echo');
  expect((await chat(gateway, firstKey(gateway), { model: 'sim/error-503' })).status).toBe(200);

  await window.getByRole('tab', { name: 'Splits' }).click();
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Add split' }).click();
  const split = window.getByRole('dialog', { name: 'Add a split' });
  await split.getByRole('textbox', { name: 'Name' }).fill('ab');
  await fillName(split, 'Divide the calls for', 'gatehouse/chat');
  await fillName(split, 'Arm 1, model', 'sim/echo');
  await fillName(split, 'Arm 2, model', 'sim/lorem-100');
  await split.getByRole('textbox', { name: 'Arm 2, weight' }).fill('0');
  await split.getByRole('button', { name: 'Add split' }).click();
  await expect(split.getByText('Above 0')).toBeVisible();
  await split.getByRole('textbox', { name: 'Arm 2, weight' }).fill('150');
  await expect(split).toContainText('75%');
  await expectAccessible(window);
  await split.getByRole('combobox', { name: 'Who stays with the arm they got first' }).click();
  await window.getByRole('option', { name: 'Nobody: every call is drawn anew' }).click();
  await split.getByRole('button', { name: 'Add split' }).click();
  await expect(split).toBeHidden();
  await expect(window.locator('[data-item="ab"]')).toContainText('25% sim/echo, 75% sim/lorem-100');

  const results = window.getByRole('region', { name: 'Results of ab' });
  await expect(results).toContainText('No call was divided in this time');
  for (let call = 0; call < 8; call += 1)
    await (await chat(gateway, firstKey(gateway), { model: 'gatehouse/chat' })).text();
  const rows = results.getByRole('row');
  await expect(rows.nth(1)).toContainText('sim/');
  await expect(rows.nth(1)).toContainText('$');
  await expectAccessible(window);
});

/** Beside the simulator, whose failures are drills and say nothing of its health, a provider that fails in earnest. */
const besideFailing = test.extend({
  config: async ({ browserName: _ }, use) => {
    const upstream = await startUpstream(json(500, { error: { message: 'down', type: 'server_error' } }));
    await use(`version: 1
providers:
  - { id: sim, kind: simulator }
  - { id: farm, kind: openai-compatible, baseUrl: "${upstream.baseUrl}", credential: none, models: [{ id: m, inputUsdPerMTok: 1, outputUsdPerMTok: 2, maxOutputTokens: 100 }] }
`);
    await upstream.close();
  },
});

besideFailing('health shows who rests and why, follows the calls, and is reset', async ({ window, gateway }) => {
  const panel = await openTab(window, 'Health');
  await expect(panel.getByText('Nothing measured yet')).toBeVisible();
  await expectAccessible(window);
  const key = firstKey(gateway);
  await (await chat(gateway, key, { model: 'sim/echo', stream: true })).text();
  await expect(panel.locator('[data-endpoint="sim/echo"]')).toContainText('In use');
  await expect(panel.locator('[data-endpoint="sim/echo"]')).toContainText('first token');
  for (let call = 0; call < 6; call += 1) await (await chat(gateway, key, { model: 'farm/m' })).text();
  const failing = panel.locator('[data-endpoint="farm/m"]');
  await expect(failing).toContainText('Resting');
  await expect(failing).toContainText('Server error (500');
  await expectAccessible(window);
  await window.setViewportSize({ width: 900, height: 600 });
  await expectAccessible(window);

  await failing.getByRole('button', { name: 'Reset farm/m' }).click();
  await expect(window.getByText('farm/m takes calls again.')).toBeVisible();
  await expect(failing.getByRole('button')).toBeHidden();
});

test.describe('on a config file', () => {
  test.use({
    config: `version: 1
providers:
  - { id: sim, kind: simulator }
virtualModels:
  - { id: gatehouse/fast, targets: [sim/echo] }
routing:
  rules: [{ name: nightly, when: { timeOfDay: "22:00-06:00", days: [fri] }, mode: cheap }]
`,
  });

  test('the settings are shown, with where to change them', async ({ window }) => {
    await openTab(window, 'Rules');
    await expect(window.getByText('Managed by a config file')).toBeVisible();
    await expect(window.getByRole('listitem').filter({ hasText: 'nightly' })).toContainText(
      'When it is 22:00 to 06:00 and the day is Fri: route cheap',
    );
    await expect(window.getByRole('button', { name: 'Add rule' })).toBeDisabled();
    await expect(window.getByRole('button', { name: 'Edit nightly' })).toBeDisabled();
    await expectAccessible(window);
    await window.getByRole('tab', { name: 'Defaults' }).click();
    await expect(window.getByRole('combobox', { name: 'Default mode' })).toBeDisabled();
    await expectAccessible(window);
  });
});
