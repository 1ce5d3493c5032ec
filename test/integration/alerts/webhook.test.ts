/** One POST to real receivers of every kind. The signature is checked by WebCrypto, not by the code that made it. */
import { createServer } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../../proxy/alerts/types.ts';
import { createWebhookSender } from '../../../proxy/alerts/webhook.ts';
import type { AlertView } from '../../../proxy/contract/alerts.ts';
import { postBy } from '../../../proxy/gateway/post.ts';
import { SECRET, startTransport, webhookTo } from '../../support/alerts.ts';
import { type Answer, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';
import { ManualTime } from '../../support/manual-time.ts';

const ALERT: AlertView = {
  id: 'alert_1',
  atMs: 1_795_176_000_000,
  event: 'budget',
  severity: 'warning',
  title: 'Budget "month": 80 % used',
  message: '$16 of $20 is spent — höchste Zeit.',
  facts: { budget: 'month', percent: 80, limitNano: 20_000_000_000 },
  budget: 'month',
};

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

async function receiver(answer: Answer): Promise<Upstream> {
  const upstream = await startUpstream(answer);
  undo.push(() => upstream.close());
  return upstream;
}

function send(
  baseUrl: string,
  options: { timeoutMs?: number; attempt?: number; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const transport = startTransport();
  onTestFinished(() => transport.close());
  const { timeoutMs = 5_000, attempt = 1, signal = new AbortController().signal } = options;
  const sender = createWebhookSender({
    post: postBy(transport),
    clock: new ManualTime().clock,
    userAgent: 'Gatehouse/1.2.3',
    timeoutMs,
  });
  return sender(webhookTo(baseUrl), ALERT, attempt, signal);
}

/** As docs/alerts.md tells receivers to do it. */
async function isSigned(header: unknown, body: Buffer, secret: string): Promise<boolean> {
  const [, seconds, hex = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(header)) ?? [];
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
  const signed = Buffer.concat([Buffer.from(`${seconds}.`), body]);
  return crypto.subtle.verify('HMAC', key, Buffer.from(hex, 'hex'), new Uint8Array(signed));
}

describe('what is sent', () => {
  test('a signed JSON event, to the whole address', async () => {
    const upstream = await receiver((_seen, response) => void response.writeHead(204).end());
    expect(await send(upstream.baseUrl, { attempt: 3 })).toEqual({ ok: true, status: 204 });
    const { url, headers, body } = await upstream.next();
    expect(url).toBe('/hooks/T0K3N?x=1');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Gatehouse/1.2.3',
      'x-gatehouse-event': 'budget',
      'x-gatehouse-id': 'alert_1',
      'x-gatehouse-attempt': '3',
    });
    expect(JSON.parse(body.toString())).toEqual({
      id: 'alert_1',
      event: 'budget',
      at: '2026-11-20T12:00:00.000Z',
      severity: 'warning',
      title: ALERT.title,
      message: ALERT.message,
      facts: ALERT.facts,
      budget: 'month',
    });
    const signature = headers['x-gatehouse-signature'];
    expect(signature).toMatch(/^t=1795176000,/);
    expect(await isSigned(signature, body, SECRET)).toBe(true);
    expect(await isSigned(signature, body, 'another secret')).toBe(false);
    expect(await isSigned(signature, Buffer.concat([body, Buffer.from(' ')]), SECRET)).toBe(false);
    expect(await isSigned(String(signature).replace('t=1795176000', 't=1795176001'), body, SECRET)).toBe(false);
  });
});

describe('what comes back', () => {
  test.each([
    [500, { ok: false, status: 500, error: 'answered 500' }],
    [404, { ok: false, status: 404, error: 'answered 404' }],
    [410, { ok: false, status: 410, final: true, error: expect.stringContaining('does not want alerts any more') }],
  ])('%d', async (status, outcome) => {
    const upstream = await receiver((_seen, response) => void response.writeHead(status).end('why'));
    expect(await send(upstream.baseUrl)).toEqual(outcome);
  });

  test('a redirect is a failure in words, and nobody goes there', async () => {
    const there = await receiver((_seen, response) => void response.writeHead(200).end());
    const here = await receiver(
      (_seen, response) => void response.writeHead(307, { location: `${there.baseUrl}/secret` }).end(),
    );
    expect(await send(here.baseUrl)).toEqual({
      ok: false,
      status: 307,
      error: 'answered with a redirect (307), which is not followed; put the final address into the config',
    });
    expect(there.requests).toEqual([]);
  });

  test('an endless answer is cut, and its status stands', async () => {
    const upstream = await receiver((seen, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
      void seen;
    });
    expect(await send(upstream.baseUrl, { timeoutMs: 600_000 })).toEqual({ ok: true, status: 200 });
    await upstream.requests[0]?.aborted;
  });

  test('an answer that stops after its status has told enough', async () => {
    const upstream = await receiver((_seen, response) => void response.writeHead(202).write('o'));
    expect(await send(upstream.baseUrl, { timeoutMs: 300 })).toEqual({ ok: true, status: 202 });
  });

  test('a receiver that hangs is left, in words without the path', async () => {
    const upstream = await receiver(() => undefined);
    const outcome = await send(upstream.baseUrl, { timeoutMs: 300 });
    expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining('within') });
    expect(JSON.stringify(outcome)).not.toContain('T0K3N');
    await upstream.requests[0]?.aborted;
  });

  test('a connection that is reset', async () => {
    const server = createServer((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const outcome = await send(`http://127.0.0.1:${port}`);
    expect(outcome.ok).toBe(false);
    expect(outcome.error).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
    expect(outcome.error).not.toContain('T0K3N');
  });

  test('nobody there', async () => {
    const upstream = await startUpstream();
    await upstream.close();
    const outcome = await send(upstream.baseUrl);
    expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining('ECONNREFUSED') });
    expect(outcome.error).not.toContain('T0K3N');
  });

  test('the gateway closes meanwhile: the connection goes at once', async () => {
    const upstream = await receiver(() => undefined);
    const stop = new AbortController();
    const outcome = send(upstream.baseUrl, { signal: stop.signal, timeoutMs: 600_000 });
    const seen = await upstream.next();
    stop.abort();
    expect(await outcome).toMatchObject({ ok: false });
    await seen.aborted;
  });
});
