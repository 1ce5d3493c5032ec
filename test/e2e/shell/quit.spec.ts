/** The end of the app: what runs is finished in sight, and a person need not wait. */
import type { DoubleDriver } from '../../support/electron/driver-double.ts';
import { test } from './double-fixture.ts';
import { expect, firstStart, type Running, trayLabel } from './fixture.ts';

/** A stream of the simulator that goes on for a while. */
async function longCall({ baseUrl, accessKey }: Running, model: string) {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(response.status).toBe(200);
  return response.text();
}

async function quitWhileBusy(shell: DoubleDriver, model: string) {
  const running = await firstStart(shell);
  const text = longCall(running, model);
  await expect.poll(() => trayLabel(shell, 'status')).toContain('1 call under way');
  expect((await shell.ask('tray'))?.image).toContain('tray-active-dark.png');
  await shell.ask('quit');
  await expect.poll(() => shell.ask('openDialogs')).toBe(1);
  const [dialog] = await shell.ask('dialogs');
  expect(dialog).toMatchObject({ message: 'Finishing 1 call', buttons: ['Quit now', 'Wait'] });
  expect(dialog?.detail).toContain('in 10 seconds at the latest');
  return { text };
}

test('quitting finishes what runs, says so everywhere, and closes its dialog by itself', async ({ launch }) => {
  const shell = await launch();
  const { text } = await quitWhileBusy(shell, 'sim/long-60x100');
  const page = await shell.page();
  await expect(page.getByText('The gateway is closing.')).toBeVisible();
  await expect.poll(() => trayLabel(shell, 'status')).toBe('Finishing 1 call…');
  expect(await shell.exitCode).toBe(0);
  expect(await text).toContain('data: [DONE]');
});

test('Quit now ends what runs with a word of why, settled, and the app is gone', async ({ launch }) => {
  const shell = await launch({ args: ['--hidden'] });
  const { text } = await quitWhileBusy(shell, 'sim/long-200x100');
  await expect.poll(() => trayLabel(shell, 'quitNow')).toBe('Quit now');
  await shell.ask('answerDialog', 0);
  expect(await shell.exitCode).toBe(0);
  expect(await text).toContain('"code":"shutting_down"');
  expect(await text).not.toContain('[DONE]');
});

test('the system shuts down: the app ends in order, and nothing is asked when nothing runs', async ({ launch }) => {
  const shell = await launch({ args: ['--hidden'] });
  await shell.announcement();
  const held = await shell.ask('shutdown');
  expect(held).toBe(true);
  expect(await shell.exitCode).toBe(0);
});
