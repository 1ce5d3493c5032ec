/**
 * The window as people meet it: a real headless gateway in a process and a data directory of its own, its web console in
 * Chromium. Whatever the browser reports (console errors, uncaught errors, violations of the content policy) fails the test.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type GatewayProcess, spawnGateway } from '../../support/gateway/process.ts';
import { leaveGuide } from '../../support/guide.ts';

export { expect };

const BUILT_GATEWAY = fileURLToPath(new URL('../../../dist/proxy/main.js', import.meta.url));

interface Fixtures {
  readonly dataDir: string;
  /** A truly new installation, which opens the guided start by itself. */
  readonly untouched: boolean;
  /** A config file for the gateway; empty: none, it is not managed. */
  readonly config: string;
  /** What stands in the gateway's environment besides the usual. */
  readonly gatewayEnv: Record<string, string>;
  readonly gateway: GatewayProcess;
  /** Complaints of the browser that a test provokes on purpose. */
  readonly expected: RegExp[];
  /** The console, open on the overview and connected. */
  readonly window: Page;
}

export const test = base.extend<Fixtures>({
  untouched: [false, { option: true }],
  dataDir: async ({ untouched }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-console-'));
    if (!untouched) leaveGuide(dataDir);
    await use(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  },
  config: ['', { option: true }],
  gatewayEnv: async ({ browserName: _ }, use) => {
    await use({});
  },
  gateway: async ({ dataDir, config, gatewayEnv }, use) => {
    const configPath = join(dataDir, 'gatehouse.yaml');
    if (config !== '') writeFileSync(configPath, config);
    const gateway = await spawnGateway(dataDir, {
      // As built, like the window that it serves: the sources take three times as long to start.
      program: BUILT_GATEWAY,
      env: { GATEHOUSE_LOG_LEVEL: 'warn', ...gatewayEnv },
      ...(config === '' ? {} : { configPath }),
    });
    await use(gateway);
    await gateway.stop('SIGKILL');
  },
  expected: async ({ browserName: _ }, use) => {
    await use([]);
  },
  // Depends on the gateway, so that the page is judged before the gateway is stopped under it.
  page: async ({ page, expected, gateway: _ }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`content policy: ${event.violatedDirective} blocked ${event.blockedURI}`);
      });
    });
    await use(page);
    expect(complaints.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
  },
  window: async ({ page, gateway }, use) => {
    await openConsole(page, gateway);
    await use(page);
  },
});

export async function openConsole(page: Page, gateway: GatewayProcess): Promise<void> {
  await page.goto(gateway.consoleUrl);
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Gateway: Running' })).toBeAttached();
}

/** Goes to a page the way people do, by the navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** One chat completion as a tool sends it. */
export function chat(
  gateway: GatewayProcess,
  key: string,
  body: Record<string, unknown>,
  client = 'spec',
): Promise<Response> {
  return fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-client-id': client },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'hello' }], ...body }),
  });
}

export function firstKey(gateway: GatewayProcess): string {
  if (gateway.accessKey === undefined) throw new Error('the gateway printed no access key');
  return gateway.accessKey;
}

/** WCAG 2.2 AA, as far as a machine can tell, with what is on the page now. */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  await expectNoViolations(page, new AxeBuilder({ page }).withTags(tags));
}

/** What of it depends on the theme. */
export async function expectContrast(page: Page): Promise<void> {
  await expectNoViolations(page, new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']));
}

async function expectNoViolations(page: Page, axe: AxeBuilder): Promise<void> {
  await settleAnimations(page);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

/** Contrast is measured on what is painted, so fades have to be over; endless ones (the "running" dot) are left out. */
async function settleAnimations(page: Page): Promise<void> {
  // Away from whatever shows a tool tip.
  await page.mouse.move(1, 1);
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
