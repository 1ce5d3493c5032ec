/** A desktop app of its own for each spec: fresh data directory, gateway on a free port, everything gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page, type TestInfo } from '@playwright/test';
import type { ShellDriver } from '../../support/electron/driver.ts';
import { launchShell, whyNoShell } from '../../support/electron/launch.ts';
import { leaveGuide } from '../../support/guide.ts';

interface Fixtures {
  dataDir: string;
  shell: ShellDriver;
}

export const test = base.extend<Fixtures>({
  // biome wants no empty pattern; Playwright insists on a destructured first argument.
  dataDir: async ({ browserName: _unused }, use) => {
    const missing = whyNoShell();
    base.skip(missing !== undefined, missing);
    const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-shell-'));
    leaveGuide(dataDir);
    await use(dataDir);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  },
  shell: async ({ dataDir }, use, info) => {
    const { shell, end } = judgedShell(await launchShell({ dataDir }));
    await use(shell);
    await end();
    await attachStderr(shell, info);
  },
});

export interface JudgedShell<Shell extends ShellDriver> {
  readonly shell: Shell;
  /** Disposes of it, and fails when the window complained. */
  end(): Promise<void>;
}

/** Whatever the browser complains of (violations of the content policy, console errors, uncaught errors) fails the spec. */
export function judgedShell<Shell extends ShellDriver>(shell: Shell): JudgedShell<Shell> {
  const complaints: string[] = [];
  const judged = new WeakSet<Page>();
  const page = async (): Promise<Page> => {
    const shown = await shell.page();
    if (!judged.has(shown)) judge(shown, complaints);
    judged.add(shown);
    return shown;
  };
  return {
    shell: { ...shell, page },
    async end() {
      await shell.dispose();
      expect(complaints, 'the window complained').toEqual([]);
    },
  };
}

/** What was said before somebody looked is told again by Chromium when Playwright attaches. */
function judge(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}

export { expect };

/** What the app said goes with a failed spec. */
export async function attachStderr(shell: ShellDriver, info: TestInfo): Promise<void> {
  if (info.status !== info.expectedStatus) await info.attach('stderr', { body: shell.stderr() });
}

/** The label of a tray item, or undefined when it is not there. */
export async function trayLabel(shell: ShellDriver, id: string): Promise<string | undefined> {
  const tray = await shell.tray();
  return tray?.items.find((item) => item.id === id)?.label;
}

/** Clicks a tray item as soon as it can be clicked. */
export async function clickTray(shell: ShellDriver, id: string): Promise<void> {
  await expect.poll(async () => (await shell.tray())?.items.find((item) => item.id === id)?.enabled).toBe(true);
  await shell.clickTray(id);
}

export interface Running {
  baseUrl: string;
  accessKey: string;
}

/** Waits for the first gateway of a fresh data directory. */
export async function firstStart(shell: ShellDriver): Promise<Running> {
  const { baseUrl, accessKey } = await shell.announcement();
  expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  expect(accessKey).toMatch(/^gh_/);
  return { baseUrl: String(baseUrl), accessKey: String(accessKey) };
}

/** One call through the gateway, as a tool makes it. */
export function chat({ baseUrl, accessKey }: Running, model = 'sim/echo'): Promise<Response> {
  return fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  });
}
