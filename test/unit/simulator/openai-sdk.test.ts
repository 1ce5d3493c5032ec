/** The official SDK on a real socket, with the simulator behind it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, expect, suite, test } from 'vitest';
import { createSimulator } from '../../../proxy/providers/simulator/simulator.ts';
import { CONFIG, NOW_MS } from './harness.ts';

let server: Server;
let client: OpenAI;

beforeAll(async () => {
  const simulator = createSimulator({ config: CONFIG, clock: { nowMs: () => NOW_MS, monotonicMs: () => 0 } });
  server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => {
      const exchange = simulator.send(
        {
          method: request.method === 'GET' ? 'GET' : 'POST',
          path: (request.url ?? '').replace(/^\/v1/, ''),
          headers: {},
          body: Buffer.concat(body),
          timeouts: { connectMs: 1_000, firstByteMs: 10_000, idleMs: 10_000, totalMs: 10_000 },
        },
        undefined,
        {
          onHead: (status, headers) => void response.writeHead(status, headers as Record<string, string>),
          onData: (chunk) => response.write(chunk),
          onEnd: () => void response.end(),
          onError: () => void response.destroy(),
        },
      );
      response.on('drain', () => exchange.resume());
      response.on('close', () => exchange.abort());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'none', maxRetries: 0, logLevel: 'off' });
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const messages = [{ role: 'user' as const, content: 'Hello there' }];
const tools = [
  {
    type: 'function' as const,
    function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
  },
];

async function failure(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

suite('the openai SDK reads the simulator', () => {
  test('plain, streamed, with tools, and the model list', async () => {
    const plain = await client.chat.completions.create({ model: 'echo', messages });
    expect(plain.choices[0]?.message.content).toBe('Hello there');

    const final = await client.chat.completions
      .stream({ model: 'echo', messages, stream_options: { include_usage: true } })
      .finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe('Hello there');
    expect(final.usage).toEqual(plain.usage);

    const called = await client.chat.completions
      .stream({ model: 'parallel-tools', messages, tools })
      .finalChatCompletion();
    expect(called.choices[0]?.finish_reason).toBe('tool_calls');
    expect(
      called.choices[0]?.message.tool_calls?.map((call) => (call.type === 'function' ? call.function.arguments : '')),
    ).toEqual(['{"city":"example"}', '{"city":"example"}']);

    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toContain('lorem-100');
  });

  test('a large answer arrives whole through back-pressure', async () => {
    let text = '';
    for await (const chunk of await client.chat.completions.create({ model: 'lorem-5000', messages, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? '';
    }
    expect(text).toHaveLength(20_000);
  });

  test('failures look like failures', async () => {
    for (const status of [400, 401, 404, 429, 500]) {
      const error = await failure(() => client.chat.completions.create({ model: `error-${status}`, messages }));
      expect(error).toBeInstanceOf(APIError);
      expect((error as APIError).status).toBe(status);
    }
    const read = async (model: string) => {
      for await (const chunk of await client.chat.completions.create({ model, messages, stream: true }))
        expect(chunk.object).toBe('chat.completion.chunk');
    };
    expect(String(await failure(() => read('error-after-200')))).toContain('in the middle');
    expect(await failure(() => read('cut'))).toBeInstanceOf(Error);
    expect(await failure(() => read('malformed'))).toBeInstanceOf(SyntaxError);
  });

  test('a reader that stops early is fine', async () => {
    const stream = await client.chat.completions.create({ model: 'long-1000x5', messages, stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) break;
    }
    expect(stream.controller.signal.aborted).toBe(true);
  });
});
