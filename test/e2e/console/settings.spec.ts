/** Settings that come from the machine: how calls get out, where the data lie, which store holds the credentials. */
import { test as base, expect, expectAccessible, goTo, test } from './fixtures.ts';

test('without a proxy calls go out directly, and the room that the data take is told', async ({ window, dataDir }) => {
  await goTo(window, 'Settings');
  const network = window.getByRole('region', { name: 'Network' });
  await expect(network).toContainText('None: calls go out directly');
  await expect(network).toContainText('HTTPS_PROXY');
  const gateway = window.getByRole('region', { name: 'Gateway', exact: true });
  await expect(gateway).toContainText(dataDir);
  await expect(gateway).toContainText(/\d (kB|MB) in it, [\d.,]+ (MB|GB|TB) free on its disk/);
  const credentials = window.getByRole('region', { name: 'Credentials' });
  await expect(credentials).toContainText(/encrypted file|system keychain/);
  await credentials.getByRole('button', { name: 'Check again' }).click();
  await expect(window.getByRole('alert').filter({ hasText: 'It answers' })).toBeVisible();
  await window.getByRole('region', { name: 'Config versions' }).getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByRole('tab', { name: 'Config versions' })).toHaveAttribute('aria-selected', 'true');
});

base.describe('behind a proxy', () => {
  base.use({
    gatewayEnv: async ({ browserName: _ }, use) => {
      await use({
        HTTPS_PROXY: 'http://jane:s3cret@proxy.example:8080',
        NO_PROXY: 'internal.example,.corp',
        NODE_EXTRA_CA_CERTS: '/nowhere/company-ca.pem',
      });
    },
  });

  base(
    'it is shown without its password, and what is wrong with the certificates stands above it',
    async ({ window }) => {
      await goTo(window, 'Settings');
      const network = window.getByRole('region', { name: 'Network' });
      await expect(network).toContainText('http://***:***@proxy.example:8080 from HTTPS_PROXY');
      await expect(network).toContainText('internal.example, .corp');
      await expect(network).toContainText('cannot be read: /nowhere/company-ca.pem');
      await expect(window.locator('body')).not.toContainText(/jane|s3cret/);
      await expectAccessible(window);
    },
  );
});
