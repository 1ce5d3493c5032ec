/** The card of the desktop app under Settings, and that what it says is what the app does. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { test } from './double-fixture.ts';
import { expect } from './fixture.ts';

async function openSettings(page: Page) {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const card = page.getByRole('region', { name: 'This computer' });
  await expect(card).toBeVisible();
  return card;
}

test('an installed app is started at login, hidden, on the same data; switched off, nothing is left', async ({
  launch,
  dataDir,
}) => {
  const shell = await launch({ env: { GATEHOUSE_DOUBLE_PACKAGED: '1', XDG_CONFIG_HOME: join(dataDir, 'my config') } });
  await shell.announcement();
  const card = await openSettings(await shell.page());
  const atLogin = card.getByRole('switch', { name: 'Start at login' });
  await atLogin.press('Space');
  await expect(atLogin).toBeChecked();
  const file = join(dataDir, 'my config', 'autostart', 'gatehouse.desktop');
  expect(readFileSync(file, 'utf8')).toContain(`Exec=${process.execPath} --hidden --data-dir ${dataDir}\n`);
  await atLogin.press('Space');
  await expect(atLogin).not.toBeChecked();
  expect(existsSync(file)).toBe(false);
});

test('from its source it says why not; closing quits once the person wants that', async ({ launch, dataDir }) => {
  const shell = await launch();
  await shell.announcement();
  const page = await shell.page();
  const card = await openSettings(page);
  await expect(card.getByRole('switch', { name: 'Start at login' })).toBeDisabled();
  await expect(card.getByText('This copy runs from its source. Install Gatehouse')).toBeVisible();
  const found = await new AxeBuilder({ page }).include('main').analyze();
  expect(found.violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);

  await card.getByText('Quits Gatehouse').click();
  await expect.poll(() => settingsIn(dataDir)).toEqual({ updates: 'off', notifications: true, onClose: 'quit' });
  await shell.closeWindow();
  expect(await shell.exitCode).toBe(0);
});

test('a file that does not hold is said, the defaults stand, and a change makes it whole', async ({
  launch,
  dataDir,
}) => {
  mkdirSync(join(dataDir, 'desktop'), { recursive: true });
  writeFileSync(join(dataDir, 'desktop', 'settings.json'), '{"onClose":"explode","colour":"red"}');
  const shell = await launch({ args: ['--hidden'] });
  await shell.announcement();
  await shell.clickTray('settings');
  const page = await shell.page();
  const card = page.getByRole('region', { name: 'This computer' });
  await expect(card.getByText('The settings of the app could not be read')).toBeVisible();
  await expect(card.getByText(/onClose: .*colour/)).toBeVisible();
  await card.getByRole('switch', { name: 'Show notifications here' }).press('Space');
  await expect(card.getByText('The settings of the app could not be read')).toHaveCount(0);
  expect(settingsIn(dataDir)).toEqual({ updates: 'off', notifications: false, onClose: 'tray' });
});

function settingsIn(dataDir: string): unknown {
  const file = join(dataDir, 'desktop', 'settings.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
