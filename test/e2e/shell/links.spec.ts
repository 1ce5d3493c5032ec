/** Links lead to a place in the window and nowhere else, whichever way the system hands them over. */
import type { Page } from '@playwright/test';
import { test as doubleTest } from './double-fixture.ts';
import { chat, clickTray, expect, firstStart, test } from './fixture.ts';

const at = (page: Page) => new URL(page.url()).hash;

test('a second launch with a link opens its place', async ({ shell }) => {
  await firstStart(shell);
  const page = await shell.page();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  expect(await shell.secondLaunch('gatehouse://open/budgets')).toBe(0);
  await expect(page.getByRole('heading', { name: 'Budgets', level: 1 })).toBeVisible();

  expect(await shell.secondLaunch('gatehouse://app/')).toBe(0);
  await expect.poll(() => shell.stderr()).toContain('refused a link that leads nowhere');
  expect(at(page)).toBe('#/budgets');
});

test('a recent call in the tray opens its details in the window', async ({ shell }) => {
  const running = await firstStart(shell);
  const page = await shell.page();
  const response = await chat(running);
  const id = response.headers.get('x-request-id') ?? '';
  await response.text();
  await expect
    .poll(async () => (await shell.tray())?.items.find((item) => item.id === `call:${id}`)?.label)
    .toMatch(/^sim\/echo · .*done$/);
  await clickTray(shell, `call:${id}`);
  await expect(page.getByRole('dialog', { name: 'Request' })).toContainText(id);
});

doubleTest('a link that starts the app is followed as soon as the window is there, even hidden', async ({ launch }) => {
  const shell = await launch({ args: ['--hidden', 'gatehouse://open/providers'] });
  await shell.announcement();
  const page = await shell.page();
  await expect(page.getByRole('heading', { name: 'Providers', level: 1 })).toBeVisible();
  expect(await shell.ask('openUrl', 'gatehouse://connect/codex')).toBe(true);
  await expect.poll(() => at(page)).toBe('#/connect/codex');
  expect(await shell.ask('linkSchemes'), 'not before it is installed').toEqual([]);
});

doubleTest('an installed app registers its links', async ({ launch }) => {
  const shell = await launch({ args: ['--hidden'], env: { GATEHOUSE_DOUBLE_PACKAGED: '1' } });
  await shell.announcement();
  expect(await shell.ask('linkSchemes')).toEqual(['gatehouse']);
});
