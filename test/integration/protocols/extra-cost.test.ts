/**
 * What a call costs beside its tokens, whole and streamed, at the prices of the catalog that ships. The answers are in the
 * provider's own words; each sum was worked out by hand from the published prices that stand beside it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../../proxy/contract/config.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

type Json = Record<string, unknown>;
type Wire = 'anthropic' | 'gemini' | 'chat' | 'responses';

interface Case {
  readonly name: string;
  readonly wire: Wire;
  readonly kind: string;
  readonly model: string;
  /** Beside model and messages. */
  readonly asked: Json;
  /** The answer, whole. */
  readonly answer: Json;
  /** What the books say. */
  readonly costNano: number;
  readonly certainty: 'exact' | 'estimated';
  readonly warnings?: string;
}

const SEARCH_TOOL = { tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 5 }] };
const message = (usage: Json, content: readonly Json[] = [{ type: 'text', text: 'Hi' }]): Json => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content,
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage,
});
const grounded = (model: string, queries: readonly string[], usage: Json): Json => ({
  responseId: 'r1',
  modelVersion: model,
  candidates: [
    {
      index: 0,
      content: { role: 'model', parts: [{ text: 'Hi' }] },
      finishReason: 'STOP',
      ...(queries.length === 0 ? {} : { groundingMetadata: { webSearchQueries: queries } }),
    },
  ],
  usageMetadata: usage,
});
const completion = (usage: Json, more: Json = {}): Json => ({
  id: 'c1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi', ...more }, finish_reason: 'stop' }],
  usage,
});
const response = (usage: Json, items: readonly Json[]): Json => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: 'm',
  status: 'completed',
  output: [
    ...items,
    {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Hi', annotations: [] }],
    },
  ],
  usage,
});
const searchItem = (id: string, action: string): Json => ({
  id,
  type: 'web_search_call',
  status: 'completed',
  action: { type: action },
});

const CASES: readonly Case[] = [
  {
    name: 'Anthropic: 10 USD for 1,000 searches; a page that is fetched costs its tokens only',
    wire: 'anthropic',
    kind: 'anthropic',
    model: 'claude-sonnet-4-5',
    asked: SEARCH_TOOL,
    answer: message({
      input_tokens: 1_000,
      output_tokens: 100,
      server_tool_use: { web_search_requests: 2, web_fetch_requests: 1 },
    }),
    // 1,000 x 3,000 + 100 x 15,000 + 2 x 10,000,000
    costNano: 3_000_000 + 1_500_000 + 20_000_000,
    certainty: 'exact',
  },
  {
    name: 'Gemini 2.5: 35 USD for 1,000 prompts that were searched for, however many queries',
    wire: 'gemini',
    kind: 'google',
    model: 'gemini-2.5-flash',
    asked: { tools: [{ googleSearch: {} }] },
    answer: grounded('gemini-2.5-flash', ['a', 'b', 'c'], { promptTokenCount: 1_000, candidatesTokenCount: 100 }),
    // 1,000 x 300 + 100 x 2,500 + 35,000,000
    costNano: 300_000 + 250_000 + 35_000_000,
    certainty: 'exact',
  },
  {
    name: 'Gemini 3: 14 USD for 1,000 different queries, empty ones free',
    wire: 'gemini',
    kind: 'google',
    model: 'gemini-3-flash-preview',
    asked: { tools: [{ googleSearch: {} }] },
    answer: grounded('gemini-3-flash-preview', ['a', '', 'b', 'a'], {
      promptTokenCount: 1_000,
      candidatesTokenCount: 100,
    }),
    // 1,000 x 500 + 100 x 3,000 + 2 x 14,000,000
    costNano: 500_000 + 300_000 + 28_000_000,
    certainty: 'exact',
  },
  {
    name: 'Gemini 2.5 Flash: 1 USD for a million tokens of audio, 0.30 for the text beside them',
    wire: 'gemini',
    kind: 'google',
    model: 'gemini-2.5-flash',
    asked: {},
    answer: grounded('gemini-2.5-flash', [], {
      promptTokenCount: 5_000,
      candidatesTokenCount: 100,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 2_000 },
        { modality: 'AUDIO', tokenCount: 3_000 },
      ],
    }),
    // 2,000 x 300 + 3,000 x 1,000 + 100 x 2,500
    costNano: 600_000 + 3_000_000 + 250_000,
    certainty: 'exact',
  },
  {
    name: 'OpenRouter counts the searches of its tool: 10 USD for 1,000',
    wire: 'chat',
    kind: 'openrouter',
    model: 'anthropic/claude-sonnet-4.5',
    asked: { tools: [{ type: 'openrouter:web_search', parameters: { max_uses: 1 } }] },
    answer: completion({
      prompt_tokens: 1_000,
      completion_tokens: 100,
      total_tokens: 1_100,
      cost: 0.0145,
      server_tool_use_details: { web_search_requests: 1 },
    }),
    costNano: 3_000_000 + 1_500_000 + 10_000_000,
    certainty: 'exact',
  },
  {
    name: 'OpenRouter does not count the search of its plugin: one is charged, and the sum is an estimate',
    wire: 'chat',
    kind: 'openrouter',
    model: 'anthropic/claude-sonnet-4.5',
    asked: { plugins: [{ id: 'web' }] },
    answer: completion({ prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 }),
    costNano: 3_000_000 + 1_500_000 + 10_000_000,
    certainty: 'estimated',
  },
  {
    name: 'a picture drawn by Gemini 3 Pro Image: 120 USD for a million of its tokens, 12 for text',
    wire: 'chat',
    kind: 'openrouter',
    model: 'google/gemini-3-pro-image',
    asked: {},
    answer: completion({
      prompt_tokens: 100,
      completion_tokens: 1_400,
      total_tokens: 1_500,
      completion_tokens_details: { image_tokens: 1_290 },
    }),
    // 100 x 2,000 + 110 x 12,000 + 1,290 x 120,000
    costNano: 200_000 + 1_320_000 + 154_800_000,
    certainty: 'exact',
  },
  {
    name: 'OpenAI: the catalog has no price for a search of GPT-5, so that the sum is an estimate and the client is warned',
    wire: 'responses',
    kind: 'openai',
    model: 'gpt-5',
    asked: { tools: [{ type: 'web_search' }] },
    answer: response(
      {
        input_tokens: 1_000,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 100,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 1_100,
      },
      [searchItem('ws_1', 'search'), searchItem('ws_2', 'open_page')],
    ),
    // 1,000 x 1,250 + 100 x 10,000
    costNano: 1_250_000 + 1_000_000,
    certainty: 'estimated',
    warnings: 'search_price_unknown',
  },
  {
    name: 'Groq: tools that it ran by itself have no price in the catalog',
    wire: 'chat',
    kind: 'groq',
    model: 'openai/gpt-oss-120b',
    asked: { tools: [{ type: 'browser_search' }] },
    answer: completion(
      { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
      { executed_tools: [{ index: 0, type: 'search', arguments: '{}' }] },
    ),
    // 1,000 x 150 + 100 x 600
    costNano: 150_000 + 60_000,
    certainty: 'estimated',
    warnings: 'search_price_unknown',
  },
];

