/** The tray as a person uses it: pauses that end by themselves, calls stopped, notifications that can be answered. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoubleDriver } from '../../support/electron/driver-double.ts';
import { test as doubleTest } from './double-fixture.ts';
import { chat, clickTray, expect, firstStart, test, trayLabel } from './fixture.ts';

test('paused for a while, tray and window say until when, and calls are refused until it is resumed', async ({
  shell,
}) => {
  const running = await firstStart(shell);
  const page = await shell.page();
  await clickTray(shell, 'pauseForAWhile');
  await expect.poll(() => trayLabel(shell, 'status')).toMatch(/^Paused until \d+:\d\d.*: every call is refused$/);
  await expect(page.getByText(/^All calls are paused until \d+:\d\d/)).toBeVisible();
  const refused = await chat(running);
  expect(refused.status).toBe(503);
  expect(await refused.text()).toMatch(/wait until \d+:\d\d/);
  await clickTray(shell, 'resume');
  await expect(page.getByText(/^All calls are paused/)).toHaveCount(0);
  expect((await chat(running)).status).toBe(200);
});

doubleTest('running calls are stopped only after a yes, and the next one is served', async ({ launch }) => {
  const shell = await launch({ args: ['--hidden'] });
  const running = await firstStart(shell);
  const text = fetch(`${running.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.accessKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sim/long-500x100', stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  }).then((response) => response.text());
  await expect.poll(() => trayLabel(shell, 'stopCalls')).toBe('Stop 1 call now…');
  await clickTray(shell, 'stopCalls');
  await expect.poll(() => shell.ask('openDialogs')).toBe(1);
  await shell.ask('answerDialog', 1);
  await expect.poll(() => trayLabel(shell, 'stopCalls'), 'a no changes nothing').toBe('Stop 1 call now…');
  await clickTray(shell, 'stopCalls');
  await expect.poll(() => shell.ask('openDialogs')).toBe(1);
  await shell.ask('answerDialog', 0);
  expect(await text).toContain('"code":"stopped_by_person"');
  expect((await chat(running)).status).toBe(200);
});

/** Any call of the simulator crosses the first threshold; `extra` goes beside it. */
const alerting = (extra: string) => `
version: 1
providers:
  - id: sim
    kind: simulator
    models: [{ id: echo, inputUsdPerMTok: 1, outputUsdPerMTok: 2, contextTokens: 8000, maxOutputTokens: 100 }]
${extra}`;
const NEAR_CAP = 'budgets: [{ id: cap, scope: global, window: day, limitUsd: 1, alertAt: [0.000001] }]';
const ASKING =
  'budgets: [{ id: cap, scope: global, window: day, limitUsd: 0.0000001, onLimit: ask }]\nalerts: { desktop: false }';

async function launchWith(launch: (options: object) => Promise<DoubleDriver>, dataDir: string, config: string) {
  const configPath = join(dataDir, 'gatehouse.yaml');
  writeFileSync(configPath, config);
  const shell = await launch({ args: ['--hidden', '--config', configPath] });
  const running = await firstStart(shell);
  await expect.poll(async () => (await shell.tray())?.items.find((item) => item.id === 'pause')?.enabled).toBe(true);
  return { shell, running };
}

doubleTest('an alert of a budget can be answered from the desktop', async ({ launch, dataDir }) => {
  const { shell, running } = await launchWith(launch, dataDir, alerting(NEAR_CAP));
  await (await chat(running)).text();
  await expect.poll(() => shell.ask('notifications')).toMatchObject([{ actions: ['Raise cap', 'Pause'] }]);
  await shell.ask('pressNotification', 1);
  await expect.poll(() => trayLabel(shell, 'status')).toBe('Paused: every call is refused');
  await shell.ask('pressNotification', 0);
  const page = await shell.page();
  await expect(page.getByRole('heading', { name: 'Budgets', level: 1 })).toBeVisible();
  await shell.ask('clickNotification');
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
});

doubleTest('a config that wants nothing on the desktop silences waiting calls as well', async ({ launch, dataDir }) => {
  const { shell, running } = await launchWith(launch, dataDir, alerting(ASKING));
  const leave = new AbortController();
  const waiting = fetch(`${running.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.accessKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sim/echo', messages: [{ role: 'user', content: 'Hello' }] }),
    signal: leave.signal,
  });
  await shell.clickTray('open');
  const page = await shell.page();
  await expect(page.getByRole('region', { name: 'A call waits for you' })).toBeVisible();
  expect(await shell.ask('notifications')).toEqual([]);
  leave.abort();
  await expect(waiting).rejects.toThrow();
});

doubleTest("the gateway is told of the computer's sleep, and answers on after it", async ({ launch, dataDir }) => {
  const stub = new URL('../../support/electron/stub-gateway.ts', import.meta.url).pathname;
  const shell = await launch({ args: ['--hidden'], env: { GATEHOUSE_DOUBLE_GATEWAY: stub } });
  await shell.announcement();
  await shell.ask('power', 'suspend');
  await shell.ask('power', 'resume');
  const log = () => readFileSync(join(dataDir, 'logs', 'desktop.log'), 'utf8');
  await expect.poll(log).toMatch(/stub: asleep\nstub: awake\n/);
  await clickTray(shell, 'pause');
  await expect.poll(() => trayLabel(shell, 'status')).toBe('Paused: every call is refused');
  expect(log()).not.toContain('made anew');
});
