/**
 * A stream that ends too early or tells an error in its middle has failed, whatever its HTTP status was: the row says so,
 * with a code. Passed on and translated, of every protocol that providers speak.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../../proxy/contract/config.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';
import { anthropicUpstream } from '../../support/protocols/upstreams/anthropic-messages.ts';
import { bedrockUpstream } from '../../support/protocols/upstreams/bedrock-converse.ts';
import { geminiUpstream } from '../../support/protocols/upstreams/gemini.ts';
import { openAiChatUpstream } from '../../support/protocols/upstreams/openai-chat.ts';
import { openAiResponsesUpstream } from '../../support/protocols/upstreams/openai-responses.ts';
import type { UpstreamWire } from '../../support/protocols/upstreams/script.ts';

const sse = (event: object, name?: string) =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(event)}\n\n`;

/** The provider's own word for being overloaded, in the middle of a stream; Bedrock's is a binary message of its own. */
const ERRORS: readonly (readonly [wire: UpstreamWire, frame: string, code: RegExp])[] = [
  [openAiChatUpstream, sse({ error: { message: 'busy', code: 'overloaded' } }), /^overloaded$/],
  [openAiResponsesUpstream, sse({ type: 'error', code: 'overloaded', message: 'busy' }, 'error'), /^overloaded$/],
  [
    anthropicUpstream,
    sse({ type: 'error', error: { type: 'overloaded_error', message: 'busy' } }, 'error'),
    /^(?:overloaded_error|stream_error)$/,
  ],
  [
    geminiUpstream,
    sse({ error: { code: 503, message: 'busy', status: 'UNAVAILABLE' } }),
    /^(?:UNAVAILABLE|503|stream_error)$/,
  ],
];
const WIRES = [...ERRORS.map(([wire]) => wire), bedrockUpstream];

const CLIENTS = [
  {
    client: 'openai-chat',
    path: () => '/v1/chat/completions',
    body: (model: string) => ({ model, stream: true, messages: [{ role: 'user', content: 'x' }] }),
  },
  {
    client: 'openai-responses',
    path: () => '/v1/responses',
    body: (model: string) => ({ model, stream: true, input: 'x' }),
  },
  {
    client: 'anthropic-messages',
    path: () => '/v1/messages',
    body: (model: string) => ({ model, stream: true, max_tokens: 100, messages: [{ role: 'user', content: 'x' }] }),
  },
  {
    client: 'gemini',
    path: (model: string) => `/v1beta/models/${model}:streamGenerateContent?alt=sse`,
    body: () => ({ contents: [{ role: 'user', parts: [{ text: 'x' }] }] }),
  },
] as const;

const SAID = { text: ['Hello ', 'there.'] };

describe.each(WIRES)('$protocol', (wire) => {
  const { kind, model, basePath, secret } = wire.provider;
  const name = `up/${model}`;
  let upstream: Upstream;
  let gate: TestGateway;
  /** What the provider sends; what it sends once the client has begun to read; whether it then closes as if all were well. */
  let plan: { readonly frames: readonly (string | Buffer)[]; readonly late?: string; readonly wellClosed: boolean };
  let reading: PromiseWithResolvers<void>;
  beforeAll(async () => {
    upstream = await startUpstream(async (_seen, response) => {
      response.writeHead(200, { 'content-type': wire.streamType });
      response.write(Buffer.concat(plan.frames.map((frame) => Buffer.from(frame))));
      if (plan.late !== undefined) {
        await reading.promise;
        response.write(plan.late);
      }
      if (plan.wellClosed) response.end();
      else response.write('', () => response.destroy());
    });
  });
  afterAll(() => upstream.close());
  // A gateway each: after a few such streams the breaker would open, and nothing would be sent any more.
  beforeEach(async () => {
    const provider = {
      id: 'up',
      kind,
      baseUrl: new URL(upstream.baseUrl).origin + basePath,
      credential: 'env:UP_KEY',
      ...(kind === 'bedrock' ? { region: 'us-east-1' } : {}),
      models: [{ id: model, inputUsdPerMTok: 1, outputUsdPerMTok: 2, contextTokens: 100_000, maxOutputTokens: 1_000 }],
    } as NonNullable<ConfigInput['providers']>[number];
    gate = await startTestGateway({ providers: [provider] }, { env: { UP_KEY: secret } });
  });
  afterEach(() => gate.close());

  async function rowOf({ path, body }: Pick<(typeof CLIENTS)[number], 'path' | 'body'>) {
    reading = Promise.withResolvers();
    const response = await fetch(gate.origin + path(name), {
      method: 'POST',
      headers: { authorization: `Bearer ${gate.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body(name)),
    });
    const reader = response.body?.getReader();
    while ((await reader?.read())?.done === false) reading.resolve();
    const { items } = await gate.control.requests.list({ limit: 1 });
    return { status: response.status, row: items[0] };
  }
  /** The beginning, up to the first words. */
  const begun = () => {
    const frames = [...wire.stream(SAID)];
    return frames.slice(0, frames.findIndex((frame) => Buffer.from(frame).includes('Hello')) + 1);
  };

  it.each(CLIENTS)('cut by the network, asked by $client', async (client) => {
    plan = { frames: begun(), wellClosed: false };
    const { row } = await rowOf(client);
    expect(row).toMatchObject({ state: 'failed', errorCode: 'upstream_cut' });
  });

  it.each(CLIENTS)('ended early as if all were well, asked by $client', async (client) => {
    plan = { frames: begun(), wellClosed: true };
    const { row } = await rowOf(client);
    expect(row).toMatchObject({ state: 'failed', errorCode: expect.stringMatching(/^upstream_(?:cut|malformed)$/) });
  });

  const told = ERRORS.flatMap(([of, frame, code]) =>
    of === wire ? CLIENTS.map((client) => ({ ...client, frame, code })) : [],
  );
  it.each(told)('an error after content, asked by $client', async ({ frame, code, ...client }) => {
    plan = { frames: begun(), late: frame, wellClosed: true };
    const { status, row } = await rowOf(client);
    expect(status).toBe(200);
    expect(row).toMatchObject({ state: 'failed', errorCode: expect.stringMatching(code), status: 200 });
  });

  it.each(told)('an error before content, asked by $client', async ({ frame, code, ...client }) => {
    plan = { frames: [frame], wellClosed: true };
    const { status, row } = await rowOf(client);
    expect(status).toBeGreaterThanOrEqual(500);
    expect(row).toMatchObject({ state: 'failed', errorCode: expect.stringMatching(code), status });
  });
});
