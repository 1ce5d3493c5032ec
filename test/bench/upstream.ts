/**
 * The provider of the benchmark: answers at once from prepared bytes, so that its own cost is small and steady.
 * The model name says what to do: `json` answers about 1 KB, `hold-<n>` answers when n requests are waiting,
 * `stream-<n>` sends n content chunks, one a millisecond: a provider's chunks come one by one, and a proxy that finds ten
 * in one read does a tenth of the work. The path says in which protocol.
 */
import { createServer, type ServerResponse } from 'node:http';
import { PROVIDER_STREAMS, type ProviderStream, protocolOfPath } from './provider-streams.ts';

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

function answerWhole(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
  response.end(answer);
}

interface OpenStream {
  readonly response: ServerResponse;
  readonly frames: ProviderStream;
  chunksLeft: number;
}

const chunkEveryMs = 1;
const streams = new Set<OpenStream>();

function tick(): void {
  for (const stream of streams) {
    if (stream.chunksLeft === 0) stream.response.end(stream.frames.ending);
    else stream.response.write(stream.frames.chunk);
    stream.chunksLeft -= 1;
    if (stream.chunksLeft < 0 || stream.response.destroyed) streams.delete(stream);
  }
}

/** The first chunk at once, so that the first byte's time is the way's and not the ticker's. */
function answerStream(response: ServerResponse, frames: ProviderStream, chunkCount: number): void {
  response.writeHead(200, { 'content-type': frames.type });
  response.write(Buffer.concat([frames.head, frames.chunk]));
  streams.add({ response, frames, chunksLeft: chunkCount - 1 });
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
    const path = request.url ?? '';
    const named = /"model":"(json|stream|hold)(?:-(\d+))?"/.exec(head) ?? /\/(stream)-(\d+)[:/]/.exec(path);
    const [, kind, count] = named ?? [];
    const protocol = protocolOfPath(path);
    if (kind === 'json') answerWhole(response);
    else if (kind === 'stream' && protocol !== undefined)
      answerStream(response, PROVIDER_STREAMS[protocol], Number(count));
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
