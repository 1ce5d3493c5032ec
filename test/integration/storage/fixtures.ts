/** Data directories and clocks for the storage tests. Everything is real; directories go away with the test. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import type { Clock } from '../../../proxy/core/clock.ts';
import { openStorage } from '../../../proxy/storage/open.ts';
import type { Storage } from '../../../proxy/storage/types.ts';

/** 2026-11-20T12:00:00.000Z, and one millisecond more at every look. */
export function steppingClock(startMs = 1_795_176_000_000): Clock {
  let nowMs = startMs;
  return { nowMs: () => nowMs++, monotonicMs: () => nowMs };
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-storage-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Opened in the directory (a fresh one by default) and closed with the test. */
export function openForTest(options: Partial<Parameters<typeof openStorage>[0]> = {}): Storage {
  const storage = openStorage({ dataDir: temporaryDirectory(), clock: steppingClock(), ...options });
  onTestFinished(() => storage.close());
  return storage;
}

/** What `fn` throws; fails when it does not. */
export function thrownBy(fn: () => unknown): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

export function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

/** Windows has no such bits and answers the same for every file; its profile directories are private by inheritance. */
const WINDOWS = process.platform === 'win32';
export const PRIVATE_FILE = WINDOWS ? '666' : '600';
export const PRIVATE_DIRECTORY = WINDOWS ? '666' : '700';
export const skipOnWindows = ({ skip }: TestContext) => skip(WINDOWS, 'Windows has no permission bits');
