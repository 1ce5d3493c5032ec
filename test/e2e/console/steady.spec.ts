/** While calls stream, only the list they come into changes: nothing else on the page moves under a person's hand. */
import type { Page } from '@playwright/test';
import { chat, expect, firstKey, goTo, test } from './fixtures.ts';

/** Of the browser's own measure of layout shift, where 0.1 is the border of what people notice. */
const SHIFT_MAX = 0.01;
const CALLS = 24;
const AT_ONCE = 6;
const FEED_ROWS = 60;

interface Shift {
  readonly value: number;
  readonly moved: readonly string[];
}

declare global {
  interface Window {
    shifts: Shift[];
  }
}

/** Notes every shift from now on, but for rows of a list of requests that make room for a newer one. */
async function watchShifts(window: Page): Promise<void> {
  await window.evaluate(() => {
    globalThis.window.shifts = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as PerformanceEntry & {
          value: number;
          sources: readonly { readonly node: Node | null }[];
        };
        const moved = sources
          .map(({ node }) => (node instanceof Element ? node : (node?.parentElement ?? undefined)))
          .filter((element) => element !== undefined)
          .filter((element) => element.closest('tbody') === null)
          .map((element) => `${element.tagName} ${element.className} ${(element.textContent ?? '').slice(0, 30)}`);
        if (moved.length > 0) globalThis.window.shifts.push({ value, moved });
      }
    });
    observer.observe({ type: 'layout-shift', buffered: false });
  });
}

for (const [page, region] of [
  ['Overview', 'Live requests'],
  ['Requests', 'All requests'],
] as const) {
  test(`${page} stays where it is while calls come`, async ({ window, gateway }) => {
    const key = firstKey(gateway);
    const send = (model: string, client: string) =>
      Promise.all(
        Array.from({ length: AT_ONCE }, async () => (await chat(gateway, key, { model, stream: true }, client)).text()),
      );
    // As many as the feed shows, so that it is no longer growing.
    for (let sent = 0; sent < FEED_ROWS; sent += AT_ONCE) await send('sim/echo', 'before');
    await (await chat(gateway, key, { model: 'sim/error-429' }, 'last-before')).text();
    await goTo(window, page);
    const rows = window.getByRole('region', { name: region }).locator('[data-request]');
    await expect(rows.first()).toContainText('last-before');
    await expect(rows.first()).toContainText('Failed');
    await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
    await watchShifts(window);
    for (let sent = 0; sent < CALLS; sent += AT_ONCE) await send('sim/lorem-100', 'steady');
    await expect(rows.first()).toContainText('steady');
    await expect(window.getByRole('region', { name: region })).not.toContainText('Streaming');
    const shifts = await window.evaluate(() => globalThis.window.shifts);
    const total = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(total, JSON.stringify(shifts.flatMap(({ moved }) => moved))).toBeLessThan(SHIFT_MAX);
  });
}
