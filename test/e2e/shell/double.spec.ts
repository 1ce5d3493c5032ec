/** What only the double can show: dialogs, notifications, and what was handed to Electron. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from './double-fixture.ts';
import { chat, clickTray, expect, firstStart, trayLabel } from './fixture.ts';

test('the first access key is shown once, and can be copied', async ({ launch }) => {
  const shell = await launch({ announce: false });
  await expect.poll(() => shell.ask('dialogs')).toHaveLength(1);
  const [dialog] = await shell.ask('dialogs');
  expect(dialog).toMatchObject({ message: 'Gatehouse is ready', buttons: ['Copy access key', 'Done'] });
  const key = /gh_\S+/.exec(dialog?.detail ?? '')?.[0];
  await shell.ask('answerDialog', 0);
  await expect.poll(() => shell.clipboard()).toBe(key);
  expect(await shell.quit()).toBe(0);

  const again = await launch({ announce: false });
  await expect.poll(() => trayLabel(again, 'status')).toMatch(/^Running/);
  expect(await again.ask('dialogs')).toEqual([]);
});

/** Any call of the simulator crosses the first threshold. */
const ALERTING = `
version: 1
providers:
  - id: sim
    kind: simulator
    models: [{ id: echo, inputUsdPerMTok: 1, outputUsdPerMTok: 2, contextTokens: 8000, maxOutputTokens: 100 }]
budgets: [{ id: cap, scope: global, window: day, limitUsd: 1, alertAt: [0.000001] }]
`;

test('an alert is a desktop notification that leads to the window', async ({ launch, dataDir }) => {
  const configPath = join(dataDir, 'gatehouse.yaml');
  writeFileSync(configPath, ALERTING);
  const shell = await launch({ args: ['--hidden', '--config', configPath] });
  const running = await firstStart(shell);
  await expect.poll(async () => (await shell.tray())?.items.find((item) => item.id === 'pause')?.enabled).toBe(true);
  await (await chat(running)).text();
  await expect
    .poll(() => shell.ask('notifications'))
    .toMatchObject([{ title: 'Budget "cap": 0.0001 % used', body: expect.stringContaining('$1.00') }]);
  expect(await shell.windows()).toEqual([]);
  await shell.ask('clickNotification');
  await expect.poll(() => shell.windows()).toMatchObject([{ visible: true }]);
});

test('a crash loop ends in a failure that says so', async ({ launch }) => {
  const stub = new URL('../../support/electron/stub-gateway.ts', import.meta.url).pathname;
  const shell = await launch({ args: ['--port', '2'], env: { GATEHOUSE_DOUBLE_GATEWAY: stub } });
  const failed = await shell.announcement();
  expect(failed).toMatchObject({ event: 'failed', code: 'gateway_crashed' });
  expect(failed.message).toContain('5 times in a row');
});

test('without a tray the window opens, and closing it quits in order', async ({ launch }) => {
  const shell = await launch({ args: ['--hidden'], env: { GATEHOUSE_DOUBLE_NO_TRAY: '1' } });
  await shell.announcement();
  await shell.page();
  expect(await shell.tray()).toBeUndefined();
  expect(shell.stderr()).toContain('no tray icon on this desktop');
  await expect.poll(() => shell.windows()).toMatchObject([{ visible: true }]);
  await shell.closeWindow();
  expect(await shell.exitCode).toBe(0);
});

test('started hidden, it stays in the tray until it is asked for', async ({ launch }) => {
  const shell = await launch({ args: ['--hidden'] });
  await shell.announcement();
  expect(await shell.windows()).toEqual([]);
  await shell.clickTray('open');
  await expect.poll(() => shell.windows()).toMatchObject([{ visible: true, focused: true }]);
});

test('a person is told once that closing the window leaves the gateway running', async ({ launch }) => {
  const shell = await launch();
  await shell.announcement();
  await shell.page();
  for (let times = 0; times < 2; times += 1) {
    await expect.poll(() => shell.windows()).toMatchObject([{ visible: true }]);
    await shell.closeWindow();
    await shell.clickTray('open');
  }
  expect(await shell.ask('notifications')).toHaveLength(1);
});

test('what Electron is told is safe, and the tray icon follows the panel and the state', async ({ launch }) => {
  const shell = await launch();
  await shell.announcement();
  const [options] = await shell.ask('windowOptions');
  expect(options).toMatchObject({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    },
  });
  expect(await shell.ask('isSandboxed')).toBe(true);
  expect(await shell.ask('checkPermission', 'clipboard-sanitized-write', 'gatehouse://app/')).toBe(true);
  expect(await shell.ask('checkPermission', 'clipboard-sanitized-write', 'https://example.com/')).toBe(false);
  expect(await shell.ask('checkPermission', 'geolocation', 'gatehouse://app/')).toBe(false);

  const image = async () => (await shell.ask('tray'))?.image.split('/').at(-1);
  await expect.poll(image).toBe('tray-idle-dark.png');
  await shell.ask('darkPanel', true);
  await expect.poll(image).toBe('tray-idle-light.png');
  await clickTray(shell, 'pause');
  await expect.poll(image).toBe('tray-blocked-light.png');
});

test('a link that leaves the window opens in the browser when the person says so', async ({ launch }) => {
  const shell = await launch();
  await shell.announcement();
  const page = await shell.page();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const follow = () => page.evaluate(() => void window.open('https://example.com/keys?a=1'));
  await follow();
  await expect.poll(() => shell.ask('dialogs')).toMatchObject([{ detail: 'https://example.com/keys?a=1' }]);
  await shell.ask('answerDialog', 1);
  await follow();
  await expect.poll(async () => (await shell.ask('dialogs')).length).toBe(2);
  expect(await shell.ask('opened')).toEqual([]);
  await shell.ask('answerDialog', 0);
  await expect.poll(() => shell.ask('opened')).toEqual(['https://example.com/keys?a=1']);
  expect(await shell.windows()).toHaveLength(1);
});
