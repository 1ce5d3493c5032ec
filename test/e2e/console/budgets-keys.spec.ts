/** What an access key may do, set in the window and felt by the tool that uses it. */
import type { Page } from '@playwright/test';
import { chat, expect, expectAccessible, goTo, test } from './fixtures.ts';

async function makeKey(window: Page, id: string, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  await goTo(window, 'Access keys');
  await window.getByRole('button', { name: 'Create key' }).click();
  const dialog = window.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(id);
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const secret = (await dialog.getByText(/^gh_/).textContent()) ?? '';
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(dialog).toBeHidden();
  return secret;
}

test('a key with limits is held to them, shows what it spent, and is changed, stopped and let go', async ({
  window,
  gateway,
}) => {
  const key = await makeKey(window, 'agent', async (dialog) => {
    await expect(dialog.getByRole('textbox', { name: 'Cap' })).toBeHidden();
    await dialog.getByRole('button', { name: 'Limits' }).click();
    await dialog.getByRole('textbox', { name: 'Cap' }).fill('0.02');
    await dialog.getByRole('combobox', { name: 'Models' }).fill('sim/*');
    await window.keyboard.press('Enter');
    await dialog.getByRole('textbox', { name: 'Calls at once' }).fill('4');
    await dialog.getByLabel('Ends').fill('2020-01-01T00:00');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await expect(dialog.getByText('This is over already')).toBeVisible();
    await dialog.getByLabel('Ends').fill('');
    await expectAccessible(window);
  });
  const row = window.getByRole('row', { name: /agent/ });
  await expect(row).toContainText('$0.00 of $0.02 used this month');
  await expect(row).toContainText('sim/*');
  await expect(row).toContainText('4 calls at once');
  expect((await chat(gateway, key, { model: 'sim/lorem-1000', max_tokens: 1000 })).status).toBe(200);
  await expect(row).toContainText(/\$0\.00\d+ of \$0\.02 used/);
  await expect(row).not.toContainText('$0.00 of');
  const refused = await chat(gateway, key, { model: 'sim/lorem-1000', max_tokens: 9000 });
  expect(refused.status).toBe(402);
  expect(await refused.text()).toContain('agent');

  await row.getByRole('button', { name: 'More for agent' }).click();
  await window.getByRole('menuitem', { name: 'Edit limits' }).click();
  const edit = window.getByRole('dialog', { name: 'Edit agent' });
  await expect(edit.getByRole('textbox', { name: 'Cap' })).toHaveValue('$0.02');
  await edit.getByRole('textbox', { name: 'Cap' }).fill('');
  await edit.getByRole('textbox', { name: 'Requests a minute' }).fill('60');
  await edit.getByText('Off', { exact: true }).click();
  await edit.getByRole('textbox', { name: 'Project' }).fill('acme');
  await window.keyboard.press('Enter');
  await expect(edit).toBeHidden();
  await expect(row).not.toContainText('of $0.02');
  await expect(row).toContainText('sim/* · 60 requests a minute, 4 calls at once · no loop guard');
  await expect(row).toContainText('acme');

  await row.getByRole('button', { name: 'More for agent' }).click();
  await window.getByRole('menuitem', { name: 'Stop for now' }).click();
  await expect(row).toContainText('Stopped by a kill switch');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(503);
  await row.getByRole('button', { name: 'More for agent' }).click();
  await window.getByRole('menuitem', { name: 'Let it go' }).click();
  await expect(row).not.toContainText('Stopped');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);
});

test('a key for one run: lines for every shell, a call, the receipt, the end', async ({ window, gateway }) => {
  await goTo(window, 'Access keys');
  await window.getByRole('button', { name: 'Make one' }).click();
  const dialog = window.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Budget' }).fill('0.5');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const lines = dialog.getByRole('region', { name: 'shell lines' });
  await expect(lines).toContainText(`export OPENAI_BASE_URL='${gateway.baseUrl}'`);
  const key = /OPENAI_API_KEY='(gh_[^']+)'/.exec((await lines.textContent()) ?? '')?.[1] ?? '';
  await dialog.getByText('PowerShell', { exact: true }).first().click();
  await expect(lines).toContainText(`$env:OPENAI_BASE_URL = '${gateway.baseUrl}'`);
  await expectAccessible(window);
  await window.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(window.locator('body')).not.toContainText(key);

  const row = window.getByRole('row', { name: /run-nightly-/ });
  await expect(row).toContainText('for one run');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);
  await row.getByRole('button', { name: /^More for run-nightly-/ }).click();
  await window.getByRole('menuitem', { name: 'Receipt' }).click();
  const receipt = window.getByRole('dialog', { name: /^Receipt of run-nightly-/ });
  await expect(receipt).toContainText('Running, until');
  await expect(receipt).toContainText('sim/echo, 1 call');
  await expectAccessible(window);
  await receipt.getByRole('button', { name: 'End the run' }).click();
  await expect(receipt).toContainText('Ended');
  await window.keyboard.press('Escape');
  await expect(row).toContainText('Ended');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(401);
});

test('what is kept of calls, and desktop notifications, are set under Settings', async ({ window }) => {
  await goTo(window, 'Settings');
  await window.getByRole('switch', { name: 'Note which program made a call' }).click();
  const days = window.getByRole('textbox', { name: 'Keep records for' });
  await days.fill('0');
  await expect(window.getByText('A whole number from 1')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Save records' })).toBeDisabled();
  await days.fill('30');
  await window.getByRole('button', { name: 'Save records' }).click();
  await expect(window.getByRole('button', { name: 'Save records' })).toBeDisabled();
  await window.getByRole('switch', { name: 'Desktop notifications' }).click();
  await expect(window.getByText('Desktop notifications are off.')).toBeVisible();
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Export' }).click();
  const file = window.getByRole('dialog').getByRole('region', { name: 'config file' });
  await expect(file).toContainText('retentionDays: 30');
  await expect(file).toContainText('desktop: false');
});
