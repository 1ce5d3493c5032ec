import OpenAI, { APIError, AuthenticationError, RateLimitError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

/** The real client library against the real gateway and its simulator: what a user's tool would see. */
let gate: TestGateway;
let client: OpenAI;
const messages = [{ role: 'user' as const, content: 'Say hello' }];

beforeAll(async () => {
  gate = await startTestGateway();
  client = new OpenAI({ baseURL: gate.baseUrl, apiKey: gate.key, maxRetries: 0 });
});
afterAll(() => gate.close());

describe('the openai SDK', () => {
  it('plain', async () => {
    const answer = await client.chat.completions.create({ model: 'sim/echo', messages });
    expect(answer.choices[0]?.message.content).toContain('Say hello');
    expect(answer.usage?.prompt_tokens).toBeGreaterThan(0);
    expect(answer._request_id).toMatch(/^req_/);
  });

  it('streamed, with usage when asked', async () => {
    const stream = await client.chat.completions.create({
      model: 'sim/lorem-50',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const part of stream) {
      text += part.choices[0]?.delta.content ?? '';
      usage = part.usage ?? usage;
    }
    expect(text.length).toBeGreaterThan(50);
    expect(usage?.completion_tokens).toBe(50);
  });

  it('the stream helper, with tool calls', async () => {
    const tools = [
      {
        type: 'function' as const,
        function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
      },
    ];
    const final = await client.chat.completions
      .stream({ model: 'sim/parallel-tools', messages, tools })
      .finalChatCompletion();
    const calls = final.choices[0]?.message.tool_calls ?? [];
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls)
      expect(call.type === 'function' && JSON.parse(call.function.arguments)).toBeTypeOf('object');
    expect(final.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('models', async () => {
    const ids = (await client.models.list()).data.map((model) => model.id);
    expect(ids).toContain('sim/echo');
    expect((await client.models.retrieve('sim/echo')).id).toBe('sim/echo');
  });

  it('errors become the SDK’s own classes', async () => {
    await expect(client.chat.completions.create({ model: 'sim/error-429', messages })).rejects.toBeInstanceOf(
      RateLimitError,
    );
    await expect(client.chat.completions.create({ model: 'sim/error-401', messages })).rejects.toBeInstanceOf(
      AuthenticationError,
    );
    const wrong = new OpenAI({ baseURL: gate.baseUrl, apiKey: 'gh_wrong', maxRetries: 0 });
    await expect(wrong.models.list()).rejects.toBeInstanceOf(AuthenticationError);
  });

  it.each(['sim/cut', 'sim/error-after-200', 'sim/malformed', 'sim/no-finish'])(
    'a stream that breaks is never a finished answer: %s',
    async (model) => {
      const read = async () => {
        const stream = await client.chat.completions.create({ model, messages, stream: true });
        for await (const part of stream) expect(part.object).toBe('chat.completion.chunk');
      };
      await expect(read()).rejects.toBeInstanceOf(APIError);
    },
  );

  it('abort', async () => {
    const stream = await client.chat.completions.create({ model: 'sim/slow-tokens', messages, stream: true });
    for await (const part of stream) {
      if (part.choices[0]?.delta.content) break;
    }
    expect(stream.controller.signal.aborted).toBe(true);
  });
});
