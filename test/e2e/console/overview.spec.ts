import { chat, expect, expectAccessible, goTo, test } from './fixtures.ts';

const KEY = 'gh_a-key-for-the-overview-0000000000';
const CAPS = [
  'version: 1',
  'providers:',
  '  - { id: sim, kind: simulator }',
  // Nobody listens there.
  '  - id: farm',
  '    kind: openai-compatible',
  '    baseUrl: http://127.0.0.1:9/v1',
  '    models:',
  '      - { id: m, inputUsdPerMTok: 1, outputUsdPerMTok: 2, contextTokens: 8000, maxOutputTokens: 100 }',
  'accessKeys:',
  '  - { id: cli, value: env:GATEHOUSE_KEY, project: acme }',
  'budgets:',
  '  - { id: everything, scope: global, window: month, limitUsd: 20 }',
  '  - { id: acme, scope: "project:acme", window: total, limitUsd: 0.1 }',
  'discovery: { local: false }',
  '',
].join('\n');

const capped = test.extend({
  gatewayEnv: async ({ browserName: _ }, use) => {
    await use({ GATEHOUSE_KEY: KEY });
  },
});

for (const colorScheme of ['light', 'dark'] as const) {
  capped.describe(`${colorScheme} theme`, () => {
    capped.use({ config: CAPS, colorScheme });

    capped('every cap, the last day and what rests are told as calls come', async ({ window, gateway }) => {
      const spend = window.getByRole('region', { name: 'Spend' });
      const lastDay = window.getByRole('region', { name: 'Last 24 hours' });
      await expect(lastDay).toContainText('unknown');
      const messages = [{ role: 'user', content: 'word '.repeat(60) }];
      for (let call = 0; call < 3; call++) await (await chat(gateway, KEY, { model: 'sim/echo', messages })).text();
      await expect(lastDay.getByRole('img', { name: 'Requests by the hour: 3 in all' })).toBeVisible();
      await expect(lastDay).toContainText('no problems');
      await expect(lastDay.getByText('p99')).toBeVisible();
      await expect(spend).toContainText('Tightest cap: Project acme, in total');
      await expect(spend).toContainText('At this pace');
      const caps = window.getByRole('region', { name: 'All caps' });
      await expect(caps.getByRole('listitem')).toHaveCount(2);
      await expect(caps.getByRole('listitem').filter({ hasText: 'All calls, this month' })).toContainText('of $20.00');
      await expect(caps).toContainText('Never resets');

      for (let call = 0; call < 8; call++) await (await chat(gateway, KEY, { model: 'farm/m' })).text();
      await expect(window.getByRole('region', { name: 'Providers' })).toContainText(
        /Rests until|next call tries it again/i,
      );
      await expect(lastDay).toContainText(/\d failed/);
      const toast = window.getByRole('alert').filter({ hasText: 'is down' });
      await toast.getByRole('button', { name: 'Close' }).click();
      await expect(toast).toBeHidden();
      for (const size of [
        { width: 1280, height: 800 },
        { width: 900, height: 600 },
      ]) {
        await window.setViewportSize(size);
        await expectAccessible(window);
        const folder = process.env.LOOK_AT;
        if (folder !== undefined) {
          await window.screenshot({ path: `${folder}/overview-${colorScheme}-${size.width}.png` });
        }
      }
      await lastDay.getByRole('link', { name: 'Usage' }).click();
      await expect(window.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible();
      await goTo(window, 'Overview');
    });
  });
}

test('figures that come in move nothing that stands below them', async ({ window, gateway }) => {
  const feed = window.getByRole('region', { name: 'Live requests' });
  await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
  const before = await feed.boundingBox();
  const key = gateway.accessKey ?? '';
  for (const model of ['sim/echo', 'sim/error-429']) await (await chat(gateway, key, { model })).text();
  await expect(window.getByRole('region', { name: 'Last 24 hours' })).toContainText('1 failed');
  expect((await feed.boundingBox())?.y).toBe(before?.y);
});
