import type { Page } from '@playwright/test';
import { expect, expectAccessible, goTo, test } from './fixtures.ts';

async function choose(page: Page, model: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: new RegExp(`^${model}`) }).click();
}

async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(question);
  await page.keyboard.press('Enter');
}

test('an answer streams and its call settles beside it', async ({ window }) => {
  await goTo(window, 'Playground');
  await choose(window, 'sim/echo');
  await ask(window, 'The gate opens at dawn');
  const messages = window.getByRole('region', { name: 'Messages' });
  await expect(messages.getByText('The gate opens at dawn')).toHaveCount(2);
  const call = window.getByRole('region', { name: 'This call' });
  await expect(call.getByRole('status')).toHaveText('Done');
  await expect(call).toContainText('sim/echo');
  await expect(call.getByRole('listitem')).toHaveText([/Reserve/, /Charge/, /Release/]);
  await expect(call).not.toContainText('unknown');
  await expectAccessible(window);
});

test('Stop ends the call, and what arrived is settled', async ({ window }) => {
  await goTo(window, 'Playground');
  await choose(window, 'sim/long-200x50');
  await ask(window, 'Write');
  await expect(window.getByRole('region', { name: 'Messages' })).toContainText('Lorem');
  await window.getByRole('button', { name: 'Stop' }).click();
  const call = window.getByRole('region', { name: 'This call' });
  await expect(call.getByRole('status')).toHaveText('Stopped');
  await expect(call.getByRole('listitem')).toHaveText([/Reserve/, /Charge/, /Release/]);
  await expect(call.getByRole('definition').filter({ hasText: '$' })).toBeVisible();
  await call.getByRole('button', { name: 'All details' }).click();
  await expect(window.getByRole('dialog', { name: 'Request' })).toContainText('Stopped');
});

test('a failure shows the provider’s words and no invented answer', async ({ window }) => {
  await goTo(window, 'Playground');
  await choose(window, 'sim/error-429');
  await ask(window, 'Hello');
  await expect(window.getByRole('alert')).toBeVisible();
  await expect(window.getByRole('region', { name: 'This call' }).getByRole('status')).toHaveText('Failed');
  await expectAccessible(window);
});

test('an answer that is cut does not look finished', async ({ window }) => {
  await goTo(window, 'Playground');
  await choose(window, 'sim/cut');
  await ask(window, 'Hello');
  await expect(window.getByRole('region', { name: 'This call' }).getByRole('status')).toHaveText('Failed');
  await expect(window.getByRole('alert')).toContainText('upstream_cut');
});
