/** Started on a config file, the window shows what the file decides and does not pretend to change it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnGateway } from '../../support/gateway/process.ts';
import { expect, expectAccessible, goTo, openConsole, test } from './fixtures.ts';

const CONFIG = `version: 1
providers:
  - { id: sim, kind: simulator }
budgets:
  - { id: seat, scope: global, window: month, limitUsd: 20 }
`;

test('what the file owns is switched off, with the reason', async ({ page, dataDir }) => {
  const configPath = join(dataDir, 'gatehouse.yaml');
  writeFileSync(configPath, CONFIG);
  const gateway = await spawnGateway(dataDir, { configPath, env: { GATEHOUSE_LOG_LEVEL: 'warn' } });
  try {
    await openConsole(page, gateway);
    await expect(page.getByRole('region', { name: 'Spend' })).toContainText('left of $20');
    await goTo(page, 'Providers');
    await expect(page.getByText('Managed by a config file')).toBeVisible();
    await expect(page.getByText(configPath)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add provider' })).toBeDisabled();
    await goTo(page, 'Access keys');
    await expect(page.getByText('Managed by a config file')).toBeVisible();
    await goTo(page, 'Settings');
    await expect(page.getByRole('textbox', { name: 'Cap', exact: true })).toBeDisabled();
    await expect(page.getByRole('textbox', { name: 'Port' })).toBeDisabled();
    await expectAccessible(page);
  } finally {
    await gateway.stop('SIGKILL');
  }
});
