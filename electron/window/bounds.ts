/** Remembers where the window was. A file that cannot be read or does not hold is as good as none. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

export const WINDOW_SIZE = { width: 1280, height: 800, minWidth: 900, minHeight: 600 };

const savedWindow = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
  /** The person was told once that closing the window leaves the gateway running. */
  toldAboutTray: z.boolean().default(false),
});
export type SavedWindow = z.infer<typeof savedWindow>;

/** Undefined on the first start and when the file is damaged. */
export function loadWindow(file: string): SavedWindow | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return savedWindow.safeParse(parseJson(text)).data;
}

export function saveWindow(file: string, saved: SavedWindow): void {
  writeFileSync(file, JSON.stringify(saved), { mode: 0o600 });
}

/** Keeps a window reachable: a screen that is gone, or a smaller one, gives the default place. `areas` are work areas. */
export function boundsWithin(
  saved: Rectangle | undefined,
  areas: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } {
  const size = { width: WINDOW_SIZE.width, height: WINDOW_SIZE.height };
  if (saved === undefined) return size;
  const area = areas.find((candidate) => holdsTitleBar(candidate, saved));
  if (area === undefined) return size;
  return {
    x: saved.x,
    y: saved.y,
    width: clamp(saved.width, WINDOW_SIZE.minWidth, Math.max(WINDOW_SIZE.minWidth, area.width)),
    height: clamp(saved.height, WINDOW_SIZE.minHeight, Math.max(WINDOW_SIZE.minHeight, area.height)),
  };
}

const GRAB_PX = 64;

/** Enough of the upper edge is inside to take hold of it. */
function holdsTitleBar(area: Rectangle, saved: Rectangle): boolean {
  const visible = Math.min(saved.x + saved.width, area.x + area.width) - Math.max(saved.x, area.x);
  return visible >= GRAB_PX && saved.y >= area.y && saved.y <= area.y + area.height - GRAB_PX;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
