/** The bounds of the walk over /proc, on a small /proc of our own. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createProcScan, type ScanLimits } from '../../../proxy/usage/process-owner/proc-scan.ts';

const WANTED = '48211';

/** Processes of this user by pid, each with the sockets it holds. */
function procWith(processes: Record<number, readonly string[]>): string {
  const procDir = mkdtempSync(join(tmpdir(), 'gatehouse-proc-'));
  onTestFinished(() => rmSync(procDir, { recursive: true }));
  for (const [pid, inodes] of Object.entries(processes)) {
    mkdirSync(join(procDir, pid, 'fd'), { recursive: true });
    for (const [index, inode] of inodes.entries())
      symlinkSync(`socket:[${inode}]`, join(procDir, pid, 'fd', String(index)));
  }
  return procDir;
}

/** Time stands until the clock was read this many times, then all of it is over. */
function scan(procDir: string, options: { readsMax?: number; limits?: ScanLimits } = {}) {
  let reads = 0;
  return createProcScan({
    procDir,
    uid: process.getuid?.() ?? 0,
    monotonicMs: () => (++reads > (options.readsMax ?? Number.POSITIVE_INFINITY) ? 10_000 : 0),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
}

describe.runIf(process.platform === 'linux')('a walk over /proc', () => {
  test('finds who holds the socket, among others and other sockets', async () => {
    const procDir = procWith({ 7: ['1', '2'], 8: ['3', WANTED], 9: [] });
    expect(await scan(procDir)(WANTED)).toBe(8);
    expect(await scan(procDir)('4')).toBeUndefined();
  });

  test('stops where its time is over, wherever that is', async () => {
    const procDir = procWith({ 7: [WANTED] });
    const found = await Promise.all([1, 2, 3].map((readsMax) => scan(procDir, { readsMax })(WANTED)));
    expect(found).toEqual([undefined, undefined, 7]);
  });

  test('looks at the newest processes, up to its bound', async () => {
    const procDir = procWith({ 7: [WANTED], 8: [], 9: [] });
    const limits = (pidsMax: number) => ({ timeMsMax: 500, pidsMax });
    expect(await scan(procDir, { limits: limits(2) })(WANTED)).toBeUndefined();
    expect(await scan(procDir, { limits: limits(3) })(WANTED)).toBe(7);
  });

  test('asks first who called a moment ago', async () => {
    const procDir = procWith({ 7: [WANTED, '5'], 8: [], 9: [] });
    // Found once by the whole walk; the second time one look at the clock is enough to get there.
    let budget = Number.POSITIVE_INFINITY;
    let reads = 0;
    const find = createProcScan({
      procDir,
      uid: process.getuid?.() ?? 0,
      monotonicMs: () => (++reads > budget ? 10_000 : 0),
    });
    expect(await find(WANTED)).toBe(7);
    reads = 0;
    budget = 2;
    expect(await find('5')).toBe(7);
  });
});
