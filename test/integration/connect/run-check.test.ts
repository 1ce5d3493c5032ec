/** One check against a server that answers as no gateway should: each is told in words, and none hangs. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCheck } from '../../../proxy/connect/check/run-check.ts';
import type { CheckName } from '../../../proxy/contract/connect.ts';

let server: Server;
let answer: (response: ServerResponse) => void;
beforeEach(async () => {
  server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(() => server.close());

const check = (name: CheckName) =>
  runCheck(name, {
    rootUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    protocol: 'openai-chat',
    model: 'm',
    secret: 'gh_x',
    signal: new AbortController().signal,
    nowMs: () => 0,
    requestEnded: async () => undefined,
  });
const sends = (type: string, body: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': type });
  response.end(body);
};
const delta = (more: object) => `data: ${JSON.stringify({ choices: [{ index: 0, ...more }] })}\n\n`;

test.each<[string, CheckName, (response: ServerResponse) => void, string]>([
  ['a stream without an end', 'stream', sends('text/event-stream', delta({ delta: { content: 'a' } })), 'broke off'],
  [
    'one piece for a stream',
    'stream',
    sends('application/json', '{"choices":[{"finish_reason":"stop"}]}'),
    'in one piece',
  ],
  [
    'an error inside a stream',
    'stream',
    sends('text/event-stream', `${delta({ delta: { content: 'a' } })}data: {"error":{"message":"Lost it."}}\n\n`),
    'Lost it.',
  ],
  ['something else than JSON', 'plain', sends('text/html', '<p>hello</p>'), 'not one that this tool can read'],
  ['a status without words', 'plain', (response) => response.writeHead(502).end(), 'HTTP 502'],
  ['a connection that breaks', 'plain', (response) => response.destroy(), 'broke off'],
  [
    'a connection that breaks in the middle',
    'plain',
    (response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{');
      response.socket?.end();
    },
    'broke off',
  ],
  ['no end of it', 'plain', sends('application/json', 'x'.repeat(5_000_000)), 'larger'],
])('%s', async (_what, name, behaviour, words) => {
  answer = behaviour;
  expect(await check(name)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
});

test('a whole stream', async () => {
  answer = sends(
    'text/event-stream',
    `${delta({ delta: { content: 'a' } })}${delta({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`,
  );
  expect(await check('stream')).toMatchObject({ ok: true, status: 200, message: 'The answer streamed in 3 events.' });
});
