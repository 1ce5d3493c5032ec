/** What every page has to stand up to: which pages there are, and how a page is checked for being cut off. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Every page and every part of one that has an address, with its heading. */
export const PLACES: readonly (readonly [path: string, heading: string])[] = [
  ['/', 'Overview'],
  ['/playground', 'Playground'],
  ['/requests', 'Requests'],
  ['/usage', 'Usage'],
  ['/ledger', 'Ledger'],
  ['/providers', 'Providers'],
  ['/models', 'Models'],
  ['/budgets', 'Budgets & limits'],
  ['/routing/try', 'Routing'],
  ['/routing/defaults', 'Routing'],
  ['/routing/virtual-models', 'Routing'],
  ['/routing/fallbacks', 'Routing'],
  ['/routing/rules', 'Routing'],
  ['/routing/splits', 'Routing'],
  ['/routing/health', 'Routing'],
  ['/access-keys', 'Access keys'],
  ['/connect', 'Connect a tool'],
  ['/activity', 'Activity'],
  ['/activity/versions', 'Activity'],
  ['/settings', 'Settings'],
  ['/welcome', 'Welcome to Gatehouse'],
];

/** Goes there by its address, and waits until everything on it has come. */
export async function goToPlace(page: Page, [path, heading]: (typeof PLACES)[number]): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#${path}`);
  await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/**
 * Nothing is cut off sideways and the page does not scroll that way (WCAG 1.4.10). Tables, code and other regions that
 * scroll by themselves are allowed to: they are named and a stop of the Tab key.
 */
export async function expectNothingCutOff(page: Page): Promise<void> {
  const cutOff = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth + 1;
    const scrolls = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    const isScroller = (element: Element) => scrolls(element) && element.scrollWidth > element.clientWidth + 1;
    const isAllowed = (element: Element) =>
      element.matches('section[aria-label][tabindex="0"], [role="tablist"], [role="tablist"] *');
    const inAllowed = (element: Element) => {
      for (let above: Element | null = element; above !== null; above = above.parentElement) {
        if (isScroller(above) && isAllowed(above)) return true;
      }
      return false;
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { width, height, right } = element.getBoundingClientRect();
        const beyond = width > 1 && height > 1 && right > edge && !inAllowed(element);
        return beyond || (isScroller(element) && !isAllowed(element) && !inAllowed(element));
      })
      .map((element) => `${element.tagName} ${element.className} ${(element.textContent ?? '').slice(0, 40)}`);
  });
  expect(cutOff).toEqual([]);
}
