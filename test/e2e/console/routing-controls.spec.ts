/** What a person decides about a provider or a model while calls run: prefer, switch off, reprice, stop; and take it back. */
import type { Page } from '@playwright/test';
import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

test.describe.configure({ timeout: 180_000 });

async function choose(window: Page, item: string): Promise<void> {
  await window.getByRole('button', { name: 'More for sim' }).click();
  await window.getByRole('menuitem', { name: item, exact: true }).click();
}

test('a provider is preferred, switched off and on again by undo, stopped and let go', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await goTo(window, 'Providers');
  const provider = window.getByRole('article', { name: 'sim' });
  await choose(window, 'Prefer');
  await expect(provider.getByText('preferred', { exact: true })).toBeVisible();
  await choose(window, 'Stop preferring');
  await expect(provider.getByText('preferred', { exact: true })).toBeHidden();

  await choose(window, 'Switch off');
  await expect(provider).toContainText('Off');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).not.toBe(200);
  const notice = window.getByRole('alert').filter({ hasText: 'no new call goes there' });
  await expectAccessible(window);
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(window.getByText('Undone: the settings are as they were.')).toBeVisible();
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);

  await choose(window, 'Stop all calls now');
  const dialog = window.getByRole('dialog', { name: 'Stop all calls to sim?' });
  await expect(dialog).toContainText('Calls in progress there are cut off');
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Stop calls' }).click();
  await expect(dialog).toBeHidden();
  await expect(provider).toContainText('Stopped');
  await expect(provider).toContainText('By you: no call goes there');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(503);
  await expectAccessible(window);
  await choose(window, 'Let calls through');
  await expect(provider).not.toContainText('Stopped');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);
});

test('a model is repriced, preferred, switched off, stopped, and each taken back', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await goTo(window, 'Models');
  await window.getByRole('textbox', { name: 'Search models' }).fill('sim/echo');
  const row = window.locator('[data-model="sim/echo"]');
  await row.getByRole('button', { name: 'sim/echo', exact: true }).click();
  const dialog = window.getByRole('dialog', { name: 'Model' });
  const controls = dialog.getByRole('region', { name: 'What sim/echo may do' });
  await expectAccessible(window);

  await controls.getByRole('textbox', { name: 'Input' }).fill('20000');
  await controls.getByRole('textbox', { name: 'Output' }).fill('9');
  await expect(controls.getByText('USD per million tokens; this is above 10,000', { exact: false })).toBeVisible();
  await controls.getByRole('textbox', { name: 'Input' }).fill('3.5');
  await controls.getByRole('button', { name: 'Save price' }).click();
  await expect(dialog.getByRole('row', { name: /^Input price/ })).toContainText('$3.50');
  await controls.getByRole('button', { name: 'Use the catalog’s' }).click();
  await expect(dialog.getByRole('row', { name: /^Input price/ })).not.toContainText('$3.50');

  await controls.getByRole('switch', { name: 'Prefer this model' }).click();
  await expect(row).toContainText('preferred');
  await controls.getByRole('switch', { name: 'Serve this model' }).click();
  await expect(row).toContainText('switched off, preferred');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).not.toBe(200);
  await expectAccessible(window);
  await controls.getByRole('switch', { name: 'Serve this model' }).click();
  await expect(row).not.toContainText('switched off');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);

  await controls.getByRole('button', { name: 'Stop all calls now' }).click();
  await window
    .getByRole('dialog', { name: 'Stop all calls to sim/echo?' })
    .getByRole('button', { name: 'Stop calls' })
    .click();
  await expect(controls.getByText('All calls to this model are stopped')).toBeVisible();
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(503);
  expect((await chat(gateway, key, { model: 'sim/lorem-100' })).status).toBe(200);
  await expectAccessible(window);
  await controls.getByRole('button', { name: 'Let calls through' }).click();
  await expect(controls.getByText('All calls to this model are stopped')).toBeHidden();
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);
});
