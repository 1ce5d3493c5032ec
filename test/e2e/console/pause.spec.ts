import { chat, expect, expectAccessible, firstKey, test } from './fixtures.ts';

test('Pause blocks every call until Resume, and every page says so', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await window.getByRole('button', { name: 'Pause', exact: true }).click();
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

test('Pause for a while says until when, in the button bar and to the tools', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await window.getByRole('button', { name: 'Pause for a while' }).press('Enter');
  await window.getByRole('menuitem', { name: 'For 15 minutes' }).press('Enter');
  await expect(window.getByText(/^All calls are paused until \d+:\d\d/)).toBeVisible();
  const blocked = await chat(gateway, key, { model: 'sim/echo' });
  expect(await blocked.text()).toMatch(/wait until \d+:\d\d/);
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Resume' }).click();
  await expect(window.getByText(/^All calls are paused/)).toBeHidden();
});
