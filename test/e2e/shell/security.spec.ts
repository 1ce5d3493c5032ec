import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { ShellDriver } from '../../support/electron/driver.ts';
import { launchShell, whyNoShell } from '../../support/electron/launch.ts';
import { leaveGuide } from '../../support/guide.ts';

interface Opened {
  shell: ShellDriver;
  page: Page;
}

/** None of these specs may change anything, so they share one app. Permissions are asked for in a whole browser only. */
const test = base.extend<object, { opened: Opened }>({
  opened: [
    async ({ browserName: _unused }, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-guards-'));
      leaveGuide(dataDir);
      const shell = await launchShell({ dataDir, env: { GATEHOUSE_DOUBLE_BROWSER: 'whole' } });
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
  const opened = await page.evaluate(() => window.open('http://example.com/'));
  expect(opened).toBeNull();
  await expect.poll(() => shell.stderr()).toContain('refused a new window for http:');
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

test('messages from anywhere else are refused: no port, no answer, nothing changed', async ({
  opened: { shell, page },
}) => {
  const elsewhere = [{ contentsId: 999, url: 'gatehouse://app/' }, { url: 'https://example.com/' }];
  for (const from of elsewhere) await shell.forgeMessage('gatehouse:need-port', from);
  await expect.poll(() => shell.stderr().match(/refused a request for a control port/g)).toHaveLength(2);

  const question = { id: 1, ask: { ask: 'set', settings: { onClose: 'quit' } } };
  for (const from of elsewhere) await shell.forgeMessage('gatehouse:desktop-ask', from, question);
  await expect.poll(() => shell.stderr().match(/refused a question about the app/g)).toHaveLength(2);
  const settings = await askDesktop(page, { id: 2, ask: { ask: 'view' } });
  expect(settings).toMatchObject({ ok: true, view: { settings: { onClose: 'tray' } } });
});

test('what the page asks of the app is checked before it is done', async ({ opened: { page } }) => {
  const refused = { ok: false, message: 'The desktop app does not know this question.' };
  for (const ask of [{ ask: 'openPath', path: '/etc' }, { ask: 'set', settings: { onClose: 'never' } }, 'view'])
    expect(await askDesktop(page, { id: 3, ask })).toEqual({ id: 3, ...refused });
});

/** As the page's own code asks: by a message to itself, which the preload script carries over. */
function askDesktop(page: Page, question: { id: number; ask: unknown }): Promise<unknown> {
  return page.evaluate((asked) => {
    const answered = new Promise<unknown>((resolve) => {
      window.addEventListener('message', ({ data }: MessageEvent<{ type?: string; answer?: { id: number } }>) => {
        if (data.type === 'gatehouse:desktop-answer' && data.answer?.id === asked.id) resolve(data.answer);
      });
    });
    window.postMessage({ type: 'gatehouse:desktop-ask', question: asked }, '*');
    return answered;
  }, question);
}
