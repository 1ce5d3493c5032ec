import OpenAI, { APIError, RateLimitError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

/** The Responses API of the openai SDK against a provider that speaks chat completions only. */
let gate: TestGateway;
let client: OpenAI;
const input = 'Say hello';
const tools: OpenAI.Responses.Tool[] = [
  {
    type: 'function',
    name: 'get_weather',
    strict: false,
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
];

beforeAll(async () => {
  gate = await startTestGateway();
  client = new OpenAI({ baseURL: gate.baseUrl, apiKey: gate.key, maxRetries: 0 });
});
afterAll(() => gate.close());

describe('the Responses API on an openai-chat provider', () => {
  it('plain', async () => {
    const answer = await client.responses.create({ model: 'sim/echo', input, instructions: 'Be brief.' });
    expect(answer.output_text).toContain('Say hello');
    expect(answer.status).toBe('completed');
    expect(answer.usage?.output_tokens).toBeGreaterThan(0);
  });

  it('streamed through the helper, with numbered events', async () => {
    const stream = client.responses.stream({ model: 'sim/lorem-50', input });
    const numbers: number[] = [];
    for await (const event of stream) numbers.push(event.sequence_number);
    const final = await stream.finalResponse();
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect([final.status, final.usage?.output_tokens]).toEqual(['completed', 50]);
  });

  it('parallel tools, called and answered', async () => {
    const asked = await client.responses.stream({ model: 'sim/parallel-tools', input, tools }).finalResponse();
    const calls = asked.output.filter((item) => item.type === 'function_call');
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls) expect(JSON.parse(call.arguments)).toBeTypeOf('object');
    const results = calls.map((call) => ({
      type: 'function_call_output' as const,
      call_id: call.call_id,
      output: '22 degrees',
    }));
    const answer = await client.responses.create({
      model: 'sim/echo',
      tools,
      input: [{ role: 'user', content: input }, ...(asked.output as OpenAI.Responses.ResponseInputItem[]), ...results],
    });
    expect(answer.status).toBe('completed');
  });

  it('free-text and namespaced tools, as Codex sends them, do not stand in the way', async () => {
    const body = {
      model: 'sim/echo',
      input,
      tools: [
        {
          type: 'custom',
          name: 'apply_patch',
          description: 'patch',
          format: { type: 'grammar', syntax: 'lark', definition: 'start: /.+/' },
        },
        {
          type: 'namespace',
          name: 'agents',
          description: 'agents',
          tools: [{ type: 'function', name: 'spawn', parameters: { type: 'object', properties: {} } }],
        },
        { type: 'web_search' },
      ],
    };
    const response = await fetch(`${gate.baseUrl}/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gate.key}` },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-gatehouse-warnings')).toBe('dropped_tool(tools[2])');
  });

  it('a thread kept by the server is refused in words', async () => {
    await expect(
      client.responses.create({ model: 'sim/echo', input, previous_response_id: 'resp_1' }),
    ).rejects.toMatchObject({ status: 400, param: 'previous_response_id' });
  });

  it('a WebSocket is sent to POST at once', async () => {
    const response = await fetch(`${gate.baseUrl}/responses`);
    expect(response.status).toBe(426);
  });

  it('errors become the SDK’s own classes', async () => {
    await expect(client.responses.create({ model: 'sim/error-429', input })).rejects.toBeInstanceOf(RateLimitError);
  });

  it.each(['sim/cut', 'sim/error-after-200', 'sim/malformed', 'sim/no-finish'])(
    'a stream that breaks never completes: %s',
    async (model) => {
      const read = async () => {
        const types: string[] = [];
        for await (const event of await client.responses.create({ model, input, stream: true })) types.push(event.type);
        return types;
      };
      const types = await read().catch((error: unknown) => (error instanceof APIError ? [] : Promise.reject(error)));
      expect(types).not.toContain('response.completed');
    },
  );
});