const BASE: Readonly<Record<Wire, string>> = { anthropic: '/v1', gemini: '/v1beta', chat: '/v1', responses: '/v1' };

describe.each(CASES)('$name', ({ wire, kind, model, asked, answer, costNano, certainty, warnings }) => {
  let upstream: Upstream;
  let gate: TestGateway;
  beforeAll(async () => {
    upstream = await startUpstream((seen, reply) => {
      const stream = seen.url.includes(':stream') || (JSON.parse(seen.body.toString()) as Json).stream === true;
      reply.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
      reply.end(stream ? streamed(wire, answer) : JSON.stringify(answer));
    });
    const baseUrl = new URL(upstream.baseUrl).origin + BASE[wire];
    const provider = { id: 'up', kind, baseUrl, credential: 'env:UP_KEY' };
    gate = await startTestGateway(
      { providers: [provider as NonNullable<ConfigInput['providers']>[number]] },
      { env: { UP_KEY: 'secret' } },
    );
  });
  afterAll(async () => {
    await gate.close();
    await upstream.close();
  });

  it.each([false, true])('streamed: %s', async (stream) => {
    const before = (await gate.control.ledger.balance()).chargedNano;
    const reply = await fetch(gate.origin + pathOf(wire, `up/${model}`, stream), {
      method: 'POST',
      headers: { authorization: `Bearer ${gate.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...bodyOf(wire, `up/${model}`, stream), ...asked }),
    });
    const text = await reply.text();
    expect(reply.status, text).toBe(200);
    expect(reply.headers.get('x-gatehouse-warnings') ?? undefined).toBe(warnings);
    const { items } = await gate.control.requests.list({ limit: 1 });
    expect(items[0]).toMatchObject({ state: 'settled', certainty, costNano });
    expect((await gate.control.ledger.balance()).chargedNano - before).toBe(costNano);
  });
});

function pathOf(wire: Wire, model: string, stream: boolean): string {
  switch (wire) {
    case 'anthropic':
      return '/v1/messages';
    case 'gemini':
      return `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`;
    case 'chat':
      return '/v1/chat/completions';
    case 'responses':
      return '/v1/responses';
    default:
      return wire satisfies never;
  }
}

function bodyOf(wire: Wire, model: string, stream: boolean): Json {
  const messages = [{ role: 'user', content: 'x' }];
  switch (wire) {
    case 'anthropic':
      return { model, stream, max_tokens: 100, messages };
    case 'gemini':
      return { contents: [{ role: 'user', parts: [{ text: 'x' }] }] };
    case 'chat':
      return { model, stream, messages };
    case 'responses':
      return { model, stream, input: 'x' };
    default:
      return wire satisfies never;
  }
}

const sse = (...events: readonly Json[]) =>
  events
    .map(
      (event) =>
        `${event.type === undefined ? '' : `event: ${String(event.type)}\n`}data: ${JSON.stringify(event)}\n\n`,
    )
    .join('');

/** The same answer in pieces; what it counts comes at the end. */
function streamed(wire: Wire, answer: Json): string {
  switch (wire) {
    case 'anthropic': {
      const { usage, ...head } = answer;
      return sse(
        { type: 'message_start', message: { ...head, content: [], stop_reason: null, usage: { input_tokens: 1 } } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: usage as Json },
        { type: 'message_stop' },
      );
    }
    case 'gemini':
      return sse(answer);
    case 'chat': {
      const { usage, choices, ...head } = answer as { usage: Json; choices: { message: Json }[] };
      const chunk = { ...head, object: 'chat.completion.chunk' };
      const delta = choices[0]?.message;
      return `${sse(
        { ...chunk, choices: [{ index: 0, delta, finish_reason: null }] },
        { ...chunk, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        { ...chunk, choices: [], usage },
      )}data: [DONE]\n\n`;
    }
    case 'responses':
      return sse(
        { type: 'response.created', response: { id: 'resp_1', status: 'in_progress', output: [] } },
        { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 2, content_index: 0, delta: 'Hi' },
        { type: 'response.completed', response: answer },
      );
    default:
      return wire satisfies never;
  }
}
