import { chat, expect, firstStart, test, trayLabel } from './fixture.ts';

test('a crashed gateway starts again, and window and tray find the new one', async ({ shell }) => {
  const before = await firstStart(shell);
  const page = await shell.page();
  await expect(page.getByText(before.baseUrl, { exact: true }).first()).toBeVisible();
  await shell.crashGateway();

  const after = await shell.announcement();
  expect(after.event).toBe('listening');
  expect(after.accessKey, 'the first key is shown once in a lifetime').toBeUndefined();
  const running = { baseUrl: String(after.baseUrl), accessKey: before.accessKey };
  await expect(page.getByText(running.baseUrl, { exact: true }).first()).toBeVisible();
  expect((await chat(running)).status).toBe(200);
  await expect(page.getByRole('row', { name: /sim\/echo/ })).toBeVisible();
  await expect.poll(() => trayLabel(shell, 'status')).toBe(`Running on ${new URL(running.baseUrl).host}`);
});

test('quitting drains: a running stream is settled and the process ends with 0', async ({ shell }) => {
  const running = await firstStart(shell);
  const streaming = await fetch(`${running.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.accessKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sim/long-40x50', stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(streaming.status).toBe(200);
  const [code, text] = await Promise.all([shell.quit(), streaming.text()]);
  expect(code).toBe(0);
  expect(text).toContain('data: [DONE]');
});
