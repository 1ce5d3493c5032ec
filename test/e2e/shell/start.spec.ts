import { chat, clickTray, expect, firstStart, test, trayLabel } from './fixture.ts';

test('the window opens, shows the base URL, and a call with the first key appears live', async ({ shell }) => {
  const running = await firstStart(shell);
  const page = await shell.page();
  await expect(page.getByText(running.baseUrl, { exact: true }).first()).toBeVisible();

  const response = await chat(running);
  expect(response.status).toBe(200);
  await expect(page.getByRole('row', { name: /sim\/echo/ })).toBeVisible();
  await expect.poll(() => trayLabel(shell, 'spendToday')).toMatch(/^Today .*[1-9]/);
});

test('the tray shows what runs, and pausing there refuses calls and shows in the window', async ({ shell }) => {
  const running = await firstStart(shell);
  const page = await shell.page();
  await expect.poll(() => trayLabel(shell, 'status')).toBe(`Running on ${new URL(running.baseUrl).host}`);

  await clickTray(shell, 'pause');
  await expect.poll(() => trayLabel(shell, 'resume')).toBe('Resume calls');
  await expect(page.getByRole('button', { name: 'Resume' }).first()).toBeVisible();
  const refused = await chat(running);
  expect(refused.status).toBe(503);

  await clickTray(shell, 'resume');
  await expect.poll(() => trayLabel(shell, 'pause')).toBe('Pause until resumed');
  expect((await chat(running)).status).toBe(200);
});

test('the base URL can be copied from the tray', async ({ shell }) => {
  const { baseUrl } = await firstStart(shell);
  await clickTray(shell, 'copyBaseUrl');
  await expect.poll(() => shell.clipboard()).toBe(baseUrl);
});

test('closing the window leaves the gateway running, and a second launch opens it again', async ({ shell }) => {
  const running = await firstStart(shell);
  await (await shell.page()).waitForLoadState();
  await expect.poll(() => shell.windows()).toMatchObject([{ visible: true }]);
  await shell.closeWindow();
  await expect.poll(() => shell.windows()).toMatchObject([{ visible: false }]);
  expect((await chat(running)).status).toBe(200);

  expect(await shell.secondLaunch()).toBe(0);
  await expect.poll(() => shell.windows()).toMatchObject([{ visible: true }]);
  expect((await chat(running)).status).toBe(200);
});
