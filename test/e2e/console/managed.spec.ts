/** Started on a config file, the window shows what the file decides and does not pretend to change it. */
import { expect, expectAccessible, goTo, test } from './fixtures.ts';

test.use({
  config: `version: 1
providers:
  - { id: sim, kind: simulator }
budgets:
  - { id: seat, scope: global, window: month, limitUsd: 20 }
`,
});

test('what the file owns is switched off, with the reason', async ({ window }) => {
  await expect(window.getByRole('region', { name: 'Spend' })).toContainText('left of $20');
  await goTo(window, 'Providers');
  await expect(window.getByText('Managed by a config file')).toBeVisible();
  await expect(window.getByText('gatehouse.yaml')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Add provider' })).toBeDisabled();
  await goTo(window, 'Settings');
  await expect(window.getByRole('textbox', { name: 'Cap', exact: true })).toBeDisabled();
  await expect(window.getByRole('textbox', { name: 'Port' })).toBeDisabled();
  await expectAccessible(window);
});
