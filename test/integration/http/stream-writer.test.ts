import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { httpOutlet } from '../../../proxy/http/http-outlet.ts';

/** `count` requests on one connection, of which the last is answered with a stream. The client reads only when asked to. */
async function openedStream(count = 1) {
  const responses: ServerResponse[] = [];
  const all = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    if (responses.push(response) === count) all.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  const client: Socket = connect(address.port, '127.0.0.1').pause();
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(count));
  await all.promise;
  const response = responses.at(-1);
  if (response === undefined) throw new Error('no request came');
  const outlet = httpOutlet(response);
  outlet.head(200, { 'content-type': 'text/event-stream' });
  await nextTurn();
  return {
    outlet,
    response,
    client,
    earlier: responses.slice(0, -1),
    /** Everything after the last head. The server closes when it has answered. */
    async body(): Promise<string> {
      client.end();
      const received = await text(client);
      return received.slice(received.lastIndexOf('HTTP/1.1')).split('\r\n\r\n').slice(1).join('\r\n\r\n');
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      server.close().closeAllConnections();
    },
  };
}

test('what comes within one turn goes out as one chunk', async () => {
  await using stream = await openedStream();
  const { outlet } = stream;
  outlet.write(Buffer.from('a'));
  outlet.write(Buffer.from('b'));
  await nextTurn();
  outlet.write(Buffer.from('c'));
  await nextTurn();
  outlet.write(Buffer.from('d'));
  outlet.end(Buffer.from('e'));
  expect(await stream.body()).toBe('2\r\nab\r\n1\r\nc\r\n2\r\nde\r\n0\r\n\r\n');
});

test('a client that does not read stops the writer, and its reading lets every listener go on', async () => {
  await using stream = await openedStream();
  const { outlet, client } = stream;
  const drained: string[] = [];
  const both = Promise.withResolvers<void>();
  for (const attempt of ['first', 'second'])
    outlet.onDrain(() => {
      if (drained.push(attempt) === 2) both.resolve();
    });
  const piece = Buffer.alloc(64 * 1024, 'x');
  let written = 1;
  for (; outlet.write(piece); written += 1) await nextTurn();
  expect(drained).toEqual([]);
  client.resume();
  let received = 0;
  client.on('data', (data) => {
    received += data.length;
  });
  await both.promise;
  expect(drained).toEqual(['first', 'second']);
  outlet.end(Buffer.from('end'));
  client.end();
  await once(client, 'end');
  expect(received).toBeGreaterThan(written * piece.length);
});

test('a connection that goes on to the next request keeps no listener of the stream before', async () => {
  await using stream = await openedStream();
  const { outlet, response } = stream;
  const { socket } = response;
  const during = socket?.listenerCount('drain') ?? 0;
  outlet.end(Buffer.from('end'));
  await once(response, 'close');
  expect(socket?.destroyed).toBe(false);
  expect(socket?.listenerCount('drain')).toBe(during - 1);
});

test('what is written after the client went away goes nowhere and does no harm', async () => {
  await using stream = await openedStream();
  const { outlet, response } = stream;
  const closed = new Promise<void>((resolve) => outlet.onClose(resolve));
  outlet.write(Buffer.from('a'));
  response.socket?.destroy();
  outlet.write(Buffer.from('b'));
  await closed;
  expect(outlet.write(Buffer.from('c'))).toBe(true);
  outlet.end(undefined);
});

test('an answer that waits for one before it on the same connection comes whole, after that', async () => {
  await using stream = await openedStream(2);
  const { outlet, earlier } = stream;
  outlet.write(Buffer.from('a'));
  await nextTurn();
  outlet.write(Buffer.from('b'));
  outlet.end(Buffer.from('c'));
  earlier[0]?.end('first');
  expect(await stream.body()).toBe('1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n');
});
