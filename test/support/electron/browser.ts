/** One Chromium for all windows of one app, with a debugging port so that the test can drive the same pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { systemChromium } from '../system-chromium.ts';

let launched: { context: Promise<BrowserContext>; profile: string } | undefined;

/** The profile lives in the app's own data directory, as Electron's does. */
export function browserContext(userData: string, size: { width: number; height: number }): Promise<BrowserContext> {
  if (launched === undefined) {
    const profile = join(userData, 'chromium');
    launched = { profile, context: launch(profile, size) };
  }
  return launched.context;
}

async function launch(profile: string, viewport: { width: number; height: number }): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(profile, {
    ...systemChromium(process.env.GATEHOUSE_DOUBLE_BROWSER === 'whole' ? 'whole' : 'light'),
    reducedMotion: 'reduce',
    args: [
      '--remote-debugging-port=0',
      // Electron's Chromium tells a page that the other end of its port is gone; plain Chromium only with this.
      '--enable-blink-features=MessagePortCloseEvent',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    viewport,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

const loaded = Promise.withResolvers<void>();

/** The first page is there; from now on somebody else may look at it. */
export function firstPageLoaded(): void {
  loaded.resolve();
}

/**
 * The address for `chromium.connectOverCDP`. Waits for the first page: a second debugger that attaches while the first
 * one is still setting its pages up can bring Chromium down.
 */
export async function debuggingUrl(): Promise<string> {
  if (launched === undefined) throw new Error('no window was opened yet');
  await loaded.promise;
  const [port = ''] = readFileSync(join(launched.profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return `http://127.0.0.1:${port}`;
}

export async function closeBrowser(): Promise<void> {
  const context = await launched?.context;
  await context?.close();
}
