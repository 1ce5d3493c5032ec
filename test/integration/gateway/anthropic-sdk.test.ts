import Anthropic, { AuthenticationError, NotFoundError, RateLimitError } from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

/** Anthropic's own client against a provider of another protocol: every call is translated both ways. */
let gate: TestGateway;
let client: Anthropic;
const messages = [{ role: 'user' as const, content: 'Say hello' }];
const tools: Anthropic.Tool[] = [
  {
    name: 'get_weather',
    description: 'Weather of a city',
    input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
];

beforeAll(async () => {
  gate = await startTestGateway();
  client = new Anthropic({ baseURL: gate.origin, apiKey: gate.key, maxRetries: 0 });
});
afterAll(() => gate.close());

describe('@anthropic-ai/sdk on an openai-chat provider', () => {
  it('plain, with system blocks and usage', async () => {
    const answer = await client.messages.create({
      model: 'sim/echo',
      max_tokens: 100,
      system: [{ type: 'text', text: 'Be brief.' }],
      messages,
    });
    expect(answer.type).toBe('message');
    expect(answer.content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('Say hello') });
    expect(answer.stop_reason).toBe('end_turn');
    expect(answer.usage.input_tokens).toBeGreaterThan(0);
    expect(answer.usage.output_tokens).toBeGreaterThan(0);
  });

  it('streamed', async () => {
    const stream = client.messages.stream({ model: 'claude/sim/lorem-50', max_tokens: 500, messages });
    const types = new Set<string>();
    for await (const event of stream) types.add(event.type);
    const final = await stream.finalMessage();
    expect([...types]).toEqual(
      expect.arrayContaining([
        'message_start',
        'content_block_start',
        'content_block_delta',
        'content_block_stop',
        'message_delta',
        'message_stop',
      ]),
    );
    expect(final.usage.output_tokens).toBe(50);
    expect(final.stop_reason).toBe('end_turn');
  });

  it('tools, called and answered', async () => {
    const asked = await client.messages.create({ model: 'sim/parallel-tools', max_tokens: 500, messages, tools });
    const uses = asked.content.filter((block) => block.type === 'tool_use');
    expect(uses.length).toBeGreaterThan(1);
    expect(asked.stop_reason).toBe('tool_use');
    const streamed = await client.messages
      .stream({ model: 'sim/parallel-tools', max_tokens: 500, messages, tools })
      .finalMessage();
    expect(streamed.content.filter((block) => block.type === 'tool_use').map((block) => block.input)).toEqual(
      uses.map((block) => block.input),
    );
    const results = uses.map((use) => ({ type: 'tool_result' as const, tool_use_id: use.id, content: '22 degrees' }));
    const answer = await client.messages.create({
      model: 'sim/echo',
      max_tokens: 100,
      tools,
      messages: [...messages, { role: 'assistant', content: asked.content }, { role: 'user', content: results }],
    });
    expect(answer.stop_reason).toBe('end_turn');
  });

  it('reasoning comes as thinking', async () => {
    const answer = await client.messages.create({ model: 'sim/reasoning', max_tokens: 500, messages });
    expect(answer.content.map((block) => block.type)).toEqual(['thinking', 'text']);
  });

  it('counts tokens by estimate, and says so', async () => {
    const { data, response } = await client.messages.countTokens({ model: 'sim/echo', messages }).withResponse();
    expect(data.input_tokens).toBeGreaterThan(0);
    expect(response.headers.get('x-gatehouse-warnings')).toBe('estimated');
  });

  it('lists models whose names begin the way Claude Code wants', async () => {
    const page = await client.models.list();
    expect(page.data.every((model) => /^(claude|anthropic)/.test(model.id))).toBe(true);
    expect(page.data.map((model) => model.id)).toContain('claude/sim/echo');
  });

  it('errors become the SDK’s own classes, in its own envelope', async () => {
    await expect(client.messages.create({ model: 'sim/error-429', max_tokens: 10, messages })).rejects.toBeInstanceOf(
      RateLimitError,
    );
    await expect(client.messages.create({ model: 'nowhere/x', max_tokens: 10, messages })).rejects.toBeInstanceOf(
      NotFoundError,
    );
    const wrong = new Anthropic({ baseURL: gate.origin, apiKey: 'gh_wrong', maxRetries: 0 });
    await expect(wrong.messages.create({ model: 'sim/echo', max_tokens: 10, messages })).rejects.toBeInstanceOf(
      AuthenticationError,
    );
    const response = await fetch(`${gate.origin}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': gate.key },
      body: '{',
    });
    expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
  });

  it.each(['sim/cut', 'sim/error-after-200', 'sim/malformed', 'sim/no-finish'])(
    'a stream that breaks is never a finished message: %s',
    async (model) => {
      await expect(client.messages.stream({ model, max_tokens: 100, messages }).finalMessage()).rejects.toThrow();
    },
  );
});
