/** One chat call to a provider of every kind, over a socket: where it arrives, how it proves itself, and that the answer comes back. */
import { afterEach, expect, test } from 'vitest';
import type { ProviderKind } from '../../../proxy/contract/config.ts';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../support/gateway/start.ts';
import { completion, json, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream | undefined;
let gateway: TestGateway | undefined;

afterEach(async () => {
  await gateway?.close();
  await upstream?.close();
});

const SECRET = 'provider-secret-0123456789';
const BEARER = { authorization: `Bearer ${SECRET}` };

const MESSAGES_ANSWER = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [{ type: 'text', text: 'hi' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: 5 },
};
const GEMINI_ANSWER = {
  candidates: [{ index: 0, content: { role: 'model', parts: [{ text: 'hi' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
};
const CONVERSE_ANSWER = {
  output: { message: { role: 'assistant', content: [{ text: 'hi' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
  metrics: { latencyMs: 1 },
};

interface Row {
  readonly kind: ProviderKind;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly answer: unknown;
}
const chat = (kind: ProviderKind): Row => ({
  kind,
  url: '/v1/chat/completions',
  headers: BEARER,
  answer: completion(),
});

const ROWS: readonly Row[] = [
  ...(
    [
      'openai',
      'groq',
      'together',
      'xai',
      'mistral',
      'deepinfra',
      'openrouter',
      'ollama',
      'lmstudio',
      'openai-compatible',
    ] as const
  ).map(chat),
  {
    kind: 'anthropic',
    url: '/v1/messages',
    headers: { 'x-api-key': SECRET, 'anthropic-version': '2023-06-01' },
    answer: MESSAGES_ANSWER,
  },
  {
    kind: 'anthropic-compatible',
    url: '/v1/messages',
    headers: { 'x-api-key': SECRET, ...BEARER, 'anthropic-version': '2023-06-01' },
    answer: MESSAGES_ANSWER,
  },
  {
    kind: 'google',
    url: '/v1/models/m:generateContent',
    headers: { 'x-goog-api-key': SECRET },
    answer: GEMINI_ANSWER,
  },
  { kind: 'bedrock', url: '/v1/model/m/converse', headers: BEARER, answer: CONVERSE_ANSWER },
];

test.each(ROWS)('$kind', async ({ kind, url, headers, answer }) => {
  upstream = await startUpstream(json(200, answer));
  gateway = await startTestGateway(
    {
      providers: [
        {
          id: 'up',
          kind,
          baseUrl: upstream.baseUrl,
          credential: 'env:UP_KEY',
          ...(kind === 'bedrock' ? { region: 'eu-west-1' } : {}),
          models: [{ id: 'm', ...TEST_PRICES }],
        },
      ],
    },
    { env: { UP_KEY: SECRET } },
  );
  const response = await gateway.chat({
    model: 'up/m',
    max_tokens: 20,
    messages: [{ role: 'user', content: 'hello' }],
  });
  expect([response.status, await response.json()]).toEqual([
    200,
    expect.objectContaining({
      choices: [
        expect.objectContaining({ message: expect.objectContaining({ content: 'hi' }), finish_reason: 'stop' }),
      ],
      usage: expect.objectContaining({ prompt_tokens: 10, completion_tokens: 5 }),
    }),
  ]);
  const seen = upstream.requests.filter((request) => !request.url.includes('tags') && !request.url.endsWith('/models'));
  expect(seen.map((request) => request.url)).toEqual([url]);
  expect(seen[0]?.headers).toMatchObject(headers);
  // The access key of the client stays here.
  expect(JSON.stringify(seen[0]?.headers)).not.toContain(gateway.key);
});

test("a client's own anthropic-version is the one that arrives", async () => {
  upstream = await startUpstream(json(200, MESSAGES_ANSWER));
  gateway = await startTestGateway(
    {
      providers: [
        {
          id: 'up',
          kind: 'anthropic',
          baseUrl: upstream.baseUrl,
          credential: 'env:UP_KEY',
          models: [{ id: 'm', ...TEST_PRICES }],
        },
      ],
    },
    { env: { UP_KEY: SECRET } },
  );
  const response = await fetch(`${gateway.baseUrl}/messages`, {
    method: 'POST',
    headers: { 'x-api-key': gateway.key, 'content-type': 'application/json', 'anthropic-version': '2026-10-21' },
    body: JSON.stringify({ model: 'up/m', max_tokens: 20, messages: [{ role: 'user', content: 'hello' }] }),
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
  const [seen] = upstream.requests;
  expect(seen?.headers).toMatchObject({ 'anthropic-version': '2026-10-21', 'x-api-key': SECRET });
});

test('OpenAI and its kin speak the Responses protocol themselves: its bytes pass', async () => {
  upstream = await startUpstream(
    json(200, {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      model: 'm',
      output: [
        {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'hi', annotations: [] }],
        },
      ],
      usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
    }),
  );
  gateway = await startTestGateway({
    providers: [
      {
        id: 'up',
        kind: 'openai',
        baseUrl: upstream.baseUrl,
        credential: 'none',
        models: [{ id: 'm', ...TEST_PRICES }],
      },
    ],
  });
  const body = '{"model":"up/m", "input":"hello",  "unheard_of":12345678901234567890}';
  const response = await fetch(`${gateway.baseUrl}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body,
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
  const [seen] = upstream.requests;
  expect(seen?.url).toBe('/v1/responses');
  expect(seen?.body.toString()).toBe(body.replace('up/m', 'm'));
});
