/** Every page, empty and with traffic, in both themes and both sizes: it loads, it is accessible, nothing is cut off sideways. */
import type { Page } from '@playwright/test';
import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

const PAGES = [
  'Overview',
  'Playground',
  'Requests',
  'Usage',
  'Ledger',
  'Providers',
  'Models',
  'Routing',
  'Access keys',
  'Connect a tool',
  'Activity',
  'Settings',
];

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() =>
    [...document.querySelectorAll('html, main, header, nav')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.tagName),
  );
  expect(overflow).toEqual([]);
}

// Every page is looked at by axe, which takes its time on a busy machine.
test.describe.configure({ timeout: 150_000 });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('every page on the first day is accessible', async ({ window }) => {
      for (const name of PAGES) {
        await goTo(window, name);
        await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
        await expectAccessible(window);
        await expectNoSidewaysScroll(window);
      }
    });

    test('every page with traffic is accessible in a small window', async ({ gateway, window }) => {
      const key = firstKey(gateway);
      for (const model of ['sim/echo', 'sim/no-usage', 'sim/error-429', 'nobody/nothing']) {
        await (await chat(gateway, key, { model })).text();
      }
      await window.setViewportSize({ width: 900, height: 600 });
      await expect(window.getByRole('row')).toHaveCount(5);
      for (const name of PAGES) {
        await goTo(window, name);
        await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
        await expectAccessible(window);
        await expectNoSidewaysScroll(window);
      }
    });
  });
}

test('the overview says what to do before the first request', async ({ window, gateway }) => {
  await expect(window.getByText('Waiting for the first request')).toBeVisible();
  await expect(window.getByText(gateway.baseUrl, { exact: true }).first()).toBeVisible();
  await window.getByRole('region', { name: 'Connect a tool' }).getByRole('link', { name: 'Connect a tool' }).click();
  await expect(window.getByRole('heading', { name: 'Connect a tool', level: 1 })).toBeVisible();
});

test('a page that does not exist leads back', async ({ window }) => {
  await window.evaluate(() => {
    location.hash = '#/nowhere';
  });
  await expect(window.getByRole('heading', { name: 'Page not found', level: 1 })).toBeVisible();
  await window.getByRole('link', { name: 'Go to the overview' }).click();
  await expect(window.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});
