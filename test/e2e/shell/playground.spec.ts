/** The playground over the window's own port: what streams, what is stopped and what is large gets through there too. */
import { Buffer } from 'node:buffer';
import type { Page } from '@playwright/test';
import { expect, firstStart, test } from './fixture.ts';

async function choose(page: Page, model: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: new RegExp(`^${model}`) }).click();
}

test('an answer streams, an image of some megabytes goes with a question, and Stop stops', async ({ shell }) => {
  await firstStart(shell);
  const page = await shell.page();
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  const messages = page.getByRole('region', { name: 'Messages' });
  const field = page.getByRole('textbox', { name: 'Message', exact: true });

  await choose(page, 'sim/echo');
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
  const buffer = Buffer.concat([Buffer.from(pixel, 'base64'), Buffer.alloc(3_000_000)]);
  await page
    .getByLabel('Images', { exact: true })
    .setInputFiles([{ name: 'large.png', mimeType: 'image/png', buffer }]);
  await expect(page.getByRole('list', { name: 'Attached images' })).toContainText('large.png');
  await field.fill('The gate **opens**');
  await field.press('Enter');
  await expect(messages.locator('strong')).toHaveText('opens');
  await expect(messages.getByRole('list', { name: 'Figures' })).toContainText('$');

  await page.getByRole('button', { name: 'Clear' }).click();
  await choose(page, 'sim/long-200x50');
  await field.fill('Write');
  await field.press('Enter');
  await expect(messages).toContainText('Lorem');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(messages).toContainText('Stopped. What arrived is settled');
  await expect(messages.getByRole('list', { name: 'Figures' })).toContainText('$');
});
