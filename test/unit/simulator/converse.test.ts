/** The simulator as Bedrock: every drill in the bytes of its wire, read by hand, and by our own decoder beside. */
import { crc32 } from 'node:zlib';
import { expect, suite, test } from 'vitest';
import { Warnings } from '../../../proxy/core/warnings.ts';
import { simulatorVoice } from '../../../proxy/gateway/simulator-voice.ts';
import { clientSide as openAiChat } from '../../../proxy/protocols/openai-chat/client-side.ts';
import { PROVIDER_SIDES } from '../../../proxy/protocols/registry.ts';
import { createSimulator } from '../../../proxy/providers/simulator/simulator.ts';
import { framesOf, type Json, readBody, readStream } from '../../conformance/bedrock-converse/reading.ts';
import { CONFIG, ManualTimers, NOW_MS, NotingSink, TIMEOUTS } from './harness.ts';

const converse = PROVIDER_SIDES['bedrock-converse'];
const SAID = 'Say hello, wörld';
const ASKED = { messages: [{ role: 'user', content: [{ text: SAID }] }] };

function send(drill: string, stream: boolean, body: object | Buffer = ASKED) {
  const timers = new ManualTimers();
  const sink = new NotingSink();
  const simulator = createSimulator({
    config: { ...CONFIG, speaks: 'bedrock-converse' },
    clock: { nowMs: () => NOW_MS, monotonicMs: () => 0 },
    timers,
    voiceOf: simulatorVoice,
  });
  simulator.send(
    {
      method: 'POST',
      path: `/model/${encodeURIComponent(drill)}/${stream ? 'converse-stream' : 'converse'}`,
      headers: {},
      body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
      timeouts: TIMEOUTS,
    },
    undefined,
    sink,
  );
  return { timers, sink };
}

function answer(drill: string, stream: boolean, body?: object | Buffer): NotingSink {
  const { timers, sink } = send(drill, stream, body);
  timers.advanceTo(10 * TIMEOUTS.totalMs);
  return sink;
}

const named = (sink: NotingSink) => framesOf(sink.body).map(({ headers }) => headers[':event-type']);

function decoded(sink: NotingSink) {
  const decoder = converse.decodeStream();
  const events = decoder.push(sink.body);
  return { ...decoder.end(), events };
}

/** As the sum of 12 bytes of prelude and of all before the last four says, with nothing of a codec. */
function checksumsFit(message: Buffer): [prelude: boolean, whole: boolean] {
  return [
    crc32(message.subarray(0, 8)) === message.readUInt32BE(8),
    crc32(message.subarray(0, -4)) === message.readUInt32BE(message.length - 4),
  ];
}

/** A chat client's call as our own provider side would send it. */
function asSent(drill: string, call: Json): Buffer {
  const asked = openAiChat.decodeRequest(
    Buffer.from(JSON.stringify({ model: drill, messages: [{ role: 'user', content: SAID }], ...call })),
    {},
  );
  return converse.encodeRequest(asked, { model: drill, quirks: {} }, new Warnings()).body;
}

