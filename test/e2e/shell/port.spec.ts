/** A port that somebody else has: the app says by whom, offers another, and never moves by itself. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { DoubleDriver } from '../../support/electron/driver-double.ts';
import { test } from './double-fixture.ts';
import { clickTray, expect, trayLabel } from './fixture.ts';

const NEW_PORT = /Use port (\d+) once/;

async function portInUse() {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  return { port: (squatter.address() as AddressInfo).port, free: () => once(squatter.close(), 'close') };
}

/** The one dialog that is open, and the port that it offers. */
async function asked(shell: DoubleDriver) {
  await expect.poll(() => shell.ask('openDialogs')).toBe(1);
  const dialog = (await shell.ask('dialogs')).at(-1);
  const offered = dialog?.buttons?.map((label) => NEW_PORT.exec(label)?.[1]).find((port) => port !== undefined);
  return { dialog, offered };
}

test('says by whom, and tries the same port again, also from the window later', async ({ launch }) => {
  const { port, free } = await portInUse();
  const shell = await launch({ args: ['--port', String(port)] });
  expect(await shell.announcement()).toMatchObject({ event: 'failed' });
  const { dialog, offered } = await asked(shell);
  expect(dialog).toMatchObject({
    type: 'error',
    buttons: ['Try again', `Use port ${offered} once`, `Always use port ${offered}`, 'Close'],
  });
  expect(dialog?.detail).toContain(`Port ${port} is in use by`);
  expect(dialog?.detail).toContain(`(pid ${process.pid})`);
  await shell.ask('answerDialog', 3);
  const page = await shell.page();
  await page.getByRole('alert').getByRole('button', { name: 'What to do…' }).click();
  await asked(shell);
  await free();
  await shell.ask('answerDialog', 0);
  expect(await shell.announcement()).toMatchObject({ event: 'listening', baseUrl: `http://127.0.0.1:${port}/v1` });
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('another port once: this run has it, also after a crash, and the settings do not', async ({ launch }) => {
  const { port, free } = await portInUse();
  const shell = await launch({ args: ['--port', String(port)] });
  await shell.announcement();
  const { offered } = await asked(shell);
  await shell.ask('answerDialog', 1);
  expect(await shell.announcement()).toMatchObject({ baseUrl: `http://127.0.0.1:${offered}/v1` });
  await shell.crashGateway();
  const baseUrl = `http://127.0.0.1:${offered}/v1`;
  expect(await shell.announcement()).toMatchObject({ baseUrl });
  const page = await shell.page();
  await expect(page.getByText(baseUrl, { exact: true }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('textbox', { name: 'Port' })).not.toHaveValue(String(offered));
  await free();
  await page.getByRole('button', { name: 'Restart the gateway' }).click();
  expect(await shell.announcement()).toMatchObject({ baseUrl: `http://127.0.0.1:${port}/v1` });
});

test('another port always: it stands in the settings from then on', async ({ launch }) => {
  const { port, free } = await portInUse();
  const shell = await launch({ args: ['--port', String(port)] });
  await shell.announcement();
  const { offered } = await asked(shell);
  await shell.ask('answerDialog', 2);
  await shell.announcement();
  const page = await shell.page();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('textbox', { name: 'Port' })).toHaveValue(String(offered));
  await free();
});

test('a config file alone decides for good, so only this run is offered', async ({ launch, dataDir }) => {
  const { port, free } = await portInUse();
  const configPath = join(dataDir, 'gatehouse.yaml');
  writeFileSync(configPath, `version: 1\nserver: { port: ${port} }\n`);
  const shell = await launch({ args: ['--config', configPath, '--port', String(port)] });
  await shell.announcement();
  const { dialog, offered } = await asked(shell);
  expect(dialog?.buttons).toEqual(['Try again', `Use port ${offered} once`, 'Close']);
  await shell.ask('answerDialog', 1);
  expect(await shell.announcement()).toMatchObject({ baseUrl: `http://127.0.0.1:${offered}/v1` });
  expect(readFileSync(configPath, 'utf8')).toContain(`port: ${port}`);
  await free();
});

test('behind a hidden window a notification leads to it, and the tray offers it as well', async ({ launch }) => {
  const { port, free } = await portInUse();
  const shell = await launch({ args: ['--hidden', '--port', String(port)] });
  expect(await shell.announcement()).toMatchObject({ event: 'failed' });
  await expect.poll(() => shell.ask('notifications')).toMatchObject([{ title: 'The gateway is not running' }]);
  expect(await shell.ask('dialogs')).toEqual([]);
  await shell.ask('clickNotification');
  await asked(shell);
  await expect.poll(() => shell.windows()).toMatchObject([{ visible: true }]);
  await shell.ask('answerDialog', 3);
  await expect.poll(() => trayLabel(shell, 'status')).toBe('Stopped: the gateway failed');
  expect((await shell.ask('tray'))?.image).toContain('tray-failed-dark.png');
  await clickTray(shell, 'choosePort');
  await asked(shell);
  await shell.ask('answerDialog', 1);
  expect(await shell.announcement()).toMatchObject({ event: 'listening' });
  await free();
});

test('another failure shows the log', async ({ launch, dataDir }) => {
  const configPath = join(dataDir, 'gatehouse.yaml');
  writeFileSync(configPath, 'version: 1\nnonsense: true\n');
  const shell = await launch({ args: ['--config', configPath] });
  expect(await shell.announcement()).toMatchObject({ event: 'failed', code: 'config_invalid' });
  const { dialog } = await asked(shell);
  expect(dialog).toMatchObject({ buttons: ['Start again', 'Show the log', 'Close'] });
  await shell.ask('answerDialog', 1);
  await expect.poll(() => shell.ask('opened')).toEqual([join(dataDir, 'logs')]);
});
