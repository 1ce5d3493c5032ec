import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway(undefined, {
    serverLimits: { bodyBytesMax: 1024 * 1024, headersTimeoutMs: 300, requestTimeoutMs: 600 },
  });
});
afterAll(() => gate.close());

async function expectError(response: Response, status: number, code: string): Promise<{ message: string }> {
  const body = (await response.json()) as { error: { message: string; code: string; type: string } };
  expect([response.status, body.error.code]).toEqual([status, code]);
  expect(body.error.message.length).toBeGreaterThan(10);
  expect(body.error.type).toBeTruthy();
  expect(response.headers.get('x-request-id')).toMatch(/^req_/);
  expect(response.headers.get('content-type')).toContain('application/json');
  return body.error;
}

const MESSAGES = [{ role: 'user', content: 'x' }];

describe('a body that does not hold', () => {
  const cases: [name: string, body: string | Buffer, status: number, code: string][] = [
    ['empty', '', 400, 'invalid_json'],
    ['not JSON', 'model=sim/echo', 400, 'invalid_json'],
    ['cut', '{"model":"sim/echo","messages":[{"role":"user"', 400, 'invalid_json'],
    ['trailing comma', '{"model":"sim/echo","messages":[],}', 400, 'invalid_json'],
    ['two documents', '{"model":"sim/echo"}{"model":"sim/echo"}', 400, 'invalid_json'],
    ['an array', '[]', 400, 'invalid_request'],
    ['a string', '"hello"', 400, 'invalid_request'],
    ['no model', JSON.stringify({ messages: MESSAGES }), 400, 'invalid_request'],
    ['model of a wrong type', JSON.stringify({ model: 7, messages: MESSAGES }), 400, 'invalid_request'],
    ['empty model', JSON.stringify({ model: '', messages: MESSAGES }), 400, 'invalid_request'],
    ['no messages', JSON.stringify({ model: 'sim/echo' }), 400, 'invalid_request'],
    ['messages of a wrong type', JSON.stringify({ model: 'sim/echo', messages: 'hi' }), 400, 'invalid_request'],
    [
      'stream of a wrong type',
      JSON.stringify({ model: 'sim/echo', messages: MESSAGES, stream: 'yes' }),
      400,
      'invalid_request',
    ],
    [
      'negative max_tokens',
      JSON.stringify({ model: 'sim/echo', messages: MESSAGES, max_tokens: -1 }),
      400,
      'invalid_request',
    ],
    ['an unknown model', JSON.stringify({ model: 'gpt-nonexistent', messages: MESSAGES }), 404, 'model_not_found'],
    ['an unknown provider', JSON.stringify({ model: 'nowhere/x', messages: MESSAGES }), 404, 'model_not_found'],
    [
      'invalid UTF-8',
      Buffer.concat([
        Buffer.from('{"model":"sim/echo","messages":[{"role":"user","content":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}]}'),
      ]),
      400,
      'invalid_utf8',
    ],
    [
      'deep nesting',
      `{"model":"sim/echo","messages":[{"role":"user","content":"x"}],"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      400,
      'too_deep',
    ],
    [
      'two models',
      '{"model":"sim/echo","model":"sim/json","messages":[{"role":"user","content":"x"}]}',
      400,
      'invalid_request',
    ],
  ];
  it.each(cases)('%s', async (_name, body, status, code) => {
    await expectError(await gate.chat(body), status, code);
  });

  it('too large', async () => {
    const body = JSON.stringify({
      model: 'sim/echo',
      messages: [{ role: 'user', content: 'x'.repeat(2 * 1024 * 1024) }],
    });
    const { message } = await expectError(await gate.chat(body), 413, 'body_too_large');
    expect(message).toBe('the body is larger than 1 MiB; send less, or images by URL');
  });

  it('larger than its route takes, whose own limit is told', async () => {
    const long = `{"model":"${'x'.repeat(100_000)}"}`;
    const url = `${gate.origin}/api/show`;
    const chunked = { body: new Blob([long]).stream(), duplex: 'half' } as const;
    for (const init of [{ body: long }, chunked]) {
      const { message } = await expectError(await fetch(url, { method: 'POST', ...init }), 413, 'body_too_large');
      expect(message).toMatch(/^the body is larger than 64 KiB; send (less|the name of a model)$/);
    }
  });

  it('100 MB against the product’s own limit', async () => {
    const own = await startTestGateway();
    const part = 'x'.repeat(1024 * 1024);
    async function* body() {
      yield '{"model":"sim/echo","messages":[{"role":"user","content":"';
      for (let sent = 0; sent < 100; sent += 1) yield part;
      yield '"}]}';
    }
    const answered = new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(own.baseUrl).port), '127.0.0.1');
      const closed = new Promise((resume) => socket.once('close', resume));
      let text = '';
      socket.on('data', (data) => {
        text += data.toString();
        if (text.includes('"code"')) resolve(text);
      });
      socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)));
      socket.on('close', () => resolve(text));
      socket.write(
        `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:${new URL(own.baseUrl).port}\r\nauthorization: Bearer ${own.key}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
      );
      void (async () => {
        for await (const text of body()) {
          if (socket.destroyed || !socket.writable) return;
          if (!socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`)) {
            await Promise.race([new Promise((resume) => socket.once('drain', resume)), closed]);
          }
        }
      })();
    });
    const text = await answered;
    expect(text).toContain('HTTP/1.1 413');
    expect(text).toContain('"body_too_large"');
    await own.close();
  });

  it('compressed', async () => {
    await expectError(
      await gate.chat({ model: 'sim/echo', messages: MESSAGES }, { headers: { 'content-encoding': 'gzip' } }),
      415,
      'unsupported_encoding',
    );
  });

  it('of another media type', async () => {
    await expectError(
      await gate.chat('<x/>', { headers: { 'content-type': 'application/xml' } }),
      415,
      'unsupported_media_type',
    );
  });
});

describe('who may come in', () => {
  const url = () => `${gate.baseUrl}/chat/completions`;

  it('no key', async () => {
    await expectError(await fetch(url(), { method: 'POST', body: '{}' }), 401, 'missing_access_key');
  });
  it('a foreign key, which is not repeated', async () => {
    const error = await expectError(
      await fetch(url(), { method: 'POST', body: '{}', headers: { authorization: 'Bearer sk-proj-not-ours' } }),
      401,
      'invalid_access_key',
    );
    expect(error.message).not.toContain('sk-proj');
  });
  it('a revoked key', async () => {
    const { secret } = await gate.control.accessKeys.create({ id: 'gone' });
    expect((await fetch(`${gate.baseUrl}/models`, { headers: { 'x-api-key': secret } })).status).toBe(200);
    await gate.control.accessKeys.revoke({ id: 'gone' });
    await expectError(
      await fetch(`${gate.baseUrl}/models`, { headers: { 'x-api-key': secret } }),
      401,
      'revoked_access_key',
    );
  });
  it('a web page of another origin', async () => {
    await expectError(await gate.chat({}, { headers: { origin: 'https://evil.example' } }), 403, 'origin_not_allowed');
  });
  it.each(['evil.example', '127.0.0.1.evil.example', '127.0.0.1:1', 'localhost.evil.example:80', '0.0.0.0'])(
    'a foreign Host: %s (DNS rebinding)',
    async (host) => {
      const text = await raw(
        `GET /v1/models HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${gate.key}\r\nconnection: close\r\n\r\n`,
      );
      expect(text).toContain('HTTP/1.1 403');
      expect(text).toContain('"host_not_allowed"');
    },
  );
  it('the console’s control routes without the token', async () => {
    await expectError(
      await fetch(`${gate.origin}/_gatehouse/control/live/snapshot`, {
        method: 'POST',
        body: '{}',
        headers: { authorization: `Bearer ${gate.key}` },
      }),
      401,
      'invalid_access_key',
    );
  });
  it('the console’s control routes from a foreign page', async () => {
    await expectError(
      await fetch(`${gate.origin}/_gatehouse/control/live/snapshot`, {
        method: 'POST',
        body: '{}',
        headers: { origin: 'https://evil.example' },
      }),
      403,
      'origin_not_allowed',
    );
  });
});

describe('routes', () => {
  it('unknown', async () => {
    await expectError(await fetch(`${gate.baseUrl}/nope`), 404, 'route_not_found');
  });
  it('wrong method', async () => {
    await expectError(await fetch(`${gate.baseUrl}/chat/completions`), 405, 'method_not_allowed');
  });
  it('a client’s own label that is not printable', async () => {
    await expectError(
      await gate.chat({ model: 'sim/echo', messages: MESSAGES }, { headers: { 'x-project': 'x'.repeat(65) } }),
      400,
      'invalid_request',
    );
  });
});

/** Bytes as they are; resolves with everything that came back when the server closes. */
function raw(text: string, keepOpen = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(gate.baseUrl).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.write(text);
    if (!keepOpen) socket.end();
  });
}

describe('HTTP itself', () => {
  it('no HTTP at all', async () => {
    expect(await raw('hello there\r\n\r\n', true)).toContain('"invalid_request"');
  });
  it('huge headers', async () => {
    const text = await raw(`GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\nx-big: ${'x'.repeat(200_000)}\r\n\r\n`, true);
    expect(text).toContain('HTTP/1.1 431');
    expect(text).toContain('"headers_too_large"');
  });
  it('headers that never end (slow loris) are cut off', async () => {
    const text = await raw('GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ', true);
    expect(text).toContain('HTTP/1.1 408');
    expect(text).toContain('"request_timeout"');
  });
  it('a body that never ends is cut off', async () => {
    const { port } = new URL(gate.baseUrl);
    const text = await raw(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${gate.key}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"model"`,
      true,
    );
    expect(text).toContain('"request_timeout"');
  });
});

describe('after all of it', () => {
  it('nothing was charged and nothing is held', async () => {
    const balance = await gate.control.ledger.balance();
    expect(balance).toMatchObject({ chargedNano: 0, heldNano: 0, openHolds: 0 });
  });
});
