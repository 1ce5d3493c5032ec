import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';
import { test as base, chat, expect, expectAccessible, firstKey, goTo } from './fixtures.ts';

const test = base.extend<{ hook: Upstream }>({
  hook: async ({ browserName: _ }, use) => {
    const hook = await startUpstream((_seen, response) => void response.writeHead(500).end());
    await use(hook);
    await hook.close();
  },
  // Each call of the simulator costs a little; one of them crosses the first threshold.
  config: `
version: 1
providers:
  - id: sim
    kind: simulator
    models: [{ id: echo, inputUsdPerMTok: 1, outputUsdPerMTok: 2, contextTokens: 8000, maxOutputTokens: 100 }]
budgets: [{ id: cap, scope: global, window: day, limitUsd: 1, alertAt: [0.000001] }]
alerts: { webhooks: [{ url: env:HOOK_URL, secret: env:HOOK_SECRET, events: [budget] }] }
`,
  gatewayEnv: async ({ hook }, use) => {
    await use({ HOOK_URL: `${hook.baseUrl}/T0K3N`, HOOK_SECRET: 'whsec_1' });
  },
});

test('an alert pops up, stands on the Activity page with its deliveries, and comes up once', async ({
  gateway,
  window,
  hook,
}) => {
  await (await chat(gateway, firstKey(gateway), { model: 'sim/echo' })).text();
  const toast = window.getByRole('alert').filter({ hasText: 'Budget "cap"' });
  await expect(toast).toBeVisible();
  await toast.getByRole('button').click();
  await expect(toast).toBeHidden();

  await goTo(window, 'Activity');
  const alert = window.getByRole('list', { name: 'Alerts' }).getByRole('listitem').filter({ hasText: 'Budget "cap"' });
  await expect(alert).toHaveCount(1);
  await hook.next();
  await alert.getByRole('button', { name: /^Deliveries of/ }).click();
  await expect(alert.getByRole('list', { name: 'Deliveries' })).toContainText('answered 500');
  await expect(alert).toContainText(new URL(hook.baseUrl).host);
  await expect(alert).toContainText('try 1');
  await expect(window.locator('body')).not.toContainText('T0K3N');
  await expectAccessible(window);
  await expect(toast).toBeHidden();
});

test('a receiver is tested from the window, and what it answered is said', async ({ window, hook }) => {
  await goTo(window, 'Activity');
  const { host } = new URL(hook.baseUrl);
  await window.getByRole('button', { name: `Send a test to ${host}` }).click();
  await expect(window.getByRole('alert').filter({ hasText: `${host} was not told` })).toContainText('answered 500');
  hook.answer((_seen, response) => void response.writeHead(204).end());
  await window.getByRole('button', { name: `Send a test to ${host}` }).click();
  await expect(window.getByRole('alert').filter({ hasText: `${host} was told` })).toContainText('Delivered (204)');
  const tests = window
    .getByRole('list', { name: 'Alerts' })
    .getByRole('listitem')
    .filter({ hasText: 'Test from Gatehouse' });
  await expect(tests).toHaveCount(2);
});
