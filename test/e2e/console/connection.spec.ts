import { expect, expectAccessible, test } from './fixtures.ts';

test('a gateway that goes away leaves a readable page that says so', async ({ window, gateway, expected }) => {
  expected.push(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
  await gateway.stop('SIGKILL');
  await expect(window.getByText('Reconnecting to the gateway.')).toBeVisible();
  await expect(window.getByRole('status').filter({ hasText: 'Gateway: Reconnecting' })).toBeAttached();
  await expect(window.getByRole('region', { name: 'Spend' })).toBeVisible();
  await expectAccessible(window);
});
