import { expect, suite, test } from 'vitest';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';
import { createSimulator } from '../../../proxy/providers/simulator/simulator.ts';
import { answer, ask, CONFIG, eventsOf, NOW_MS, NotingSink, send } from './harness.ts';

const plain = (model: string, more: object = {}) => JSON.parse(answer(ask(model, more)).text);
const WEATHER = {
  type: 'function',
  function: {
    name: 'weather',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' } },
      required: ['city'],
    },
  },
};
const TIME = {
  type: 'function',
  function: { name: 'time', parameters: { type: 'object', properties: { zone: { enum: ['UTC', 'CET'] } } } },
};

suite('answers of the simulator', () => {
  test('echo says the last user message back, with tokens anyone can count', () => {
    const body = plain('echo');
    expect(body).toMatchObject({
      object: 'chat.completion',
      created: Math.floor(NOW_MS / 1000),
      model: 'echo',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Say hello, wörld' }, finish_reason: 'stop' }],
      // In: 17 bytes are 5 tokens, and 3 for the message. Out: "Say ", "hell", "o, w", "örl", "d".
      usage: { prompt_tokens: 8, completion_tokens: 5, total_tokens: 13 },
    });
  });

  test('the same request gives the same bytes, another one another id', () => {
    for (const model of ['echo', 'lorem-50', 'parallel-tools', 'json', 'reasoning']) {
      for (const stream of [false, true])
        expect(answer(ask(model, { stream })).text).toBe(answer(ask(model, { stream })).text);
    }
    expect(plain('echo', { seed: 1 }).id).not.toBe(plain('echo', { seed: 2 }).id);
  });

  test('a stream says what the plain answer says, one token a chunk', () => {
    const events = eventsOf(answer(ask('lorem-30', { stream: true })));
    expect(events.at(-1)).toBe('[DONE]');
    expect(events).toHaveLength(30 + 3);
    expect(events[0].choices[0].delta).toEqual({ role: 'assistant', content: '' });
    const text = events
      .slice(1, -2)
      .map((event) => event.choices[0].delta.content)
      .join('');
    const body = plain('lorem-30');
    expect(text).toBe(body.choices[0].message.content);
    expect(body.usage.completion_tokens).toBe(30);
    expect(events.some((event) => 'usage' in Object(event))).toBe(false);
  });

  test('usage in the stream comes when it is asked for, as OpenAI sends it', () => {
    const events = eventsOf(answer(ask('echo', { stream: true, stream_options: { include_usage: true } })));
    expect(events.slice(0, -2).every((event) => event.usage === null && event.choices.length === 1)).toBe(true);
    expect(events.at(-2)).toMatchObject({ choices: [], usage: plain('echo').usage });
    expect(events.at(-1)).toBe('[DONE]');
  });

  test('max_tokens cuts text, reasoning and tool calls alike', () => {
    const cut = plain('lorem-30', { max_tokens: 4 });
    expect(cut).toMatchObject({ choices: [{ finish_reason: 'length' }], usage: { completion_tokens: 4 } });
    expect(cut.choices[0].message.content).toHaveLength(16);
    expect(plain('lorem-30', { max_completion_tokens: 30 }).choices[0].finish_reason).toBe('stop');
    expect(plain('reasoning', { max_tokens: 2 })).toMatchObject({
      choices: [{ finish_reason: 'length' }],
      usage: { completion_tokens: 2, completion_tokens_details: { reasoning_tokens: 2 } },
    });
    expect(plain('parallel-tools', { max_tokens: 2, tools: [WEATHER] })).toMatchObject({
      choices: [{ finish_reason: 'length' }],
      usage: { completion_tokens: 2 },
    });
  });

  test('without max_tokens an answer ends at the limit its model declares', () => {
    const long = plain('echo', { messages: [{ role: 'user', content: 'x'.repeat(100_000) }] });
    expect(long).toMatchObject({ choices: [{ finish_reason: 'length' }], usage: { completion_tokens: 4_096 } });
  });

  test('stop sequences end the text in front of them', () => {
    expect(plain('echo', { stop: 'llo' }).choices[0]).toMatchObject({
      message: { content: 'Say he' },
      finish_reason: 'stop',
    });
    expect(plain('echo', { stop: ['zzz', 'wö', 'hello'] }).choices[0].message.content).toBe('Say ');
  });

  test('n gives n choices and bills them all', () => {
    expect(plain('echo', { n: 3 })).toMatchObject({
      choices: [{ index: 0 }, { index: 1 }, { index: 2 }],
      usage: { completion_tokens: 15 },
    });
    const observer = openAiChat.observeStream({ hideUsage: false });
    observer.push(answer(ask('echo', { n: 3, stream: true, stream_options: { include_usage: true } })).body);
    expect(observer.end().summary).toMatchObject({ complete: true, usage: { outputTokens: 15 } });
  });

  test('tool calls follow the declared tools and end once the tool has answered', () => {
    const [first] = plain('tool-call', { tools: [WEATHER, TIME] }).choices;
    expect(first).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        tool_calls: [{ type: 'function', function: { name: 'weather', arguments: '{"city":"example"}' } }],
      },
    });
    const both = plain('parallel-tools', { tools: [WEATHER, TIME] }).choices[0].message.tool_calls;
    expect(both.map((call: { function: object }) => call.function)).toEqual([
      { name: 'weather', arguments: '{"city":"example"}' },
      { name: 'time', arguments: '{"zone":"UTC"}' },
    ]);
    expect(new Set(both.map((call: { id: string }) => call.id)).size).toBe(2);
    const chosen = plain('tool-call', {
      tools: [WEATHER, TIME],
      tool_choice: { type: 'function', function: { name: 'time' } },
    });
    expect(chosen.choices[0].message.tool_calls[0].function.name).toBe('time');
    const after = plain('tool-call', {
      tools: [WEATHER],
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [] },
        { role: 'tool', tool_call_id: 'a', content: 'rain' },
      ],
    });
    expect(after.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'The tool returned: rain' } });
  });

  test('streamed tool calls carry index, id and name first and arguments in pieces', () => {
    const calls = eventsOf(answer(ask('parallel-tools', { stream: true, tools: [WEATHER, TIME] }))).flatMap(
      (event) => event.choices?.[0].delta.tool_calls ?? [],
    );
    expect(calls.filter((call) => call.id !== undefined).map((call) => [call.index, call.function.name])).toEqual([
      [0, 'weather'],
      [1, 'time'],
    ]);
    expect(
      calls
        .filter((call) => call.index === 0)
        .map((call) => call.function.arguments)
        .join(''),
    ).toBe('{"city":"example"}');
  });

  test('json follows the schema of the request', () => {
    const schema = {
      type: 'object',
      required: ['name', 'tags', 'kind', 'nested', 'either'],
      properties: {
        name: { type: 'string' },
        tags: { type: 'array', items: { type: 'integer', minimum: 3 } },
        kind: { enum: ['a', 'b'] },
        nested: { $ref: '#/$defs/inner' },
        either: { anyOf: [{ type: 'boolean' }, { type: 'null' }] },
        left: { type: 'string' },
      },
      $defs: { inner: { type: 'object', properties: { self: { $ref: '#/$defs/inner' } }, required: [] } },
    };
    const body = plain('json', { response_format: { type: 'json_schema', json_schema: { name: 's', schema } } });
    expect(JSON.parse(body.choices[0].message.content)).toEqual({
      name: 'example',
      tags: [3],
      kind: 'a',
      nested: {},
      either: true,
    });
    expect(JSON.parse(plain('json').choices[0].message.content)).toMatchObject({ answer: 'simulated' });
  });

  test('a schema without an end has one here', () => {
    const schema = { $ref: '#/$defs/a', $defs: { a: { type: 'object', properties: { a: { $ref: '#/$defs/a' } } } } };
    expect(() =>
      JSON.parse(plain('json', { response_format: { json_schema: { schema } } }).choices[0].message.content),
    ).not.toThrow();
  });

  test('reasoning and cached tokens are reported, and read back into the buckets', () => {
    expect(openAiChat.inspectResult(answer(ask('reasoning')).body).usage).toEqual({
      inputTokens: 8,
      cacheReadTokens: 0,
      outputTokens: 5,
      reasoningTokens: 12,
    });
    expect(openAiChat.inspectResult(answer(ask('cached')).body).usage).toEqual({
      inputTokens: 4,
      cacheReadTokens: 4,
      outputTokens: 5,
      reasoningTokens: 0,
    });
  });

  test('images and tools are part of the input', () => {
    const messages = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'abcd' },
          { type: 'image_url', image_url: { url: 'data:,' } },
        ],
      },
    ];
    expect(plain('echo', { messages }).usage.prompt_tokens).toBe(3 + 1 + 85);
    expect(plain('echo', { tools: [WEATHER] }).usage.prompt_tokens).toBe(
      8 + Math.ceil(JSON.stringify([WEATHER]).length / 4),
    );
  });
});

