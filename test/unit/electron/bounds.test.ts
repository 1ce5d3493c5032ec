import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundsWithin, loadWindow, saveWindow } from '../../../electron/window/bounds.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const fresh = { width: 1280, height: 800 };

describe('boundsWithin', () => {
  it('opens at the default size the first time', () => {
    expect(boundsWithin(undefined, [screen])).toEqual(fresh);
  });

  it('comes back where it was, on whichever screen', () => {
    const saved = { x: 2000, y: 40, width: 1000, height: 700 };
    expect(boundsWithin(saved, [screen, second])).toEqual(saved);
  });

  it.each([
    ['its screen is gone', { x: 2000, y: 40, width: 1000, height: 700 }],
    ['its title bar would be above the screen', { x: 10, y: -300, width: 1000, height: 700 }],
    ['only a sliver would show', { x: 1900, y: 10, width: 1000, height: 700 }],
    ['it would be below the screen', { x: 10, y: 1070, width: 1000, height: 700 }],
  ])('opens at the default place when %s', (_name, saved) => {
    expect(boundsWithin(saved, [screen])).toEqual(fresh);
  });

  it('is never larger than its screen nor smaller than is usable', () => {
    expect(boundsWithin({ x: 0, y: 0, width: 5000, height: 5000 }, [screen])).toEqual(screen);
    expect(boundsWithin({ x: 0, y: 0, width: 100, height: 100 }, [screen])).toEqual({
      x: 0,
      y: 0,
      width: 900,
      height: 600,
    });
  });
});

describe('the saved place', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-bounds-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('survives a round trip, for its owner alone', () => {
    const file = join(folder, 'window.json');
    const saved = { x: 1, y: 2, width: 1000, height: 700, maximized: true, toldAboutTray: true };
    saveWindow(file, saved);
    expect(loadWindow(file)).toEqual(saved);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '[]', '{"x":"1"}', 'null'])('is forgotten when it reads %j', (text) => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, text);
    expect(loadWindow(file)).toBeUndefined();
  });

  it('is not there the first time', () => {
    expect(loadWindow(join(folder, 'none.json'))).toBeUndefined();
  });
});
