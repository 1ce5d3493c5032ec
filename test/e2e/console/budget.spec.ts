import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

test('a cap set in the window stops calls and is shown everywhere', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await goTo(window, 'Settings');
  await window.getByRole('switch', { name: 'Stop calls at a cap' }).click();
  await window.getByRole('textbox', { name: 'Cap', exact: true }).fill('0.000001');
  await window.getByRole('button', { name: 'Save cap' }).click();
  await expect(window.getByText('The cap is set.')).toBeVisible();

  const refused = await chat(gateway, key, { model: 'sim/echo' });
  expect(refused.status).toBe(402);

  await goTo(window, 'Overview');
  await expect(window.getByRole('row', { name: /budget_exceeded/ })).toContainText('Refused');
  await expect(window.getByRole('row', { name: /budget_exceeded/ })).toContainText('not charged');
  await expect(window.getByRole('region', { name: 'Spend' })).toContainText('left of $0.000001');

  await goTo(window, 'Playground');
  await window.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await window.getByRole('button', { name: 'Send' }).click();
  // Beside the alerts of the cap itself, which come as notices.
  const said = window.getByRole('region', { name: 'Messages' }).getByRole('alert');
  await expect(said).toContainText('budget_exceeded');
  await expect(said).toContainText('Raise the cap');
  await expectAccessible(window);

  await goTo(window, 'Settings');
  await window.getByRole('switch', { name: 'Stop calls at a cap' }).click();
  await window.getByRole('button', { name: 'Save cap' }).click();
  await expect(window.getByText('The cap is lifted.')).toBeVisible();
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);
});
