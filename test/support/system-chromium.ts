/** Debian's Chromium, where it is installed. */
import { existsSync } from 'node:fs';

const WHOLE = '/usr/bin/chromium';
/** Needs half the processor time, but knows no permissions. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** Launch options for Playwright; empty where Playwright's own browser is to be used. */
export function systemChromium(which: 'light' | 'whole'): { executablePath?: string } {
  const paths = which === 'light' ? [HEADLESS_SHELL, WHOLE] : [WHOLE];
  const executablePath = paths.find((path) => existsSync(path));
  return executablePath === undefined ? {} : { executablePath };
}