suite('models of the simulator', () => {
  const simulator = (models = CONFIG.models) =>
    createSimulator({ config: { ...CONFIG, models }, clock: { nowMs: () => NOW_MS, monotonicMs: () => 0 } });

  test('every one has a price, limits and a line for people, and answers by its own id', () => {
    const models = simulator().models();
    expect(models.length).toBeGreaterThan(20);
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
    for (const { id, price, contextTokens, maxOutputTokens, description } of models) {
      expect(price).toEqual({ inputNanoPerMTok: 1e9, outputNanoPerMTok: 2e9, cacheReadNanoPerMTok: 1e8 });
      expect(contextTokens).toBeGreaterThan(0);
      expect(maxOutputTokens).toBeGreaterThan(0);
      expect(description).toMatch(/\.$/);
      expect(answer(ask(id)).endings).toHaveLength(1);
    }
  });

  test.each([
    ['lorem-7', 7],
    ['lorem-100000', 100_000],
    ['long-5x10', 5],
    ['long-5x10ms', 5],
    ['slow-start-10ms', 4_096],
    ['slow-tokens-1ms', 4_096],
  ])('%s is known', (id, maxOutputTokens) => {
    expect(simulator().model(id)?.maxOutputTokens).toBe(maxOutputTokens);
  });

  test.each([
    '',
    'gpt-4o',
    'lorem-',
    'lorem-0',
    'lorem-100001',
    'lorem-9999999',
    'error-200',
    'error-999',
    'slow-start-',
    'slow-tokens-9999999ms',
    'Echo',
    'constructor',
  ])('%j is not', (id) => {
    expect(simulator().model(id)).toBe(undefined);
    expect(answer(ask(id))).toMatchObject(id === '' ? { status: 400 } : { status: 404 });
  });

  test('the config may change prices and limits', () => {
    const changed = simulator([{ id: 'lorem-100', inputUsdPerMTok: 3, reasoningUsdPerMTok: 5, maxOutputTokens: 10 }]);
    expect(changed.model('lorem-100')).toMatchObject({
      price: { inputNanoPerMTok: 3e9, outputNanoPerMTok: 2e9, reasoningNanoPerMTok: 5e9 },
      maxOutputTokens: 10,
    });
  });

  test('a limit from the config is kept', () => {
    const config = { ...CONFIG, models: [{ id: 'lorem-100', maxOutputTokens: 10 }] };
    const { sink, timers } = send(ask('lorem-100'), undefined, config);
    timers.advanceTo(1);
    expect(JSON.parse(sink.text)).toMatchObject({
      choices: [{ finish_reason: 'length' }],
      usage: { completion_tokens: 10 },
    });
  });

  test('GET /models lists them as OpenAI does, and other paths are not there', async () => {
    const get = (method: 'GET' | 'POST', path: string) =>
      new Promise<NotingSink>((resolve) => {
        const sink = new NotingSink();
        const noted = sink.onEnd.bind(sink);
        sink.onEnd = () => {
          noted();
          resolve(sink);
        };
        simulator().send(
          { method, path, headers: {}, timeouts: { connectMs: 1e3, firstByteMs: 1e4, idleMs: 1e4, totalMs: 1e5 } },
          undefined,
          sink,
        );
      });
    const list = JSON.parse((await get('GET', '/models')).text);
    expect(list.data.map((model: { id: string }) => model.id)).toEqual(
      simulator()
        .models()
        .map(({ id }) => id),
    );
    expect((await get('POST', '/embeddings')).status).toBe(404);
    expect((await get('POST', '/chat/completions')).status).toBe(400);
  });
});
