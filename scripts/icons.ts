/**
 * Exports the PNG files of the tray from the SVG sources beside them (the app's own: scripts/app-icons):
 * `node scripts/icons.ts` (needs Playwright's Chromium or Debian's). The results are checked in.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const iconDir = join(import.meta.dirname, '..', 'resources', 'icons');

interface Export {
  source: string;
  file: string;
  sizePx: number;
  color?: string;
  accent?: string;
}

/** Electron picks the file for the screen's scale by its suffix. */
const TRAY_SCALES = [
  { suffix: '', sizePx: 16 },
  { suffix: '@1.5x', sizePx: 24 },
  { suffix: '@2x', sizePx: 32 },
];
const TRAY_STATES = ['idle', 'active', 'warning', 'blocked', 'failed'];
/** macOS uses only the shape of a `Template` image; the other two are for dark and for light panels. */
const TRAY_LOOKS = [
  { name: 'Template', color: '#000000', accent: '#000000' },
  { name: 'light', color: '#f8f9fa', accent: '#ffa94d' },
  { name: 'dark', color: '#212529', accent: '#d9480f' },
];

function trayExports(): Export[] {
  return TRAY_STATES.flatMap((state) =>
    TRAY_LOOKS.flatMap(({ name, color, accent }) =>
      TRAY_SCALES.map(({ suffix, sizePx }) => {
        return { source: `tray-${state}.svg`, file: `tray-${state}-${name}${suffix}.png`, sizePx, color, accent };
      }),
    ),
  );
}

const browser = await chromium.launch({
  ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  for (const { source, file, sizePx, color = 'black', accent = color } of trayExports()) {
    const svg = readFileSync(join(iconDir, 'source', source), 'utf8');
    await page.setViewportSize({ width: sizePx, height: sizePx });
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:100vw;height:100vh;color:${color}}.accent{fill:${accent}}</style>${svg}`,
    );
    await page.screenshot({ path: join(iconDir, file), omitBackground: true });
  }
} finally {
  await browser.close();
}
