import { createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { chunk, ROLE, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

const LONG = { connectMs: 10_000, firstByteMs: 20_000, idleMs: 20_000, totalMs: 20_000 };
const ASK = { model: 'up/m', messages: [{ role: 'user', content: 'x' }] };
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function gateFor(baseUrl: string, timeouts: Partial<typeof LONG>): Promise<TestGateway> {
  const gate = await startTestGateway(upstreamConfig(baseUrl), { timeouts: { ...LONG, ...timeouts } });
  closers.push(() => gate.close());
  return gate;
}

async function upstreamThat(answer: Parameters<Upstream['answer']>[0]): Promise<Upstream> {
  const upstream = await startUpstream(answer);
  closers.push(() => upstream.close());
  return upstream;
}

async function codeOf(response: Response): Promise<[number, unknown]> {
  const body = (await response.json()) as { error: { code: unknown } };
  return [response.status, body.error.code];
}

describe('each time-out has its own name', () => {
  it('first byte', async () => {
    const upstream = await upstreamThat(() => undefined);
    const gate = await gateFor(upstream.baseUrl, { firstByteMs: 100 });
    expect(await codeOf(await gate.chat(ASK))).toEqual([504, 'upstream_first_byte_timeout']);
  });

  it('idle, in the middle of an answer', async () => {
    const upstream = await upstreamThat((_seen, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":');
    });
    const gate = await gateFor(upstream.baseUrl, { idleMs: 100 });
    expect(await codeOf(await gate.chat(ASK))).toEqual([504, 'upstream_idle_timeout']);
  });

  it('idle, in the middle of a stream: in-band', async () => {
    const upstream = await upstreamThat((_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(ROLE + chunk({ content: 'a' }));
    });
    const gate = await gateFor(upstream.baseUrl, { idleMs: 100 });
    const text = await (await gate.chat({ ...ASK, stream: true })).text();
    expect(text).toContain('"code":"upstream_idle_timeout"');
    expect(text).not.toContain('[DONE]');
  });

  it('total, however busy the provider is', async () => {
    const upstream = await upstreamThat((_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(': busy\n\n'), 5);
      response.on('close', () => clearInterval(timer));
    });
    const gate = await gateFor(upstream.baseUrl, { totalMs: 200 });
    expect(await codeOf(await gate.chat({ ...ASK, stream: true }))).toEqual([504, 'upstream_total_timeout']);
  });
});

describe('a provider that cannot be reached', () => {
  it('refuses connections: said, and nothing is charged', async () => {
    const upstream = await startUpstream();
    await upstream.close();
    const gate = await gateFor(upstream.baseUrl, {});
    const response = await gate.chat(ASK);
    expect(await codeOf(response)).toEqual([502, 'upstream_connect_failed']);
    expect((await gate.control.ledger.balance()).chargedNano).toBe(0);
  });

  it('speaks no TLS where TLS is expected: said in plain words', async () => {
    const upstream = await upstreamThat(() => undefined);
    const gate = await gateFor(upstream.baseUrl.replace('http:', 'https:'), {});
    const response = await gate.chat(ASK);
    const body = (await response.json()) as { error: { code: string; message: string } };
    expect(body.error.code).toBe('upstream_tls_failed');
    expect(body.error.message).toContain('does not speak TLS');
  });

  it('speaks no HTTP at all', async () => {
    const server: Server = createTcpServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.end('220 mail.example ESMTP\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(() => resolve())));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const gate = await gateFor(`http://127.0.0.1:${port}/v1`, {});
    expect(await codeOf(await gate.chat(ASK))).toEqual([502, 'upstream_malformed']);
  });
});
