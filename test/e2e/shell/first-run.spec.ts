/** The guided start in the desktop app: over the MessagePort, in a window that was never open before. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chat, expect, firstStart, test } from './fixture.ts';

const fresh = test.extend({
  dataDir: async ({ browserName: _unused }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-first-run-'));
    await use(dataDir);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  },
});

fresh('a new installation opens on the guided start, sees the first call, and is done with it', async ({ shell }) => {
  const running = await firstStart(shell);
  const page = await shell.page();
  await expect(page.getByRole('heading', { name: 'Welcome to Gatehouse', level: 1 })).toBeVisible();
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await steps.getByRole('link', { name: /^Set a cap/ }).click();
  await page.getByRole('radio', { name: '$10 a month' }).click();
  await page.getByRole('button', { name: 'Set cap and continue' }).click();
  await expect(page.getByRole('heading', { name: 'Connect a tool', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await expect(page.getByText('Waiting for the first call')).toBeVisible();
  expect((await chat(running)).status).toBe(200);
  await expect(page.getByRole('region', { name: 'The first call', exact: true })).toContainText('sim/echo');
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Spend' })).toContainText('left of $10');
  await expect(page.getByRole('region', { name: 'Setting up' })).toBeHidden();
});
