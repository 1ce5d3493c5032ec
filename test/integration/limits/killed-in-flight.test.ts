/** The gateway is killed while a request with an Idempotency-Key is under way: after the restart it has ended, and is not made again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spawnGateway } from '../../support/gateway/process.ts';
import { expectBalancedBooks } from '../../support/gateway/start.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-idempotency-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test('a repeated request is told what recovery settled', async () => {
  const first = await spawnGateway(dataDir);
  const ask = (baseUrl: string) =>
    fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${first.accessKey}`, 'idempotency-key': 'once' },
      body: JSON.stringify({
        model: 'sim/stall',
        stream: true,
        max_tokens: 200,
        messages: [{ role: 'user', content: 'x' }],
      }),
    });
  // Its head is here, so it was reserved and sent; its end is not.
  const response = await ask(first.baseUrl);
  expect(response.status).toBe(200);
  const requestId = response.headers.get('x-request-id');
  const cut = expect(response.text()).rejects.toThrow();
  expect(await first.stop('SIGKILL')).toBe('SIGKILL');
  await cut;

  const second = await spawnGateway(dataDir);
  const again = await ask(second.baseUrl);
  expect([again.status, await again.json()]).toMatchObject([
    409,
    {
      error: {
        code: 'idempotency_replayed',
        gatehouse: { first_request: requestId, certainty: 'estimated', cost_usd: expect.any(String) },
      },
    },
  ]);
  expect(await second.stop()).toBe(0);
  await expectBalancedBooks(dataDir);
});
