/**
 * What a call costs when part of it was cached and part of it thought, once a provider protocol, whole and streamed. The
 * providers' numbers are written as they report them; the buckets and the sum beside them were worked out by hand.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../../proxy/contract/config.ts';
import type { Usage } from '../../../proxy/core/usage.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';
import { anthropicUpstream } from '../../support/protocols/upstreams/anthropic-messages.ts';
import { bedrockUpstream } from '../../support/protocols/upstreams/bedrock-converse.ts';
import { geminiUpstream } from '../../support/protocols/upstreams/gemini.ts';
import { openAiChatUpstream } from '../../support/protocols/upstreams/openai-chat.ts';
import { openAiResponsesUpstream } from '../../support/protocols/upstreams/openai-responses.ts';
import type { UpstreamWire } from '../../support/protocols/upstreams/script.ts';

/** USD per million tokens, all different: a token in the wrong bucket changes the sum. */
const PRICES = {
  inputUsdPerMTok: 3,
  outputUsdPerMTok: 15,
  cacheReadUsdPerMTok: 0.3,
  cacheWriteUsdPerMTok: 3.75,
  cacheWrite1hUsdPerMTok: 6,
  reasoningUsdPerMTok: 12,
};

interface Case {
  readonly wire: UpstreamWire;
  /** The provider's own words. */
  readonly reported: Record<string, unknown>;
  readonly usage: Usage;
  readonly costNano: number;
}

const CASES: readonly Case[] = [
  {
    wire: openAiChatUpstream,
    reported: {
      prompt_tokens: 1_000,
      completion_tokens: 200,
      total_tokens: 1_200,
      prompt_tokens_details: { cached_tokens: 600 },
      completion_tokens_details: { reasoning_tokens: 150 },
    },
    usage: { inputTokens: 400, cacheReadTokens: 600, outputTokens: 50, reasoningTokens: 150 },
    // 400 x 3,000 + 600 x 300 + 50 x 15,000 + 150 x 12,000
    costNano: 1_200_000 + 180_000 + 750_000 + 1_800_000,
  },
  {
    wire: openAiResponsesUpstream,
    reported: {
      input_tokens: 1_000,
      input_tokens_details: { cached_tokens: 600 },
      output_tokens: 200,
      output_tokens_details: { reasoning_tokens: 150 },
      total_tokens: 1_200,
    },
    usage: { inputTokens: 400, cacheReadTokens: 600, outputTokens: 50, reasoningTokens: 150 },
    costNano: 1_200_000 + 180_000 + 750_000 + 1_800_000,
  },
  {
    wire: anthropicUpstream,
    reported: {
      input_tokens: 400,
      cache_read_input_tokens: 600,
      cache_creation_input_tokens: 300,
      cache_creation: { ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 100 },
      output_tokens: 200,
      output_tokens_details: { thinking_tokens: 150 },
    },
    usage: {
      inputTokens: 400,
      cacheReadTokens: 600,
      cacheWriteTokens: 200,
      cacheWrite1hTokens: 100,
      outputTokens: 50,
      reasoningTokens: 150,
    },
    // ... + 200 x 3,750 + 100 x 6,000
    costNano: 1_200_000 + 180_000 + 750_000 + 600_000 + 750_000 + 1_800_000,
  },
  {
    wire: geminiUpstream,
    // The prompt includes what was cached; the candidates leave the thoughts out.
    reported: {
      promptTokenCount: 1_000,
      cachedContentTokenCount: 600,
      candidatesTokenCount: 50,
      thoughtsTokenCount: 150,
      totalTokenCount: 1_200,
    },
    usage: { inputTokens: 400, cacheReadTokens: 600, outputTokens: 50, reasoningTokens: 150 },
    costNano: 1_200_000 + 180_000 + 750_000 + 1_800_000,
  },
  {
    wire: bedrockUpstream,
    // Thinking is nowhere told apart from the output.
    reported: {
      inputTokens: 400,
      cacheReadInputTokens: 600,
      cacheWriteInputTokens: 300,
      cacheDetails: [
        { ttl: '5m', inputTokens: 200 },
        { ttl: '1h', inputTokens: 100 },
      ],
      outputTokens: 200,
      totalTokens: 1_500,
    },
    usage: {
      inputTokens: 400,
      cacheReadTokens: 600,
      cacheWriteTokens: 200,
      cacheWrite1hTokens: 100,
      outputTokens: 200,
    },
    // 200 x 15,000 for all of the output
    costNano: 1_200_000 + 180_000 + 750_000 + 600_000 + 3_000_000,
  },
];

const CLIENTS = [
  {
    client: 'openai-chat',
    path: () => '/v1/chat/completions',
    body: (model: string, stream: boolean) => ({ model, stream, messages: [{ role: 'user', content: 'x' }] }),
  },
  {
    client: 'openai-responses',
    path: () => '/v1/responses',
    body: (model: string, stream: boolean) => ({ model, stream, input: 'x' }),
  },
  {
    client: 'anthropic-messages',
    path: () => '/v1/messages',
    body: (model: string, stream: boolean) => ({
      model,
      stream,
      max_tokens: 100,
      messages: [{ role: 'user', content: 'x' }],
    }),
  },
  {
    client: 'gemini',
    path: (model: string, stream: boolean) =>
      `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: () => ({ contents: [{ role: 'user', parts: [{ text: 'x' }] }] }),
  },
];

describe.each(CASES)('$wire.protocol', ({ wire, reported, usage, costNano }) => {
  const { kind, model, basePath, secret } = wire.provider;
  let upstream: Upstream;
  let gate: TestGateway;
  beforeAll(async () => {
    upstream = await startUpstream((seen, response) => {
      const { stream } = wire.understand(seen);
      response.writeHead(200, { 'content-type': stream ? wire.streamType : 'application/json' });
      const said = { thought: ['hm'], text: ['Hello'], usage: reported };
      if (stream) for (const frame of wire.stream(said)) response.write(frame);
      response.end(stream ? undefined : JSON.stringify(wire.whole(said)));
    });
    const provider = {
      id: 'up',
      kind,
      baseUrl: new URL(upstream.baseUrl).origin + basePath,
      credential: 'env:UP_KEY',
      ...(kind === 'bedrock' ? { region: 'us-east-1' } : {}),
      models: [{ id: model, ...PRICES, contextTokens: 100_000, maxOutputTokens: 1_000 }],
    } as NonNullable<ConfigInput['providers']>[number];
    gate = await startTestGateway({ providers: [provider] }, { env: { UP_KEY: secret } });
  });
  afterAll(async () => {
    await gate.close();
    await upstream.close();
  });

  const ways = CLIENTS.flatMap((client) => [false, true].map((stream) => ({ ...client, stream })));
  it.each(ways)('asked by $client, streamed: $stream', async ({ path, body, stream }) => {
    const before = (await gate.control.ledger.balance()).chargedNano;
    const name = `up/${model}`;
    const response = await fetch(gate.origin + path(name, stream), {
      method: 'POST',
      headers: { authorization: `Bearer ${gate.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body(name, stream)),
    });
    const text = await response.text();
    expect(response.status, text).toBe(200);
    const { items } = await gate.control.requests.list({ limit: 1 });
    expect(items[0]).toMatchObject({ state: 'settled', certainty: 'exact' });
    expect(items[0]?.usage).toEqual(usage);
    const after = (await gate.control.ledger.balance()).chargedNano;
    expect(after - before).toBe(costNano);
  });
});
