/** A provider on a real socket that answers what a test tells it to, and remembers the bytes it was sent. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Of the connection it came on. */
  readonly fromPort: number | undefined;
  /** Settles when the connection of this request closed before its answer was complete. */
  readonly aborted: Promise<void>;
}

export type Answer = (seen: SeenRequest, response: ServerResponse) => void | Promise<void>;

export interface Upstream {
  readonly baseUrl: string;
  readonly requests: SeenRequest[];
  answer(answer: Answer): void;
  /** The next request, or one that is there already. */
  next(): Promise<SeenRequest>;
  close(): Promise<void>;
}

export async function startUpstream(first: Answer = json(200, completion())): Promise<Upstream> {
  let current = first;
  const requests: SeenRequest[] = [];
  const waiting: ((seen: SeenRequest) => void)[] = [];
  let taken = 0;
  const server = createServer((request, response) => {
    void receive(request, response).then(async (seen) => {
      requests.push(seen);
      waiting.shift()?.(seen);
      await current(seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    answer: (answer) => {
      current = answer;
    },
    next: () => {
      const seen = requests[taken];
      taken += 1;
      return seen === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(seen);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const aborted = new Promise<void>((resolve) => {
    response.on('close', () => {
      if (!response.writableFinished) resolve();
    });
  });
  return {
    url: request.url ?? '',
    headers: request.headers,
    body: Buffer.concat(chunks),
    fromPort: request.socket.remotePort,
    aborted,
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (_seen, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Frames as they are, one write each; ends the stream unless told otherwise. */
export function frames(texts: readonly string[], end: 'end' | 'cut' | 'open' = 'end'): Answer {
  return (_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const text of texts) response.write(text);
    if (end === 'end') response.end();
    else if (end === 'cut') response.socket?.destroySoon();
  };
}

export function completion(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    ...overrides,
  };
}

export function chunk(
  delta: Record<string, unknown>,
  rest: Record<string, unknown> = {},
  finish: string | null = null,
): string {
  const body = {
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...rest,
  };
  return `data: ${JSON.stringify(body)}\n\n`;
}

export const ROLE = chunk({ role: 'assistant', content: '' });
export const FINISH = chunk({}, {}, 'stop');
export const USAGE = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } })}\n\n`;
export const DONE = 'data: [DONE]\n\n';
