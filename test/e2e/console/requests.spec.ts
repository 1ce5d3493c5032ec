import { chat, expect, expectAccessible, firstKey, test } from './fixtures.ts';

/** More than the live feed keeps, so the last ones have to come page by page. */
const CALLS = 230;
const AT_ONCE = 10;

test('requests older than the live feed are fetched as they are scrolled to', async ({ window, gateway }) => {
  const key = firstKey(gateway);
  await (await chat(gateway, key, { model: 'sim/echo' }, 'the-oldest')).text();
  for (let sent = 0; sent < CALLS; sent += AT_ONCE) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => (await chat(gateway, key, { model: 'sim/echo' })).text()),
    );
  }
  await window.keyboard.press('g');
  await window.keyboard.press('q');
  await expect(window.getByRole('heading', { name: 'Requests', level: 1 })).toBeVisible();
  const rows = window.locator('[data-request]');
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);

  const list = window.getByRole('region', { name: 'All requests' });
  const oldest = rows.filter({ hasText: 'the-oldest' });
  const toTheEnd = () => list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await toTheEnd();
  await expect(window.getByRole('table')).toHaveAttribute('aria-rowcount', String(CALLS + 2));
  await toTheEnd();

  await oldest.getByRole('button', { name: 'sim/echo' }).click();
  await expect(window.getByRole('dialog', { name: 'Request' })).toContainText('OpenAI Chat Completions');
  await expectAccessible(window);
  await window.keyboard.press('Escape');

  await (await chat(gateway, key, { model: 'sim/echo' }, 'the-newest')).text();
  await list.evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(rows.first()).toContainText('the-newest');
});
