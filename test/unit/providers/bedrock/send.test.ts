/** Sending over a real socket: what arrives is what was signed. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { GatehouseError } from '../../../../proxy/core/errors.ts';
import type { UpstreamExchange, UpstreamRequest, UpstreamSink } from '../../../../proxy/core/upstream.ts';
import { parseBaseUrl } from '../../../../proxy/providers/base-url.ts';
import { deferredExchange } from '../../../../proxy/providers/bedrock/deferred-exchange.ts';
import { bedrockSend } from '../../../../proxy/providers/bedrock/send.ts';
import { createTransport, type Transport } from '../../../../proxy/providers/transport/transport.ts';

interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let server: Server | undefined;
let transport: Transport | undefined;

afterEach(async () => {
  await transport?.close();
  server?.closeAllConnections();
  server?.close();
});

const REQUEST: UpstreamRequest = {
  method: 'POST',
  path: '/model/amazon.nova-lite-v1%3A0/converse',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"messages":[]}'),
  timeouts: { connectMs: 5_000, firstByteMs: 5_000, idleMs: 5_000, totalMs: 10_000 },
};
const KEY = 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

async function listen(): Promise<{ readonly received: Received[]; readonly origin: string }> {
  const received: Received[] = [];
  const listening = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { received, origin: `http://127.0.0.1:${(listening.address() as AddressInfo).port}` };
}

function outcome(send: (sink: UpstreamSink) => UpstreamExchange): Promise<number | GatehouseError> {
  return new Promise((resolve) => {
    let status = 0;
    send({
      onHead: (given) => {
        status = given;
      },
      onData: () => true,
      onEnd: () => resolve(status),
      onError: resolve,
    });
  });
}

test('what arrives carries the signature, the path as it was signed, and the body that was hashed', async () => {
  const { received, origin } = await listen();
  transport = createTransport({ env: {}, connectMs: 5_000, connectionsMax: 4 });
  const now = new Date('2026-11-20T14:05:09Z');
  const send = bedrockSend({ base: parseBaseUrl(origin), transport, region: 'eu-west-1', now: () => now });
  expect(await outcome((sink) => send(REQUEST, KEY, sink))).toBe(200);
  expect(await outcome((sink) => send(REQUEST, 'ABSKexample', sink))).toBe(200);
  const [signed, bearer] = received;
  expect(signed?.url).toBe('/model/amazon.nova-lite-v1%3A0/converse');
  expect(signed?.headers.host).toBe(new URL(origin).host);
  expect(signed?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20261120\/eu-west-1\/bedrock\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
  );
  expect(signed?.headers['x-amz-content-sha256']).toBe(
    createHash('sha256')
      .update(signed?.body ?? '')
      .digest('hex'),
  );
  expect(bearer?.headers.authorization).toBe('Bearer ABSKexample');
  expect(bearer?.headers['x-amz-date']).toBeUndefined();
});

test('a wrong credential and a missing region are said before anything is sent', async () => {
  const { received, origin } = await listen();
  transport = createTransport({ env: {}, connectMs: 5_000, connectionsMax: 4 });
  const send = bedrockSend({ base: parseBaseUrl(origin), transport, now: () => new Date() });
  const sink: UpstreamSink = { onHead() {}, onData: () => true, onEnd() {}, onError() {} };
  expect(() => send(REQUEST, 'AKIAIOSFODNN7EXAMPLE', sink)).toThrow('without its secret access key');
  expect(() => send(REQUEST, KEY, sink)).toThrow('No AWS region is known');
  expect(received).toEqual([]);
});

test('aborted before it is signed: the exchange is closed as soon as there is one, and the sink hears nothing', async () => {
  const heard: string[] = [];
  const { promise, resolve } = Promise.withResolvers<UpstreamExchange>();
  const aborted = Promise.withResolvers<void>();
  const sink = { onHead() {}, onData: () => true, onEnd() {}, onError: () => heard.push('error') };
  const exchange = deferredExchange(() => promise, sink);
  exchange.resume();
  exchange.abort();
  resolve({ resume: () => heard.push('resume'), abort: () => aborted.resolve() });
  await aborted.promise;
  expect(heard).toEqual([]);
});

test('a failure to sign arrives the way every other failure does', async () => {
  const failure = await outcome((sink) => deferredExchange(() => Promise.reject(new Error('no')), sink));
  expect(failure).toMatchObject({ code: 'internal_error' });
});