suite('drills that answer', () => {
  test('echo, whole', () => {
    const sink = answer('echo', false);
    expect([sink.status, sink.headers['content-type'], sink.endings]).toEqual([200, 'application/json', ['end']]);
    const body = JSON.parse(sink.text) as Json;
    expect(readBody(body)).toMatchObject({ text: SAID, stopReason: 'end_turn' });
    // Three for the message and 17 bytes by four; 17 bytes out, no letter cut in two.
    expect(body.usage).toEqual({ inputTokens: 8, outputTokens: 5, totalTokens: 13, cacheReadInputTokens: 0 });
  });

  test('echo, streamed: text announces nothing, the reason comes before what it cost', () => {
    const sink = answer('echo', true);
    expect([sink.status, sink.headers['content-type']]).toEqual([200, 'application/vnd.amazon.eventstream']);
    expect(named(sink)).toEqual([
      'messageStart',
      ...Array.from({ length: 5 }, () => 'contentBlockDelta'),
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
    expect(readStream(sink.body)).toMatchObject({
      text: SAID,
      stopReason: 'end_turn',
      usage: { inputTokens: 8, outputTokens: 5, totalTokens: 13 },
    });
    for (const { bytes } of framesOf(sink.body)) expect(checksumsFit(bytes)).toEqual([true, true]);
  });

  test('lorem says as much as its name, or less where the request limits it', () => {
    expect(readStream(answer('lorem-30', true).body).usage?.outputTokens).toBe(30);
    const limited = { ...ASKED, inferenceConfig: { maxTokens: 4 } };
    expect(readStream(answer('lorem-30', true, limited).body)).toMatchObject({
      stopReason: 'max_tokens',
      usage: { outputTokens: 4 },
    });
  });

  const TOOLS = [
    { toolSpec: { name: 'lookup', inputSchema: { json: { type: 'object', properties: { n: { const: 7 } } } } } },
    { toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } },
  ];

  test.each([false, true])('tools, in parallel too (streamed: %s)', (stream) => {
    const read = (drill: string) => {
      const sink = answer(drill, stream, { ...ASKED, toolConfig: { tools: TOOLS } });
      return stream ? readStream(sink.body) : readBody(JSON.parse(sink.text) as Json);
    };
    expect(read('tool-call')).toMatchObject({ calls: [{ name: 'lookup', input: { n: 7 } }], stopReason: 'tool_use' });
    const { calls } = read('parallel-tools');
    expect(calls.map(({ name }) => name)).toEqual(['lookup', 'weather']);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
  });

  test('after a result it answers with it', () => {
    const history = [
      ...ASKED.messages,
      { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'lookup', input: {} } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [{ text: 'seven' }] } }] },
    ];
    const sink = answer('tool-call', true, { messages: history, toolConfig: { tools: TOOLS } });
    expect(readStream(sink.body)).toMatchObject({ text: 'The tool returned: seven', stopReason: 'end_turn' });
  });

  const SCHEMA = { type: 'object', properties: { city: { const: 'Oslo' } }, required: ['city'] };

  test('JSON, by a schema that stands as text', () => {
    const jsonSchema = { name: 'place', schema: JSON.stringify(SCHEMA) };
    const outputConfig = { textFormat: { type: 'json_schema', structure: { jsonSchema } } };
    const sink = answer('json', true, { ...ASKED, outputConfig });
    expect(JSON.parse(readStream(sink.body).text)).toEqual({ city: 'Oslo' });
  });

  test.each([false, true])('JSON, by the tool that stands for it (streamed: %s)', (stream) => {
    const responseFormat = { type: 'json_schema', json_schema: { name: 'place', schema: SCHEMA } };
    const sink = answer('json', stream, asSent('json', { response_format: responseFormat }));
    const read = stream ? readStream(sink.body) : readBody(JSON.parse(sink.text) as Json);
    expect(read).toMatchObject({ text: '', calls: [{ input: { city: 'Oslo' } }], stopReason: 'tool_use' });
    const some = answer('json', false, asSent('json', { response_format: { type: 'json_object' } }));
    expect(readBody(JSON.parse(some.text) as Json).calls).toMatchObject([{ input: { answer: 'simulated' } }]);
  });

  test('thinking, and the cache', () => {
    const { thinking, text, usage } = readStream(answer('reasoning', true).body);
    expect([thinking, text]).toEqual(['The person wrote something. I will say it back.', SAID]);
    // Twelve of thinking among them, which Converse tells nowhere apart.
    expect(usage?.outputTokens).toBe(17);
    expect(readBody(JSON.parse(answer('reasoning', false).text) as Json)).toMatchObject({ thinking, text });
    expect(readStream(answer('cached', true).body).usage).toMatchObject({ inputTokens: 4, cacheReadInputTokens: 4 });
  });

  test('a slow start and slow tokens keep their waits', () => {
    const start = send('slow-start-500ms', true);
    start.timers.advanceTo(499);
    expect(start.sink.status).toBe(undefined);
    start.timers.advanceTo(500);
    expect(start.sink).toMatchObject({ status: 200, endings: ['end'] });

    const tokens = send('slow-tokens-100ms', true);
    tokens.timers.advanceTo(250);
    expect(named(tokens.sink)).toEqual(['messageStart', 'contentBlockDelta', 'contentBlockDelta']);
  });
});

