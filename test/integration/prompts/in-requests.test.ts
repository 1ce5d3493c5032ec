/** Saved prompts in real requests: real clients, real sockets, and what reaches the provider byte for byte. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Anthropic, { BadRequestError as AnthropicBadRequest } from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI, { BadRequestError } from 'openai';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

const GREET = {
  id: 'greet',
  label: 'first',
  messages: [
    { role: 'system' as const, content: 'Be brief, {{name}} waits.' },
    { role: 'user' as const, content: 'Who am I?' },
    { role: 'assistant' as const, content: 'You are {{name}}.' },
  ],
};

describe('on a provider of its own protocol', () => {
  let upstream: Upstream;
  let gate: TestGateway;

  beforeEach(async () => {
    upstream = await startUpstream();
    gate = await startTestGateway({
      providers: [
        {
          id: 'up',
          kind: 'openai-compatible',
          baseUrl: upstream.baseUrl,
          credential: 'none',
          models: [
            { id: 'm', ...TEST_PRICES },
            { id: 'dear', ...TEST_PRICES },
          ],
        },
      ],
    });
    await gate.control.prompts.save(GREET);
  });
  afterEach(async () => {
    await gate.close();
    await upstream.close();
  });

  const sent = () => upstream.requests.at(-1)?.body.toString();

  it('goes before the messages, and every other byte stays', async () => {
    const response = await gate.chat(
      '{ "model":"up/m", "prompt":{"id":"gatehouse/greet","version":1,"variables":{"name":"Zoë \\"Z\\""}},\n"seed":12479678939117453000,"messages":[{"role":"user","content":"h\\u00e9"}] }',
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('x-gatehouse-prompt')).toBe('greet@1');
    expect(sent()).toBe(
      '{ "model":"m",\n"seed":12479678939117453000,"messages":[' +
        '{"role":"system","content":"Be brief, Zoë \\"Z\\" waits."},{"role":"user","content":"Who am I?"},' +
        '{"role":"assistant","content":"You are Zoë \\"Z\\"."},{"role":"user","content":"h\\u00e9"}] }',
    );
    // Its record is that of any request; what the text said is in none.
    const { items } = await gate.control.requests.list({});
    expect(items[0]).toMatchObject({ modelAsked: 'up/m', savedPrompt: 'greet@1', state: 'settled' });
    expect(JSON.stringify(items)).not.toContain('brief');
  });

  it('brings the model where the request names none, and the own fallbacks still count', async () => {
    await gate.control.prompts.save({ id: 'ask', messages: GREET.messages.slice(1, 2), parameters: { model: 'up/m' } });
    const response = await gate.chat({ prompt: { id: 'gatehouse/ask' }, models: ['up/dear'] });
    expect(response.status).toBe(200);
    expect(sent()).toBe('{"messages":[{"role":"user","content":"Who am I?"}],"model":"m"}');
  });

  it('gives a key no rights that it has not', async () => {
    await gate.control.prompts.save({
      id: 'ask',
      messages: GREET.messages.slice(1, 2),
      parameters: { model: 'up/dear' },
    });
    const { secret } = await gate.control.accessKeys.create({ id: 'intern', policy: { models: ['up/m'] } });
    const headers = { authorization: `Bearer ${secret}` };
    const refused = await gate.chat({ prompt: { id: 'gatehouse/ask' } }, { headers });
    expect([refused.status, (await refused.json()).error.code]).toEqual([403, 'model_not_allowed']);
    expect((await gate.chat({ prompt: { id: 'gatehouse/ask' }, model: 'up/m' }, { headers })).status).toBe(200);
  });

  it('is the newest at once, stays what it was by number, and is gone when removed', async () => {
    const ask = async (prompt: object) => {
      const response = await gate.chat({ model: 'up/m', messages: [], prompt: { id: 'gatehouse/greet', ...prompt } });
      return response.ok ? JSON.parse(sent() ?? '').messages[0].content : (await response.json()).error.code;
    };
    const variables = { name: 'you' };
    await gate.control.prompts.save({ id: 'greet', messages: [{ role: 'user', content: 'New.' }] });
    expect(await ask({})).toBe('New.');
    expect(await ask({ version: 1, variables })).toBe('Be brief, you waits.');
    expect(await ask({ version: 'first', variables })).toBe('Be brief, you waits.');
    expect(await ask({ version: 3 })).toBe('prompt_version_not_found');
    await gate.control.prompts.remove({ id: 'greet' });
    expect(await ask({ version: 1, variables })).toBe('prompt_not_found');
    expect(upstream.requests.filter(({ url }) => url.endsWith('/chat/completions'))).toHaveLength(3);
  });

  it('leaves no trace of what a request put into it', async () => {
    const canary = 'canary-variable-5d2e91';
    const body = { model: 'up/m', messages: [], prompt: { id: 'gatehouse/greet', variables: { name: canary } } };
    expect((await gate.chat(body)).status).toBe(200);
    expect(sent()).toContain(canary);
    const wrong = {
      ...body,
      prompt: { ...body.prompt, variables: { name: canary, [canary]: canary, [`a ${canary}`]: 1 } },
    };
    const refused = await gate.chat(wrong);
    expect(refused.status).toBe(400);
    const holding = (text: string) =>
      readdirSync(gate.dataDir).filter((name) => readFileSync(join(gate.dataDir, name)).includes(text));
    expect(holding(canary)).toEqual([]);
    expect(gate.logged()).not.toContain(canary);
    // The saved text itself is in the database, as the person wished, and nowhere else.
    expect(holding('Be brief, {{name}} waits.').every((name) => name.startsWith('gatehouse.sqlite'))).toBe(true);
    expect(gate.logged()).not.toContain('Be brief');
  });
});

describe('from every client, translated for a provider of another protocol', () => {
  let gate: TestGateway;
  let openai: OpenAI;
  let anthropic: Anthropic;
  let genai: GoogleGenAI;
  const prompt: OpenAI.Responses.ResponsePrompt = { id: 'gatehouse/greet', version: '1', variables: { name: 'Ada' } };
  const wrong: typeof prompt = { id: 'gatehouse/greet', variables: { nmae: 'Ada' } };
  const NEEDS = /needs a value for "name"/;

  beforeAll(async () => {
    gate = await startTestGateway();
    await gate.control.prompts.save({
      ...GREET,
      messages: [...GREET.messages, { role: 'user', content: 'Say {{name}}.' }],
      parameters: { maxTokens: 60 },
    });
    openai = new OpenAI({ baseURL: gate.baseUrl, apiKey: gate.key, maxRetries: 0 });
    anthropic = new Anthropic({ baseURL: gate.origin, apiKey: gate.key, maxRetries: 0 });
    genai = new GoogleGenAI({ apiKey: gate.key, httpOptions: { baseUrl: gate.origin } });
  });
  afterAll(() => gate.close());

  it('chat completions, plain and streamed', async () => {
    const body = { model: 'sim/echo', messages: [], prompt };
    const answer = await openai.chat.completions.create(body);
    expect(answer.choices[0]?.message.content).toContain('Say Ada.');
    const { data: stream, response } = await openai.chat.completions.create({ ...body, stream: true }).withResponse();
    expect(response.headers.get('x-gatehouse-prompt')).toBe('greet@1');
    let text = '';
    for await (const part of stream) text += part.choices[0]?.delta.content ?? '';
    expect(text).toContain('Say Ada.');
    const mistaken = { ...body, prompt: wrong };
    const refused = await openai.chat.completions.create(mistaken).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BadRequestError);
    expect(refused).toMatchObject({
      code: 'prompt_variable_missing',
      param: 'prompt.variables',
      message: expect.stringMatching(NEEDS),
    });
  });

  it('responses, whose own field it is', async () => {
    const answer = await openai.responses.create({ model: 'sim/echo', prompt });
    expect(answer.output_text).toContain('Say Ada.');
    const refused = await openai.responses
      .create({ model: 'sim/echo', prompt: wrong })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 400, code: 'prompt_variable_missing' });
  });

  it('messages, and a count of their tokens', async () => {
    const body = { model: 'sim/echo', max_tokens: 50, messages: [], prompt };
    const answer = await anthropic.messages.create(body);
    expect(answer.content[0]).toMatchObject({ text: expect.stringContaining('Say Ada.') });
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const count = async (more: object) =>
      (await anthropic.messages.countTokens({ model: 'sim/echo', messages, ...more })).input_tokens;
    const byHand: Anthropic.MessageParam[] = [
      { role: 'user', content: 'Who am I?' },
      { role: 'assistant', content: 'You are Ada.' },
      { role: 'user', content: 'Say Ada.' },
      ...messages,
    ];
    const system = [{ type: 'text', text: 'Be brief, Ada waits.' }];
    expect(await count({ prompt })).toBe(await count({ system, messages: byHand }));
    const mistaken = { ...body, prompt: wrong };
    const refused = await anthropic.messages.create(mistaken).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AnthropicBadRequest);
    expect(String(refused)).toMatch(/needs a value for/);
  });

  it('generateContent, whole and streamed', async () => {
    const config = { httpOptions: { extraBody: { prompt } } };
    const contents: string[] = [];
    const answer = await genai.models.generateContent({ model: 'sim/echo', contents: 'And you?', config });
    expect(answer.text).toContain('And you?');
    for await (const part of await genai.models.generateContentStream({
      model: 'sim/echo',
      contents: 'And you?',
      config,
    }))
      contents.push(part.text ?? '');
    expect(contents.join('')).toContain('And you?');
    const whole = await gate.control.requests.list({ limit: 2 });
    const plain = await genai.models.generateContent({ model: 'sim/echo', contents: 'And you?' });
    for (const { usage } of whole.items)
      expect(usage?.inputTokens).toBeGreaterThan(plain.usageMetadata?.promptTokenCount ?? Number.POSITIVE_INFINITY);
  });
});

it('the example of docs/prompts.md works as it stands', async () => {
  const docs = readFileSync(join(import.meta.dirname, '../../../docs/prompts.md'), 'utf8');
  const example = /```json\n([\s\S]+?)```/.exec(docs)?.[1] ?? '';
  const gate = await startTestGateway();
  for (const content of ['One {{name}}.', 'Two {{name}}.', 'Greet {{name}}.', 'Four {{name}}.'])
    await gate.control.prompts.save({ id: 'greeting', messages: [{ role: 'system', content }] });
  const response = await gate.chat(example.replace('openai/gpt-4o-mini', 'sim/echo'));
  expect([response.status, response.headers.get('x-gatehouse-prompt')]).toEqual([200, 'greeting@3']);
  await gate.close();
});

describe('the desk', () => {
  it('saves, lists, shows, exports and removes', async () => {
    const gate = await startTestGateway();
    const { prompts } = gate.control;
    const { version, added, prompt } = await prompts.save({ ...GREET, title: ' Greeting ' });
    expect([added, prompt.title, version.variables]).toEqual([true, 'Greeting', ['name']]);
    await expect(prompts.save({ ...GREET, messages: [{ role: 'user', content: 'x' }] })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: /Version 1 has this label/,
    });
    await prompts.save({ id: 'other', messages: [{ role: 'user', content: 'x' }] });
    expect((await prompts.list()).map(({ id }) => id)).toEqual(['other', 'greet']);
    const shown = await prompts.get({ id: 'greet' });
    expect(shown.versions).toEqual([version]);
    expect(JSON.parse((await prompts.export({ id: 'greet' })).json)).toEqual({
      format: 'gatehouse-prompts',
      formatVersion: 1,
      prompts: [shown],
    });
    expect(JSON.parse((await prompts.export({})).json).prompts).toHaveLength(2);
    await prompts.remove({ id: 'greet' });
    for (const gone of [prompts.get({ id: 'greet' }), prompts.remove({ id: 'greet' }), prompts.export({ id: 'greet' })])
      await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'There is no saved prompt "greet".' });
    await gate.close();
  });

  it('refuses what is no prompt, and saves nothing of it', async () => {
    const gate = await startTestGateway();
    const bad: [string, object][] = [
      ['no message', { messages: [] }],
      ['an empty text', { messages: [{ role: 'user', content: '' }] }],
      ['another role', { messages: [{ role: 'tool', content: 'x' }] }],
      ['a number as label', { label: '2' }],
      ['a label that begins with a dot', { label: '.x' }],
      ['an id with a slash', { id: 'gatehouse/greet' }],
      ['a parameter that does not exist', { parameters: { top_k: 3 } }],
      ['more text than it holds', { messages: [{ role: 'user', content: 'x'.repeat(1_000_001) }] }],
    ];
    for (const [what, more] of bad)
      await expect(gate.control.prompts.save({ ...GREET, ...more }), what).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    expect(await gate.control.prompts.list()).toEqual([]);
    // As much as it holds, in letters of three bytes.
    const most = await gate.control.prompts.save({
      id: 'long',
      messages: [{ role: 'user', content: '語'.repeat(1_000_000) }],
    });
    expect(most.added).toBe(true);
    await gate.close();
  });
});
