/** Every page, empty and with traffic, in both themes and at every size: it loads, it is accessible, nothing is cut off sideways. */
import { expectNothingCutOff, goToPlace, PLACES } from './care.ts';
import { chat, expect, expectAccessible, expectContrast, firstKey, test } from './fixtures.ts';

// Every page is looked at by axe, which takes its time on a busy machine.
test.describe.configure({ timeout: 150_000 });

const SMALL = { width: 900, height: 600 };
/** What is left of a window of 1280x800 at 200 % zoom, in the pixels of its style sheets. */
const ZOOMED = { width: 640, height: 400 };
const LARGEST = { width: 3840, height: 2160 };

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('every page with traffic is accessible in a small window', async ({ gateway, window }) => {
      const key = firstKey(gateway);
      for (const model of ['sim/echo', 'sim/no-usage', 'sim/error-429', 'nobody/nothing']) {
        await (await chat(gateway, key, { model })).text();
      }
      await window.setViewportSize(SMALL);
      await expect(window.getByRole('row')).toHaveCount(5);
      for (const place of PLACES) {
        await goToPlace(window, place);
        await (colorScheme === 'light' ? expectAccessible : expectContrast)(window);
        await expectNothingCutOff(window);
      }
    });
  });
}

test('every page on the first day is accessible', async ({ window }) => {
  for (const place of PLACES) {
    await goToPlace(window, place);
    await expectAccessible(window);
    await expectNothingCutOff(window);
  }
});

test('at 200 % zoom every page is read without scrolling sideways, and every page is in reach', async ({
  gateway,
  window,
}) => {
  const key = firstKey(gateway);
  for (const model of ['sim/echo', 'sim/lorem-100', 'sim/error-429'])
    await (await chat(gateway, key, { model })).text();
  await window.setViewportSize(ZOOMED);
  for (const place of PLACES) {
    await goToPlace(window, place);
    await expectNothingCutOff(window);
  }
  await goToPlace(window, ['/', 'Overview']);
  const links = window.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  await links.last().focus();
  await expect(links.last()).toBeInViewport({ ratio: 1 });
  await links.last().press('Enter');
  await expect(window.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('on the largest screen the page takes its part of the room', async ({ gateway, window }) => {
  await (await chat(gateway, firstKey(gateway), { model: 'sim/echo' })).text();
  await window.setViewportSize(LARGEST);
  for (const place of PLACES.filter(([path]) => path !== '/welcome')) {
    await goToPlace(window, place);
    await expectNothingCutOff(window);
    const page = await window.getByRole('main').locator('> div').first().boundingBox();
    expect(page?.width ?? 0, place[0]).toBeGreaterThan(LARGEST.width * 0.6);
  }
});

test('the overview says what to do before the first request', async ({ window, gateway }) => {
  await expect(window.getByText('Waiting for the first request')).toBeVisible();
  await expect(window.getByText(gateway.baseUrl, { exact: true }).first()).toBeVisible();
});

test('a page that does not exist leads back', async ({ window }) => {
  await window.evaluate(() => {
    location.hash = '#/nowhere';
  });
  await expect(window.getByRole('heading', { name: 'Page not found', level: 1 })).toBeVisible();
  await window.getByRole('link', { name: 'Go to the overview' }).click();
  await expect(window.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});
