/** The gateway is killed in the middle of work, again and again, on one data directory: the books balance every time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestView } from '../../../proxy/contract/views.ts';
import { systemClock } from '../../../proxy/core/clock.ts';
import { createSqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import { openStorage } from '../../../proxy/storage/open.ts';
import type { UsageStore } from '../../../proxy/usage/types.ts';
import { createUsageStore } from '../../../proxy/usage/usage-store.ts';
import { spawnGateway } from '../../support/gateway/process.ts';
import { expectBalancedBooks } from '../../support/gateway/start.ts';

const KILLS = 5;
const PARALLEL = 12;
const MODELS = ['sim/echo', 'sim/slow-tokens', 'sim/stall', 'sim/lorem-40'];

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it('nothing is lost, doubled or left open', async () => {
  let key = '';
  let answered = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const gateway = await spawnGateway(dataDir);
    key = gateway.accessKey ?? key;
    const target = answered + 1 + round * 2;
    const enough = Promise.withResolvers<void>();
    const call = async (index: number): Promise<void> => {
      const stream = index % 2 === 0;
      const body = {
        model: MODELS[index % MODELS.length],
        stream,
        max_tokens: 200,
        messages: [{ role: 'user', content: `call ${index}` }],
      };
      const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
      });
      await response.text();
      if (response.ok && !stream) {
        answered += 1;
        if (answered >= target) enough.resolve();
      }
      return call(index + PARALLEL);
    };
    // Each worker goes on until the process under it is gone. Killed as soon as this round's share was answered.
    const calls = Promise.allSettled(Array.from({ length: PARALLEL }, (_, index) => call(index)));
    await enough.promise;
    expect(await gateway.stop('SIGKILL')).toBe('SIGKILL');
    await calls;
  }

  const last = await spawnGateway(dataDir);
  expect(await last.stop()).toBe(0);
  await expectBalancedBooks(dataDir);

  const storage = openStorage({ dataDir, clock: systemClock });
  const ledger = createSqliteLedger({ db: storage.db, clock: systemClock, timeZone: 'UTC' });
  const usage = createUsageStore({ db: storage.db });
  const requests = everyRequest(usage);
  const entries = [...ledger.exportEntries()];
  storage.close();
  // Every answer a client holds was charged, and every request the ledger knows has its record.
  const charges = entries.filter((entry) => entry.kind === 'charge');
  expect(charges.length).toBeGreaterThanOrEqual(answered);
  const crashed = requests.filter((request) => request.errorCode === 'gateway_crashed');
  expect(crashed.length).toBeGreaterThanOrEqual(KILLS);
  const recorded = new Set(requests.map((request) => request.id));
  // A charge and the record of its request are one transaction; what was cut off got its record at the next start.
  const unrecorded = entries.filter((entry) => entry.requestId !== undefined && !recorded.has(entry.requestId));
  expect(unrecorded).toEqual([]);
});

function everyRequest(usage: UsageStore): RequestView[] {
  const all: RequestView[] = [];
  for (let page = usage.list({ limit: 500 }); ; page = usage.list({ limit: 500, cursor: page.nextCursor })) {
    all.push(...page.items);
    if (page.nextCursor === undefined) return all;
  }
}
