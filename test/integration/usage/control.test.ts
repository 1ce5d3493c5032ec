/** Usage over the control contract of a whole gateway, by HTTP and by MessagePort, against real calls. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlClient, startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

const CALLS = 3;
const day = { fromMs: Date.now() - 86_400_000, toMs: Date.now() + 86_400_000 };
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway(
    {
      timeZone: 'Asia/Kathmandu',
      providers: [
        {
          id: 'sim',
          kind: 'simulator',
          models: [
            { id: 'echo', inputUsdPerMTok: 3, outputUsdPerMTok: 7, contextTokens: 10_000, maxOutputTokens: 500 },
          ],
        },
      ],
      fees: { defaultBps: 0, projects: { acme: 1_500 } },
      accessKeys: [{ id: 'cli', value: 'env:KEY', project: 'acme' }],
    },
    { env: { KEY: 'gh_a-key-of-the-test' } },
  );
  for (let call = 0; call < CALLS; call += 1) {
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer gh_a-key-of-the-test', 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'sim/echo', messages: [{ role: 'user', content: 'Hello there' }] }),
    });
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  }
});
afterAll(() => gateway.close());

test('a summary by project and model tells what the ledger charged', async () => {
  const { chargedNano } = await gateway.control.ledger.balance();
  expect(chargedNano).toBeGreaterThan(0);
  const { groups, total } = await gateway.control.usage.summary({ ...day, groupBy: ['project', 'modelServed', 'day'] });
  expect(groups).toHaveLength(1);
  expect(groups[0]?.key).toMatchObject({ project: 'acme', day: expect.any(Number) });
  expect(total).toMatchObject({ requests: CALLS, failed: 0, refused: 0, aborted: 0, chargedNano });
  expect(total.latencyMs?.count).toBe(CALLS);
});

test('a series has every hour of the zone, also those without calls', async () => {
  const { buckets, lines } = await gateway.control.usage.series({ ...day, bucket: 'hour', groupBy: 'provider' });
  expect(buckets.length).toBeGreaterThanOrEqual(48);
  // Nepal's hours begin at a quarter to in UTC.
  for (const { startMs } of buckets) expect(new Date(startMs).getUTCMinutes()).toBe(15);
  expect(lines).toMatchObject([{ value: 'sim' }]);
  expect(lines[0]?.points.reduce((sum, { requests }) => sum + requests, 0)).toBe(CALLS);
});

test('an invoice has cost, fee and charge of the project, and prints', async () => {
  const { chargedNano } = await gateway.control.ledger.balance();
  const input = { party: 'project' as const, name: 'acme', ...day };
  const invoice = await gateway.control.usage.invoice(input);
  expect(invoice).toMatchObject({ chargedNano, dueNano: chargedNano, timeZone: 'Asia/Kathmandu', openHolds: 0 });
  expect(invoice.costNano + invoice.feeNano).toBe(chargedNano);
  expect(invoice.feeNano).toBeGreaterThan(0);
  const { html } = await gateway.control.usage.invoicePage(input);
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).not.toMatch(/<script|https?:/);
});

test.each([['csv'], ['jsonl']] as const)('an export as %s comes in chunks over both transports', async (format) => {
  const overPort = portClient(gateway);
  const texts: string[] = [];
  for (const client of [gateway.control, overPort.client]) {
    let text = '';
    for await (const chunk of await client.usage.export({ ...day, format })) text += chunk;
    texts.push(text);
  }
  overPort.close();
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]?.trimEnd().split('\n')).toHaveLength(CALLS + (format === 'csv' ? 1 : 0));
});

test('a period of too many hours is refused with what to ask instead', async () => {
  await expect(gateway.control.usage.series({ fromMs: 0, toMs: day.toMs, bucket: 'hour' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('by day'),
  });
  await expect(gateway.control.usage.summary({ fromMs: 5, toMs: 5 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('everything there ever was is summed up without a limit', async () => {
  const { total } = await gateway.control.usage.summary({ fromMs: 0, toMs: day.toMs });
  expect(total.requests).toBe(CALLS);
});

function portClient({ gateway: running }: TestGateway): { client: ControlClient; close: () => void } {
  const { port1, port2 } = new MessageChannel();
  running.serveControl(port1);
  port2.start();
  return { client: createORPCClient<ControlClient>(new RPCLink({ port: port2 })), close: () => port2.close() };
}
