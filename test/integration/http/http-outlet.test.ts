import { createServer, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { httpOutlet } from '../../../proxy/http/http-outlet.ts';
import type { Outlet } from '../../../proxy/pipeline/types.ts';

/** A server whose every answer is what `answer` does with the outlet. */
async function serverOf(answer: (outlet: Outlet, response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(httpOutlet(response), response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  return { port: address.port, [Symbol.dispose]: () => void server.close().closeAllConnections() };
}

/** Everything the server sends on one connection until it closes. */
async function raw(port: number, sent: string): Promise<{ head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(sent);
  const [head = '', ...rest] = (await text(socket)).split('\r\n\r\n');
  return { head, body: rest.join('\r\n\r\n') };
}

const streamed = (outlet: Outlet) => {
  outlet.head(200, { 'content-type': 'text/event-stream' });
  outlet.write(Buffer.from('data: ä\n\n'));
  outlet.write(Buffer.alloc(0));
  outlet.write(Buffer.from('x'.repeat(300)));
  outlet.end(Buffer.from('data: [DONE]\n\n'));
};
const whole = `data: ä\n\n${'x'.repeat(300)}data: [DONE]\n\n`;

test('a stream goes out in chunks, each framed once, and an empty piece does not end it', async () => {
  using server = await serverOf(streamed);
  const { head, body } = await raw(server.port, 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  expect(head.toLowerCase()).toContain('transfer-encoding: chunked');
  expect(body).toBe(`a\r\ndata: ä\n\n\r\n12c\r\n${'x'.repeat(300)}\r\ne\r\ndata: [DONE]\n\n\r\n0\r\n\r\n`);
});

test('a client of HTTP/1.0 gets the bytes as they are, and the end of the connection', async () => {
  using server = await serverOf(streamed);
  const { head, body } = await raw(server.port, 'GET / HTTP/1.0\r\n\r\n');
  expect(head.toLowerCase()).not.toContain('transfer-encoding');
  expect(body).toBe(whole);
});

test.each([
  ['a last piece', streamed, whole],
  [
    'nothing more',
    (outlet: Outlet) => {
      outlet.head(200, {});
      outlet.write(Buffer.from('a'));
      outlet.end(undefined);
    },
    'a',
  ],
])('after a stream that ends with %s the connection serves the next request', async (_name, answer, expected) => {
  using server = await serverOf(answer);
  const once = (agentPort: { value?: number }) =>
    new Promise<string>((resolve, reject) => {
      request({ port: server.port, host: '127.0.0.1', headers: { connection: 'keep-alive' } }, (response) => {
        agentPort.value = response.socket.localPort ?? 0;
        text(response).then(resolve, reject);
      })
        .on('error', reject)
        .end();
    });
  const first: { value?: number } = {};
  const second: { value?: number } = {};
  expect(await once(first)).toBe(expected);
  expect(await once(second)).toBe(expected);
  expect(second.value).toBe(first.value);
});

test('a head with nothing behind it goes out at once', async () => {
  const outlets: Outlet[] = [];
  using server = await serverOf((outlet) => {
    outlet.head(200, { 'content-type': 'text/event-stream' });
    outlets.push(outlet);
  });
  const response = await fetch(`http://127.0.0.1:${server.port}/`);
  expect(response.status).toBe(200);
  outlets[0]?.end(Buffer.from('late'));
  expect(await response.text()).toBe('late');
});