suite('drills that fail', () => {
  test.each([
    [400, 'ValidationException'],
    [401, 'UnrecognizedClientException'],
    [403, 'AccessDeniedException'],
    [404, 'ResourceNotFoundException'],
    [429, 'ThrottlingException'],
    [500, 'InternalServerException'],
    [503, 'ServiceUnavailableException'],
  ])('error-%i: the class stands in the header alone', (status, name) => {
    for (const stream of [false, true]) {
      const sink = answer(`error-${status}`, stream);
      expect(sink).toMatchObject({ status, endings: ['end'] });
      expect(String(sink.headers['x-amzn-errortype'])).toMatch(new RegExp(`^${name}:http`));
      expect(JSON.parse(sink.text)).toEqual({ message: `The simulator answers ${status}, as this drill asks.` });
      expect(sink.headers['retry-after']).toBe(status === 429 ? '2' : undefined);
      expect(converse.decodeError(status, sink.body, sink.headers)).toMatchObject({ code: name, status });
    }
  });

  test('stall and cut stop in the middle of the answer', () => {
    const stalled = answer('stall', true);
    expect([stalled.endings, named(stalled).length]).toEqual([['upstream_idle_timeout'], 4]);
    const cut = answer('cut', true);
    expect(cut.endings).toEqual(['upstream_cut']);
    expect(decoded(cut)).toMatchObject({ complete: false, problem: 'cut' });
    expect(() => converse.decodeAnswer(answer('cut', false).body)).toThrowError(
      expect.objectContaining({ code: 'upstream_malformed' }),
    );
  });

  test('malformed: the last message fits its length and not its last checksum', () => {
    const sink = answer('malformed', true);
    expect(sink.endings).toEqual(['end']);
    const frames = framesOf(sink.body).map(({ bytes }) => checksumsFit(bytes));
    expect(frames).toEqual([...Array.from({ length: 4 }, () => [true, true]), [true, false]]);
    expect(decoded(sink)).toMatchObject({ complete: false, problem: 'malformed_frame' });
  });

  test('an error after 200 is an exception in the stream, and nothing follows it', () => {
    for (const [drill, before] of [
      ['error-after-200', 4],
      ['error-first', 0],
    ] as const) {
      const frames = framesOf(answer(drill, true).body);
      expect(frames).toHaveLength(before + 1);
      expect(frames.at(-1)).toMatchObject({
        headers: { ':message-type': 'exception', ':exception-type': 'internalServerException' },
        payload: { message: expect.stringContaining('as this drill asks') },
      });
      expect(decoded(answer(drill, true)).events.at(-1)).toMatchObject({
        type: 'error',
        error: { code: 'InternalServerException', status: 500 },
      });
      const whole = answer(drill, false);
      expect(converse.decodeError(200, whole.body, whole.headers)?.message).toContain('as this drill asks');
    }
  });

  test('no reason, and no usage', () => {
    expect(named(answer('no-finish', true))).not.toContain('messageStop');
    expect(decoded(answer('no-finish', true)).complete).toBe(false);
    expect(JSON.parse(answer('no-finish', false).text)).not.toHaveProperty('stopReason');
    expect(named(answer('no-usage', true)).at(-1)).toBe('messageStop');
    expect(decoded(answer('no-usage', true))).toMatchObject({ complete: true });
    expect(JSON.parse(answer('no-usage', false).text)).not.toHaveProperty('usage');
  });

  test.each([
    ['no list of messages', {}, 'messages'],
    ['a role that is none', { messages: [{ role: 'system', content: [] }] }, 'role'],
    ['content that is no list', { messages: [{ role: 'user', content: 'hi' }] }, 'content'],
    ['half a document', Buffer.from('{"messages":['), 'not valid JSON'],
    ['a limit in words', { ...ASKED, inferenceConfig: { maxTokens: 'many' } }, 'maxTokens'],
    ['stops that are no list', { ...ASKED, inferenceConfig: { stopSequences: 'x' } }, 'stopSequences'],
    ['a tool without a name', { ...ASKED, toolConfig: { tools: [{ toolSpec: {} }] } }, 'name'],
    ['a schema that is no text', { ...ASKED, outputConfig: { textFormat: { structure: {} } } }, 'textFormat'],
    ['tags that are no texts', { ...ASKED, requestMetadata: { a: 1 } }, 'requestMetadata'],
  ])('refuses %s', (_what, body, word) => {
    const sink = answer('echo', true, body);
    expect([sink.status, String(sink.headers['x-amzn-errortype']).split(':')[0]]).toEqual([400, 'ValidationException']);
    expect((JSON.parse(sink.text) as Json).message).toContain(word);
  });

  test('refuses a model that is none', () => {
    const sink = answer('nobody', false);
    expect([sink.status, String(sink.headers['x-amzn-errortype']).split(':')[0]]).toEqual([
      404,
      'ResourceNotFoundException',
    ]);
  });
});
