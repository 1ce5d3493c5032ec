import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { ShellDriver } from '../../support/electron/driver.ts';
import { launchShell, whyNoShell } from '../../support/electron/launch.ts';

interface Opened {
  shell: ShellDriver;
  page: Page;
}

/** None of these specs may change anything, so they share one app. */
const test = base.extend<object, { opened: Opened }>({
  opened: [
    async ({ browserName: _unused }, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-guards-'));
      const shell = await launchShell({ dataDir });
      await shell.announcement();
      await use({ shell, page: await shell.page() });
      await shell.dispose();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
    { scope: 'worker' },
  ],
});

const missing = whyNoShell();
test.skip(missing !== undefined, missing);

test.beforeEach(async ({ opened }) => {
  await expect(opened.page.getByRole('heading', { name: 'Overview' })).toBeVisible();
});

test('the page can go nowhere else', async ({ opened: { shell, page } }) => {
  const url = page.url();
  await page.evaluate(() => {
    window.location.href = 'https://example.com/';
  });
  await expect.poll(() => shell.stderr()).toContain('refused a navigation to https:');
  await page.evaluate(() => {
    window.location.href = 'file:///etc/passwd';
  });
  expect(page.url()).toBe(url);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
});

test('the page opens no other window', async ({ opened: { shell, page } }) => {
  const opened = await page.evaluate(() => window.open('https://example.com/'));
  expect(opened).toBeNull();
  await expect.poll(() => shell.stderr()).toContain('refused a new window for https:');
  expect(await shell.windows()).toHaveLength(1);
});

test('the page reaches no network and runs no foreign script', async ({ opened: { page } }) => {
  const answers = await page.evaluate(async () => {
    const violations = new Set<string>();
    const allViolated = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        violations.add(event.effectiveDirective);
        if (violations.size === 3) resolve(undefined);
      });
    });
    const fetched = await fetch('https://example.com/').then(
      () => 'answered',
      () => 'refused',
    );
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.head.append(script);
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
    await allViolated;
    return { fetched, injected: 'injected' in window, violations: [...violations].sort() };
  });
  expect(answers.fetched).toBe('refused');
  expect(answers.injected).toBe(false);
  expect(answers.violations).toEqual(['connect-src', 'frame-src', 'script-src-elem']);
});

test('the page gets no permission', async ({ opened: { page } }) => {
  const states = await page.evaluate(async () => {
    const located = await new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('refused'),
      );
    });
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'refused',
    );
    return { located, media, notifications: await Notification.requestPermission() };
  });
  expect(states).toEqual({ located: 'refused', media: 'refused', notifications: 'denied' });
});

test('the preload script gives the page one word and nothing else', async ({ opened: { page } }) => {
  const seen = await page.evaluate(() => {
    const foreign = /gatehouse|electron|ipc|^require$|^process$|^module$|^exports$|^Buffer$|^global$/i;
    return {
      names: Object.getOwnPropertyNames(window).filter((name) => foreign.test(name)),
      host: (window as unknown as { gatehouseHost: unknown }).gatehouseHost,
    };
  });
  expect(seen).toEqual({ names: ['gatehouseHost'], host: 'desktop' });
});

test('a request for a port from anywhere else is refused', async ({ opened: { shell } }) => {
  await shell.forgePortRequest({ contentsId: 999, url: 'gatehouse://app/' });
  await expect.poll(() => shell.stderr()).toContain('refused a request for a control port');
  await shell.forgePortRequest({ url: 'https://example.com/' });
  await expect.poll(() => shell.stderr().match(/refused a request for a control port/g)).toHaveLength(2);
});
