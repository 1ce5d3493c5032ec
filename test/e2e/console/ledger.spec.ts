import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

test('entries appear as calls settle, open their request, and verify', async ({ window, gateway }) => {
  await goTo(window, 'Ledger');
  await expect(window.getByText('No entries yet')).toBeVisible();
  await (await chat(gateway, firstKey(gateway), { model: 'sim/echo' })).text();
  const rows = window.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText('Release');
  await expect(rows.nth(2)).toContainText('Charge');
  await expect(rows.nth(2)).toContainText('exact');
  await expect(rows.nth(3)).toContainText('Reserve');

  await rows.nth(2).getByRole('button').click();
  await expect(window.getByRole('dialog', { name: 'Request' })).toContainText('sim/echo');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toBeHidden();

  await window.getByRole('button', { name: 'Verify ledger' }).click();
  await expect(window.getByText('The ledger is sound')).toBeVisible();
  await expect(window.getByText('3 entries recomputed')).toBeVisible();
  await expectAccessible(window);
});

test('a long ledger draws only what is seen and reaches its first entry', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  const calls = Array.from({ length: 60 }, () => chat(gateway, key, { model: 'sim/echo' }));
  for (const answer of await Promise.all(calls)) await answer.text();
  await goTo(window, 'Ledger');
  const region = window.getByRole('region', { name: 'Ledger entries' });
  await expect(region.getByText('#180', { exact: true })).toBeVisible();
  expect(await region.getByRole('row').count()).toBeLessThan(60);
  await region.focus();
  await expect
    .poll(async () => {
      await window.keyboard.press('End');
      return region.getByText('#1', { exact: true }).isVisible();
    })
    .toBe(true);
});
