/**
 * The provider of the benchmark: answers at once from prepared bytes, so that its own cost is small and steady.
 * The model name says what to do: `json` answers about 1 KB, `hold-<n>` answers when n requests are waiting,
 * `stream-<n>` sends n content chunks, one a millisecond: a provider's chunks come one by one, and a proxy that finds ten
 * in one read does a tenth of the work.
 */
import { createServer, type ServerResponse } from 'node:http';

const usage = { prompt_tokens: 200, completion_tokens: 200, total_tokens: 400 };
const answer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1_760_000_000,
    model: 'json',
    choices: [{ index: 0, message: { role: 'assistant', content: 'lorem ipsum '.repeat(65) }, finish_reason: 'stop' }],
    usage,
  }),
);

const chunk = (choices: unknown[], more: object = {}): Buffer =>
  Buffer.from(
    `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_760_000_000, model: 'stream', choices, ...more })}\n\n`,
  );
const content = chunk([{ index: 0, delta: { content: ' lorem ipsum' }, finish_reason: null }]);
const last = Buffer.concat([
  chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
  chunk([], { usage }),
  Buffer.from('data: [DONE]\n\n'),
]);

function answerWhole(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
  response.end(answer);
}

interface OpenStream {
  readonly response: ServerResponse;
  chunksLeft: number;
}

const chunkEveryMs = 1;
const streams = new Set<OpenStream>();

function tick(): void {
  for (const stream of streams) {
    if (stream.chunksLeft === 0) stream.response.end(last);
    else stream.response.write(content);
    stream.chunksLeft -= 1;
    if (stream.chunksLeft < 0 || stream.response.destroyed) streams.delete(stream);
  }
}

/** The first chunk at once, so that the first byte's time is the way's and not the ticker's. */
function answerStream(response: ServerResponse, chunkCount: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(content);
  streams.add({ response, chunksLeft: chunkCount - 1 });
}

let waiting: ServerResponse[] = [];
function answerTogether(response: ServerResponse, together: number): void {
  waiting.push(response);
  if (waiting.length < together) return;
  for (const held of waiting) answerWhole(held);
  waiting = [];
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const head = Buffer.concat(parts).subarray(0, 200).toString('latin1');
    const [, kind, count] = /"model":"(json|stream|hold)(?:-(\d+))?"/.exec(head) ?? [];
    if (kind === 'json') answerWhole(response);
    else if (kind === 'stream') answerStream(response, Number(count));
    else if (kind === 'hold') answerTogether(response, Number(count));
    else response.writeHead(400).end();
  });
});
setInterval(tick, chunkEveryMs);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) {
    process.stdout.write(`${JSON.stringify({ baseUrl: `http://127.0.0.1:${address.port}/v1` })}\n`);
  }
});
