import { chat, expect, expectAccessible, firstKey, test } from './fixtures.ts';

test('Pause blocks every call until Resume, and every page says so', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await window.getByRole('button', { name: 'Pause' }).click();
  await expect(window.getByText('All calls are paused.')).toBeVisible();
  await expect(window.getByRole('status').filter({ hasText: 'Gateway: Paused' })).toBeAttached();
  const blocked = await chat(gateway, key, { model: 'sim/echo' });
  expect(blocked.status).toBe(503);
  await expect(window.getByRole('row', { name: /kill_switch/ })).toContainText('Refused');
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Resume' }).click();
  await expect(window.getByText('All calls are paused.')).toBeHidden();
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);
});
