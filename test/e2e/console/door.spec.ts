/** Who gets into the console, and what the others are told. */
import { expect, expectAccessible, openConsole, test } from './fixtures.ts';

test('the token leaves the address bar at once and survives a reload of the tab', async ({ page, gateway }) => {
  await openConsole(page, gateway);
  expect(page.url()).not.toContain('token');
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).not.toContain(new URL(gateway.consoleUrl).hash.replace('#token=', ''));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});

test('without the link the page says how to get it', async ({ page, gateway }) => {
  await page.goto(gateway.consoleUrl.replace(/#.*/, ''));
  await expect(page.getByRole('heading', { name: 'Open the console with its link' })).toBeVisible();
  await expectAccessible(page);
});

test('a wrong or old link is refused in words, and a good one pasted into the tab opens it', async ({
  page,
  gateway,
  expected,
}) => {
  expected.push(/status of 401/);
  await page.goto(gateway.consoleUrl.replace(/token=.*/, 'token=not-the-token'));
  await expect(page.getByRole('heading', { name: 'This link is no longer valid' })).toBeVisible();
  await expectAccessible(page);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(gateway.consoleUrl).hash);
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});
