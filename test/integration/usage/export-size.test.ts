/** An export of many requests is made page by page: what is in memory does not grow with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportChunks } from '../../../proxy/usage/export/export-lines.ts';
import { ended, start } from '../../support/cli/gatehouse.ts';
import { openHistory } from '../../support/usage-history.ts';

const ROWS = 100_000;
const START_MS = Date.UTC(2026, 9, 1);

function filled(dataDir: string) {
  const history = openHistory('UTC', dataDir);
  history.db.transaction(() => {
    for (let row = 0; row < ROWS; row += 1)
      history.usage.record({
        id: `req_${String(row).padStart(25, '0')}`,
        startedAtMs: START_MS + row,
        state: 'settled',
        protocol: 'openai-chat',
        stream: false,
        attempts: 1,
        client: `client ${row % 50}`,
        configVersion: 1,
      });
  })();
  return history;
}

test('100,000 requests, of which a reader never has more than a page, and what it leaves is not read', async () => {
  const { db } = filled(mkdtempSync(join(tmpdir(), 'gatehouse-export-')));
  const period = { fromMs: START_MS, toMs: START_MS + ROWS, filters: {} };
  let lines = 0;
  let longest = 0;
  for await (const chunk of exportChunks(db, period, 'jsonl')) {
    const here = chunk.split('\n').length - 1;
    longest = Math.max(longest, here);
    lines += here;
  }
  expect(lines).toBe(ROWS);
  expect(longest).toBeLessThanOrEqual(200);
  for await (const chunk of exportChunks(db, { ...period, filters: { client: ['client 7', null] } }, 'csv')) {
    expect(chunk.length).toBeLessThan(200_000);
    // The reader leaves: nothing stays open that would hold a writer up.
    if (chunk.includes('client 7')) break;
  }
  expect(db.prepare('DELETE FROM requests').run().changes).toBe(ROWS);
});

test('the command writes them all with little memory, as fast as they are taken', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-export-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const { storage } = filled(dataDir);
  storage.close();
  // Whole, the lines are 50 MB and more; that many rows held as objects several times as much.
  const child = start(['export', '--format', 'jsonl', '--data-dir', dataDir], {
    NODE_OPTIONS: '--max-old-space-size=40',
  });
  const { code, out, err } = await ended(child);
  expect({ code, err }).toEqual({ code: 0, err: `${ROWS} requests, charged 0 USD.\n` });
  expect(out.split('\n').length - 1).toBe(ROWS);
});

test('a reader that stops early ends the command quietly', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-export-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  filled(dataDir).storage.close();
  const main = new URL('../../../proxy/main.ts', import.meta.url).pathname;
  const child = spawn('sh', ['-c', '"$0" "$1" export --data-dir "$2" | head -n 3', process.execPath, main, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(Buffer.concat(chunks).toString().split('\n')).toHaveLength(4);
});
