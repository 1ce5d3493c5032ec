/** The requests on record, narrowed: what fits is shown, also as it comes, and there is a way back to all. */
import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

test('requests are narrowed by state, by tool and by period, and follow the calls that fit', async ({
  window,
  gateway,
}) => {
  const key = firstKey(gateway);
  for (const [model, client] of [
    ['sim/echo', 'aider'],
    ['sim/echo', 'cline'],
    ['sim/error-429', 'cline'],
    ['nobody/nothing', 'aider'],
  ] as const) {
    await (await chat(gateway, key, { model }, client)).text();
  }
  await goTo(window, 'Requests');
  const rows = window.locator('[data-request]');
  await expect(rows).toHaveCount(4);

  await window.getByRole('combobox', { name: 'State' }).click();
  await window.getByRole('option', { name: 'Failed or refused' }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'Settled' })).toHaveCount(0);

  const filters = window.getByRole('search', { name: 'Filters' });
  await filters.getByRole('button', { name: 'Filter' }).click();
  const add = window.getByRole('dialog', { name: 'Filter' });
  await add.getByRole('combobox', { name: 'Filter by' }).click();
  await window.getByRole('option', { name: 'Client', exact: true }).click();
  await add.getByRole('combobox', { name: 'Only requests with' }).click();
  await window.getByRole('option', { name: /^cline/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('sim/error-429');
  await expectAccessible(window);

  await (await chat(gateway, key, { model: 'sim/echo' }, 'cline')).text();
  await (await chat(gateway, key, { model: 'sim/error-500' }, 'aider')).text();
  await (await chat(gateway, key, { model: 'sim/error-503' }, 'cline')).text();
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('sim/error-503');

  await window.getByRole('combobox', { name: 'Period' }).click();
  await window.getByRole('option', { name: 'Last month' }).click();
  await expect(window.getByText('No request like that')).toBeVisible();
  await expectAccessible(window);
  await window.getByRole('main').getByRole('button', { name: 'Show all' }).last().click();
  await expect(rows).toHaveCount(7);
});
