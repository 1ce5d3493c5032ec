/** The disk fills up while the gateway runs: calls are refused clearly, nothing is half-written, and it goes on afterwards. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectBalancedBooks, startTestGateway } from '../../support/gateway/start.ts';

const mayMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
const name =
  mayMount || process.env.CI === 'true'
    ? 'disk full'
    : 'disk full [skipped: needs the right to mount a small file system]';

describe.skipIf(!mayMount && process.env.CI !== 'true')(name, () => {
  it('is refused with 503 ledger_unavailable and heals by itself', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', dataDir]);
    try {
      const gate = await startTestGateway(undefined, { dataDir });
      const ask = () => gate.chat({ model: 'sim/echo', messages: [{ role: 'user', content: 'x' }] });
      expect((await ask()).status).toBe(200);
      const { bavail, bsize } = statfsSync(dataDir);
      const filler = join(dataDir, 'filler');
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
      const statuses: number[] = [];
      let body = '';
      // The write-ahead log may still have room for a few.
      for (let tries = 0; tries < 400 && statuses.at(-1) !== 503; tries += 1) {
        const response = await ask();
        statuses.push(response.status);
        body = await response.text();
      }
      expect(statuses.at(-1)).toBe(503);
      expect(body).toContain('"ledger_unavailable"');
      rmSync(filler);
      expect((await ask()).status).toBe(200);
      await gate.gateway.close(1000);
      await expectBalancedBooks(dataDir);
    } finally {
      execFileSync('umount', [dataDir]);
      rmSync(dataDir, { recursive: true });
    }
  });
});
