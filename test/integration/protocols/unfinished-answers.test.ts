/**
 * A whole answer that does not say why the model stopped may be half of one: no client protocol has honest words for it, so
 * a translated one ends as a stream that ends so does. What was made is charged. No provider of the recordings omits it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../support/gateway/start.ts';
import { completion, json, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

const CHAT = {
  ...completion(),
  choices: [{ index: 0, message: { role: 'assistant', content: 'half of a' }, finish_reason: null }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
};
const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [{ type: 'text', text: 'half of a' }],
  stop_reason: null,
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: 5 },
};
/** 10 tokens at $1 and 5 at $2 a million. */
const COST_NANO = 20_000;

const SAID = [{ role: 'user', content: 'x' }];
const CLIENTS = [
  ['openai-chat', '/v1/chat/completions', 'messages/m', MESSAGE, { messages: SAID }, 'error.code'],
  ['openai-responses', '/v1/responses', 'chat/m', CHAT, { input: 'x' }, 'error.code'],
  ['anthropic-messages', '/v1/messages', 'chat/m', CHAT, { messages: SAID, max_tokens: 9 }, 'gatehouse.code'],
  [
    'gemini',
    '/v1beta/models/chat/m:generateContent',
    'chat/m',
    CHAT,
    { contents: [{ role: 'user', parts: [{ text: 'x' }] }] },
    'error.details.0.reason',
  ],
] as const;

describe('an answer without a finish reason', () => {
  let upstream: Upstream;
  let gate: TestGateway;
  beforeAll(async () => {
    upstream = await startUpstream();
    const models = [{ id: 'm', ...TEST_PRICES }];
    gate = await startTestGateway({
      providers: [
        { id: 'chat', kind: 'openai-compatible', baseUrl: upstream.baseUrl, credential: 'none', models },
        { id: 'messages', kind: 'anthropic-compatible', baseUrl: upstream.baseUrl, credential: 'none', models },
      ],
    });
  });
  afterAll(async () => {
    await gate.close();
    await upstream.close();
  });

  async function ask(path: string, model: string, body: object) {
    // One failure after another opens the breaker.
    for (const id of ['chat', 'messages']) await gate.control.routing.reset({ id });
    const response = await fetch(gate.origin + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${gate.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, ...body }),
    });
    return { status: response.status, body: (await response.json()) as object };
  }

  it.each(CLIENTS)('of %s is an error, and its tokens are charged', async (_name, path, model, answer, body, code) => {
    upstream.answer(json(200, answer));
    const before = upstream.requests.length;
    const refused = await ask(path, model, body);
    expect(refused.status).toBe(502);
    expect(refused.body).toHaveProperty(code, 'upstream_cut');
    expect(JSON.stringify(refused.body)).not.toContain('half of a');
    const { items } = await gate.control.requests.list({});
    const attempts = upstream.requests.length - before;
    expect(items[0]).toMatchObject({
      state: 'failed',
      errorCode: 'upstream_cut',
      attempts,
      certainty: 'exact',
      costNano: attempts * COST_NANO,
    });
  });

  it.each(CLIENTS)('of %s is whole when it is given', async (_name, path, model, answer, body) => {
    const finished = JSON.parse(
      JSON.stringify(answer)
        .replace('"finish_reason":null', '"finish_reason":"stop"')
        .replace('"stop_reason":null', '"stop_reason":"end_turn"'),
    ) as object;
    upstream.answer(json(200, finished));
    const served = await ask(path, model, body);
    expect(served.status).toBe(200);
    expect(JSON.stringify(served.body)).toContain('half of a');
  });

  it('passes where both sides speak the same protocol: the bytes are the provider’s', async () => {
    upstream.answer(json(200, CHAT));
    const served = await ask('/v1/chat/completions', 'chat/m', { messages: SAID });
    expect(served).toEqual({ status: 200, body: CHAT });
  });

  it('of one of several choices is an error too, and so is none at all', async () => {
    const [first] = CHAT.choices;
    for (const choices of [
      [
        { ...first, finish_reason: 'stop' },
        { ...first, index: 1 },
      ],
      [],
    ]) {
      upstream.answer(json(200, { ...CHAT, choices }));
      expect((await ask('/v1/responses', 'chat/m', { input: 'x' })).status).toBe(502);
    }
  });
});
