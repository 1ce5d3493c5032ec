/** The simulator as a provider of every protocol, asked by clients of every protocol that clients speak. */
import { afterAll, beforeAll, expect, suite, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

const PROTOCOLS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const;
type Name = (typeof PROTOCOLS)[number];
/** Nobody speaks Bedrock's to us. */
const PROVIDERS = [...PROTOCOLS, 'bedrock-converse'] as const;
type ProviderName = (typeof PROVIDERS)[number];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    providers: PROVIDERS.map((speaks) => ({ id: `sim-${speaks}`, kind: 'simulator', speaks })),
  });
});
afterAll(() => gateway.close());

interface Asked {
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

const SAID = 'Say something about harbours.';
const ASK: Readonly<Record<Name, (model: string, stream: boolean) => Asked>> = {
  'openai-chat': (model, stream) => ({
    url: '/v1/chat/completions',
    body: { model, stream, messages: [{ role: 'user', content: SAID }] },
  }),
  'openai-responses': (model, stream) => ({ url: '/v1/responses', body: { model, stream, input: SAID } }),
  'anthropic-messages': (model, stream) => ({
    url: '/v1/messages',
    body: { model, stream, max_tokens: 500, messages: [{ role: 'user', content: SAID }] },
    headers: { 'anthropic-version': '2023-06-01' },
  }),
  gemini: (model, stream) => ({
    url: `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: { contents: [{ role: 'user', parts: [{ text: SAID }] }] },
  }),
};

/** What stands at the end of a stream that ended well. */
const WELL_ENDED: Readonly<Record<Name, string>> = {
  'openai-chat': 'data: [DONE]',
  'openai-responses': 'response.completed',
  'anthropic-messages': 'message_stop',
  gemini: '"finishReason"',
};

async function ask(client: Name, provider: ProviderName, drill: string, stream: boolean) {
  const { url, body, headers } = ASK[client](`sim-${provider}/${drill}`, stream);
  const response = await fetch(gateway.origin + url, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const PAIRS = PROTOCOLS.flatMap((client) => PROVIDERS.map((provider) => [client, provider] as const));

suite.each(PAIRS)('%s asks %s', (client, provider) => {
  test('a whole answer', async () => {
    const { status, text } = await ask(client, provider, 'echo', false);
    expect([status, text]).toEqual([200, expect.stringContaining(SAID)]);
  });

  test('a stream, with exact usage in the books', async () => {
    const { status, text } = await ask(client, provider, 'echo', true);
    expect([status, text]).toEqual([200, expect.stringContaining(WELL_ENDED[client])]);
    const { items } = await gateway.control.requests.list({ limit: 1 });
    expect(items[0]).toMatchObject({
      state: 'settled',
      certainty: 'exact',
      usage: { outputTokens: expect.any(Number) },
    });
  });

  test.each(['cut', 'malformed', 'no-finish', 'error-after-200'])(
    'a stream gone wrong (%s) never ends well',
    async (drill) => {
      const { status, text } = await ask(client, provider, drill, true);
      expect([drill, status]).toEqual([drill, 200]);
      expect(text).not.toContain(WELL_ENDED[client]);
    },
  );

  test('thinking comes beside the text', async () => {
    const { status, text } = await ask(client, provider, 'reasoning', true);
    expect([status, text]).toEqual([200, expect.stringContaining(WELL_ENDED[client])]);
  });
});

// Each waits as long as the provider says before it is tried again, so they wait together.
test.concurrent.each(PAIRS)('%s is refused by %s, and the refusal keeps its status', async (client, provider) => {
  expect((await ask(client, provider, 'error-429', false)).status).toBe(429);
});
