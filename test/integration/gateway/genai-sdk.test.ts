import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

/** Google's own client against a provider of another protocol. */
let gate: TestGateway;
let client: GoogleGenAI;
const contents = 'Say hello';
const config = {
  tools: [
    {
      functionDeclarations: [
        { name: 'get_weather', parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } } } },
      ],
    },
  ],
};

beforeAll(async () => {
  gate = await startTestGateway();
  client = new GoogleGenAI({ apiKey: gate.key, httpOptions: { baseUrl: gate.origin } });
});
afterAll(() => gate.close());

describe('@google/genai on an openai-chat provider', () => {
  it('plain', async () => {
    const answer = await client.models.generateContent({ model: 'sim/echo', contents });
    expect(answer.text).toContain('Say hello');
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP');
    expect(answer.usageMetadata?.promptTokenCount).toBeGreaterThan(0);
  });

  it('streamed', async () => {
    let text = '';
    let finish: string | undefined;
    let output: number | undefined;
    for await (const part of await client.models.generateContentStream({ model: 'sim/lorem-50', contents })) {
      text += part.text ?? '';
      finish = part.candidates?.[0]?.finishReason ?? finish;
      output = part.usageMetadata?.candidatesTokenCount ?? output;
    }
    expect([text.length > 50, finish, output]).toEqual([true, 'STOP', 50]);
  });

  it('as one list, for clients that do not ask for events', async () => {
    const url = `${gate.origin}/v1beta/models/sim/lorem-20:streamGenerateContent`;
    const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'x' }] }] });
    const response = await fetch(url, { method: 'POST', headers: { 'x-goog-api-key': gate.key }, body });
    expect(response.headers.get('content-type')).toContain('application/json');
    const list = (await response.json()) as { candidates: { finishReason?: string }[] }[];
    expect(list.at(-1)?.candidates[0]?.finishReason).toBe('STOP');
  });

  it('parallel tools, called and answered', async () => {
    const forced = { ...config, toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } } };
    const asked = await client.models.generateContent({ model: 'sim/parallel-tools', contents, config: forced });
    expect(asked.functionCalls?.length).toBeGreaterThan(1);
    const turn = asked.candidates?.[0]?.content;
    const results = (asked.functionCalls ?? []).map((call) => ({
      functionResponse: {
        ...(call.id === undefined ? {} : { id: call.id }),
        name: call.name ?? '',
        response: { output: '22 degrees' },
      },
    }));
    const answer = await client.models.generateContent({
      model: 'sim/echo',
      contents: [
        { role: 'user', parts: [{ text: contents }] },
        ...(turn === undefined ? [] : [turn]),
        { role: 'user', parts: results },
      ],
      config,
    });
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP');
  });

  it('counts tokens by estimate', async () => {
    expect((await client.models.countTokens({ model: 'sim/echo', contents })).totalTokens).toBeGreaterThan(0);
  });

  it('lists models in its own shape', async () => {
    const response = await fetch(`${gate.origin}/v1beta/models`, { headers: { 'x-goog-api-key': gate.key } });
    const { models } = (await response.json()) as { models: { name: string }[] };
    expect(models.map((model) => model.name)).toContain('models/sim/echo');
  });

  it.each([
    ['sim/error-429', 429],
    ['sim/error-401', 401],
    ['nowhere/x', 404],
  ])('%s is an ApiError with status %i', async (model, status) => {
    await expect(client.models.generateContent({ model, contents })).rejects.toSatisfy(
      (error) => error instanceof ApiError && error.status === status,
    );
  });

  it.each(['sim/cut', 'sim/error-after-200', 'sim/no-finish'])(
    'a stream that breaks is never a finished answer: %s',
    async (model) => {
      const read = async () => {
        let finish: string | undefined;
        for await (const part of await client.models.generateContentStream({ model, contents }))
          finish = part.candidates?.[0]?.finishReason ?? finish;
        return finish;
      };
      const finish = await read().catch((error: unknown) => error);
      expect(finish).not.toBe('STOP');
    },
  );
});
