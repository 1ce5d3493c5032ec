/** Updates against a real feed on a real socket: nothing before the person says yes, nothing downloaded without a click. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as base } from './double-fixture.ts';
import { expect, trayLabel } from './fixture.ts';

/** What the next release is to this test: a program that runs and ends, as the updater's installation does. */
const NEXT_RELEASE = '#!/bin/sh\nexit 0\n';

interface Feed {
  /** What an installed app with this feed is started with. */
  readonly env: Record<string, string>;
  readonly appImage: string;
  readonly asked: { url: string; headers: Record<string, unknown> }[];
}

const test = base.extend<{ feed: Feed }>({
  feed: async ({ dataDir }, use) => {
    const asked: Feed['asked'] = [];
    const sha512 = createHash('sha512').update(NEXT_RELEASE).digest('base64');
    const manifest = [
      'version: 0.2.0',
      `files: [{ url: Gatehouse-0.2.0.AppImage, sha512: "${sha512}", size: ${NEXT_RELEASE.length} }]`,
      'path: Gatehouse-0.2.0.AppImage',
      `sha512: "${sha512}"`,
      "releaseDate: '2026-11-01T00:00:00.000Z'",
      'releaseNotes: "<p>Calmer than before.</p>"',
    ].join('\n');
    const server = createServer(({ url = '', headers }, response) => {
      asked.push({ url, headers });
      const path = url.split('?')[0];
      if (path?.startsWith('/latest-linux')) response.end(manifest);
      else if (path === '/Gatehouse-0.2.0.AppImage') response.end(NEXT_RELEASE);
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const resources = join(dataDir, 'resources');
    mkdirSync(resources);
    writeFileSync(
      join(resources, 'app-update.yml'),
      `provider: generic\nurl: http://127.0.0.1:${port}\nupdaterCacheDirName: gatehouse-updater\n`,
    );
    const appImage = join(dataDir, 'Gatehouse.AppImage');
    writeFileSync(appImage, 'the installed release', { mode: 0o755 });
    await use({
      asked,
      appImage,
      env: { GATEHOUSE_DOUBLE_PACKAGED: '1', GATEHOUSE_DOUBLE_RESOURCES: resources, APPIMAGE: appImage },
    });
    server.close();
    server.closeAllConnections();
  },
});

async function settingsPage(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('switch', { name: 'Check for updates' })).toBeAttached();
}

test('nothing is asked before yes; then it tells, downloads on a click, and installs on quit', async ({
  launch,
  feed,
}) => {
  const shell = await launch({ env: feed.env });
  await shell.announcement();
  const page = await shell.page();
  await settingsPage(page);
  expect(feed.asked).toEqual([]);
  expect(await shell.ask('requested')).toEqual([]);

  await page.getByRole('switch', { name: 'Check for updates' }).press('Space');
  await expect(page.getByText('Gatehouse 0.2.0 is available')).toBeVisible();
  await expect(page.getByText('Calmer than before.')).toBeVisible();
  expect(feed.asked.map(({ url }) => url.split('?')[0])).toEqual(['/latest-linux.yml']);
  expect(feed.asked[0]?.headers['x-user-staging-id'] ?? '', 'nobody is told which installation asks').toBe('');
  await expect.poll(() => shell.ask('notifications')).toMatchObject([{ title: 'Gatehouse 0.2.0 is available' }]);
  await expect.poll(() => trayLabel(shell, 'update')).toBe('Gatehouse 0.2.0 is available…');

  await page.getByRole('button', { name: 'Download' }).click();
  await expect(page.getByText('Gatehouse 0.2.0 is ready')).toBeVisible();
  expect(readFileSync(feed.appImage, 'utf8')).toBe('the installed release');
  expect(await shell.quit()).toBe(0);
  expect(readFileSync(feed.appImage, 'utf8')).toBe(NEXT_RELEASE);
});

test('a yes of yesterday is remembered, and no is a no', async ({ launch, feed, dataDir }) => {
  mkdirSync(join(dataDir, 'desktop'), { recursive: true });
  writeFileSync(join(dataDir, 'desktop', 'settings.json'), '{"updates":"notify"}');
  const shell = await launch({ env: { ...feed.env, GATEHOUSE_DOUBLE_VERSION: '0.2.0' } });
  await shell.announcement();
  const page = await shell.page();
  await settingsPage(page);
  await expect(page.getByText(/^This is the newest release/)).toBeVisible();
  expect(feed.asked).toHaveLength(1);
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect.poll(() => feed.asked.length).toBe(2);
  await page.getByRole('switch', { name: 'Check for updates' }).press('Space');
  await expect(page.getByRole('button', { name: 'Check now' })).toHaveCount(0);
  expect(JSON.parse(readFileSync(join(dataDir, 'desktop', 'settings.json'), 'utf8'))).toMatchObject({ updates: 'off' });
});

test('a copy without a feed says so instead of offering it', async ({ launch }) => {
  const shell = await launch({ env: { GATEHOUSE_DOUBLE_PACKAGED: '1' } });
  await shell.announcement();
  const page = await shell.page();
  await settingsPage(page);
  await expect(page.getByText('this build was made without an update feed')).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Check for updates' })).toBeDisabled();
});
