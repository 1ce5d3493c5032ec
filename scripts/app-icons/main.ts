/**
 * Exports the app's icons from the SVG sources: `node scripts/app-icons/main.ts` (needs Playwright's Chromium or
 * Debian's). The results are checked in. Small sizes have drawings of their own: a portcullis of three bars is a grey
 * smear on sixteen pixels.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { ICNS_SIZES_PX, toIcns } from './icns.ts';
import { toIco } from './ico.ts';
import type { Picture } from './picture.ts';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const iconDir = join(import.meta.dirname, '..', '..', 'resources', 'icons');
const outDir = join(iconDir, 'app');

const LINUX_SIZES_PX = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const WINDOWS_SIZES_PX = [16, 20, 24, 32, 40, 48, 64, 128, 256];
/** The one that the window carries on Linux. */
const WINDOW_SIZE_PX = 512;
/** Apple's grid leaves a margin: the tile is 824 of 1024 pixels wide; in app.svg it is 464 of 512. */
const MAC_SCALE = 824 / 1024 / (464 / 512);

/** Which drawing is made of whole pixels at this size. */
function sourceFor(sizePx: number): string {
  if (sizePx === 16 || sizePx === 20 || sizePx === 32) return 'app-16.svg';
  return sizePx < 64 ? 'app-24.svg' : 'app.svg';
}

async function draw(page: Page, sizePx: number, scale = 1): Promise<Picture> {
  const svg = readFileSync(join(iconDir, 'source', sourceFor(sizePx)), 'utf8');
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(
    `<style>*{margin:0}svg{display:block;width:100vw;height:100vh;transform:scale(${scale})}</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  return { sizePx, png, rgba: await pointsOf(page, png) };
}

/** The browser that drew it also takes it apart. */
async function pointsOf(page: Page, png: Buffer): Promise<Uint8Array> {
  const points = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]), {
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (canvas === null) throw new Error('this browser gives no canvas');
    canvas.drawImage(bitmap, 0, 0);
    let letters = '';
    for (const byte of canvas.getImageData(0, 0, bitmap.width, bitmap.height).data)
      letters += String.fromCharCode(byte);
    return btoa(letters);
  }, png.toString('base64'));
  return Buffer.from(points, 'base64');
}

async function drawAll(page: Page, sizesPx: readonly number[], scaleOf: (sizePx: number) => number = () => 1) {
  const pictures: Picture[] = [];
  for (const sizePx of sizesPx) pictures.push(await draw(page, sizePx, scaleOf(sizePx)));
  return pictures;
}

const browser = await chromium.launch({
  ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  mkdirSync(outDir, { recursive: true });
  const page = await browser.newPage();
  for (const { sizePx, png } of await drawAll(page, LINUX_SIZES_PX)) {
    writeFileSync(join(outDir, `${sizePx}x${sizePx}.png`), png);
    if (sizePx === WINDOW_SIZE_PX) writeFileSync(join(iconDir, `app-${sizePx}.png`), png);
  }
  writeFileSync(join(outDir, 'app.ico'), toIco(await drawAll(page, WINDOWS_SIZES_PX)));
  // Drawn to whole pixels, the small ones stay as large as they are: at their size a margin is lost detail.
  const macScale = (sizePx: number) => (sizePx < 64 ? 1 : MAC_SCALE);
  writeFileSync(join(outDir, 'app.icns'), toIcns(await drawAll(page, ICNS_SIZES_PX, macScale)));
} finally {
  await browser.close();
}
