/** Every recorded exchange of Bedrock's Converse API: read, cut, spliced, mutated, and its requests written again. */
import { afterAll, expect, test } from 'vitest';
import type { AnswerEvent } from '../../proxy/core/answer.ts';
import { GatehouseError } from '../../proxy/core/errors.ts';
import type { Part } from '../../proxy/core/part.ts';
import type { Usage } from '../../proxy/core/usage.ts';
import { Warnings } from '../../proxy/core/warnings.ts';
import { providerSide } from '../../proxy/protocols/bedrock-converse/provider-side.ts';
import { PROVIDER_SIDES } from '../../proxy/protocols/registry.ts';
import type { EncodeFacts } from '../../proxy/protocols/translation.ts';
import { type Recording, recordedSuite, recordings } from '../support/recordings.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { violations } from './bedrock-converse/api-description.ts';
import { CLIENT_SIDES, contentOf, tokensOf } from './bedrock-converse/as-clients-see-it.ts';
import { callOf } from './bedrock-converse/call-of.ts';
import { fold } from './bedrock-converse/fold.ts';
import { framesOf, type Json, type Reading, readBody, readStream } from './bedrock-converse/reading.ts';
import { canonicalRequest } from './bedrock-converse/same-request.ts';

/** `invoke` carries each vendor's own format and is no part of Converse. */
const ALL = recordings(({ provider, api }) => provider === 'bedrock' && /^converse(-stream)?$/.test(api));
const ERRORS = ALL.filter(({ status }) => status >= 400);
const PLAIN = ALL.filter(({ status, api }) => status === 200 && api === 'converse');
const STREAMS = ALL.filter(({ status, api }) => status === 200 && api === 'converse-stream');
const REQUESTS = ALL.filter(({ requestBody }) => requestBody !== undefined && requestBody !== null);

const CLIENTS_AND_ANSWERS = (Object.keys(CLIENT_SIDES) as (keyof typeof CLIENT_SIDES)[]).flatMap((protocol) =>
  [...PLAIN, ...STREAMS].map((recording) => [protocol, recording.id, recording] as const),
);

const MODELS = [
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'us.anthropic.claude-3-7-sonnet-20250219-v1:0',
  'us.amazon.nova-2-lite-v1:0',
  'us.meta.llama3-3-70b-instruct-v1:0',
];
const CLIENT_OF_API: Readonly<Record<string, keyof typeof CLIENT_SIDES>> = {
  'chat.completions': 'openai-chat',
  responses: 'openai-responses',
  messages: 'anthropic-messages',
  generateContent: 'gemini',
  streamGenerateContent: 'gemini',
};
/** The client's own nonsense, which the provider is left to refuse. */
const EXPECTED_VIOLATIONS: Readonly<Record<string, readonly string[]>> = {
  'anthropic-messages-error-identity-edge-validation-error-carries-identity-54f0d2': [
    'ConverseRequest.inferenceConfig.temperature: below 0',
  ],
};
/** What cannot be said on Bedrock, and two requests that were recorded for being wrong. */
const REFUSALS = [
  '"tools[0].input_schema" must be an object',
  'Bedrock does not fetch URLs; send the bytes of it in base64',
  'models on Bedrock give one answer a call; send n: 1',
  'on Bedrock the user speaks first; begin the messages with one of role user',
  'the call has no message with content; send at least one user message',
  'the field "model" is missing; name a model, as in provider/model-id',
  'the file named at it lies at another provider; send its bytes in base64',
];

function attempt(write: () => Buffer): Buffer | string {
  try {
    return write();
  } catch (error) {
    if (error instanceof GatehouseError) return error.message.replace(/messages\[\d+\]\.content\[\d+\]/, 'it');
    throw error;
  }
}

function factsOf(): EncodeFacts {
  let count = 0;
  return {
    model: 'asked',
    call: { model: 'asked', stream: false, messages: [], tools: [] },
    createdAt: 1,
    newId: (prefix) => {
      count += 1;
      return `${prefix}${count}`;
    },
    wantsUsage: true,
  };
}

const passed = new Map<string, number>();
const named = (list: readonly Recording[]) => list.map((recording) => [recording.id, recording] as const);
const pass = (feature: string) => passed.set(feature, (passed.get(feature) ?? 0) + 1);

function decodeStream(pieces: readonly Buffer[]) {
  const decoder = providerSide.decodeStream();
  const events: AnswerEvent[] = pieces.flatMap((piece) => decoder.push(piece));
  const end = decoder.end();
  return { ...end, events: [...events, ...end.events] };
}

const cut = (body: Buffer, at: number) => [body.subarray(0, at), body.subarray(at)];
const crumbs = (body: Buffer, size: number) =>
  Array.from({ length: Math.ceil(body.length / size) }, (_, place) => body.subarray(place * size, place * size + size));

/** Every place to cut at; of a long stream about a thousand, around every frame's border and spread over the rest. */
function places(body: Buffer): readonly number[] {
  const step = body.length < 2_048 ? 1 : Math.ceil(body.length / 700);
  const spread = Array.from({ length: Math.ceil(body.length / step) - 1 }, (_, place) => (place + 1) * step);
  if (step === 1) return spread;
  const borders = framesOf(body).map(({ bytes }) => bytes.byteOffset - body.byteOffset);
  const around = borders.flatMap((at) => [at - 1, at, at + 1, at + 12]);
  return [...new Set([...around, ...spread])].filter((at) => at > 0 && at < body.length);
}

/** By hand, from the fields of the wire. */
function usageOf({ usage: raw, ranTools }: Reading): Usage | undefined {
  if (raw === undefined) return undefined;
  const hour = ((raw.cacheDetails ?? []) as Json[]).find(({ ttl }) => ttl === '1h')?.inputTokens;
  const writes = raw.cacheWriteInputTokens;
  return {
    inputTokens: Number(raw.inputTokens),
    ...(raw.cacheReadInputTokens === undefined ? {} : { cacheReadTokens: Number(raw.cacheReadInputTokens) }),
    ...(writes === undefined ? {} : { cacheWriteTokens: Number(writes) - Number(hour ?? 0) }),
    ...(hour === undefined ? {} : { cacheWrite1hTokens: Number(hour) }),
    outputTokens: Number(raw.outputTokens),
    ...(ranTools.includes('nova_grounding') ? { webSearches: 1 } : {}),
    ...(ranTools.includes('nova_code_interpreter') ? { otherToolUses: 1 } : {}),
  };
}

const UNIFIED: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  max_tokens: 'length',
  tool_use: 'tool-calls',
  guardrail_intervened: 'content-filter',
};

function expectParts(parts: readonly Part[], reading: Reading): void {
  const texts = parts.filter((part) => part.kind === 'text');
  const thoughts = parts.filter((part) => part.kind === 'reasoning');
  const calls = parts.filter((part) => part.kind === 'tool-call');
  expect(texts.map(({ text }) => text).join('')).toBe(reading.text);
  expect(thoughts.map(({ text }) => text).join('')).toBe(reading.thinking);
  expect(thoughts.flatMap(({ redacted, signature }) => (redacted === true ? [] : [signature ?? []])).flat()).toEqual(
    reading.signatures,
  );
  expect(
    thoughts.flatMap(({ redacted, signature = '' }) =>
      redacted === true ? [Buffer.from(signature).toString('base64')] : [],
    ),
  ).toEqual(reading.redacted);
  expect(calls.map(({ id, name, arguments: json }) => ({ id, name, input: JSON.parse(json) }))).toEqual(reading.calls);
  expect(texts.flatMap(({ citations = [] }) => citations.map(({ raw }) => raw))).toEqual(reading.citations);
  expect(parts.flatMap((part) => (part.kind === 'foreign' ? [part.type] : []))).toEqual(reading.foreign);
}

recordedSuite('bedrock-converse', () => {
  test('the recordings are all here', () => {
    expect([PLAIN.length, STREAMS.length, ERRORS.length]).toEqual([16, 9, 5]);
  });

  test.each(named(PLAIN))('%s: a whole answer says what was recorded', (_id, recording) => {
    const reading = readBody(JSON.parse(recording.responseBody.toString()) as Json);
    const answer = providerSide.decodeAnswer(recording.responseBody);
    const [choice] = answer.choices;
    expect(answer.choices).toHaveLength(1);
    expectParts(choice?.parts ?? [], reading);
    expect(choice?.finishReason).toEqual({ unified: UNIFIED[reading.stopReason], raw: reading.stopReason });
    expect(answer.usage).toEqual(usageOf(reading));
    expect(providerSide.decodeError(200, recording.responseBody, recording.responseHeaders)).toBeUndefined();
    pass('whole answers');
  });

  test.each(named(STREAMS))('%s: a stream says what was recorded', (_id, { responseBody }) => {
    const reading = readStream(responseBody);
    const { events, complete, problem, usage } = decodeStream([responseBody]);
    const { parts, finish } = fold(events);
    expect({ complete, problem }).toEqual({ complete: true, problem: undefined });
    expectParts(parts, reading);
    expect(finish?.finishReason).toEqual({ unified: UNIFIED[reading.stopReason], raw: reading.stopReason });
    expect(usage).toEqual(usageOf(reading));
    expect(events.filter(({ type }) => type === 'usage').at(-1)).toEqual({ type: 'usage', usage });
    pass('streams');
  });

  test.each(named(STREAMS))('%s: split anywhere it is the same stream', (_id, { responseBody }) => {
    const whole = decodeStream([responseBody]);
    for (const at of places(responseBody)) expect(decodeStream(cut(responseBody, at))).toEqual(whole);
    for (const size of [1, 2, 3, 7, 11, 12, 13, 64]) expect(decodeStream(crumbs(responseBody, size))).toEqual(whole);
    pass('streams split at every byte');
  });

  test.each(named(STREAMS))('%s: cut short it is never whole', (_id, { responseBody }) => {
    const frames = framesOf(responseBody);
    const contentEnd = responseBody.length - (frames.at(-1)?.bytes.length ?? 0);
    for (const at of new Set([0, contentEnd, ...places(responseBody)])) {
      const { events, complete, problem } = decodeStream([responseBody.subarray(0, at)]);
      fold(events);
      // Exactly behind messageStop all content has come, and only what it cost is not known.
      expect({ at, complete, problem }).toEqual({
        at,
        complete: at === contentEnd,
        problem: at === contentEnd ? undefined : 'cut',
      });
    }
    pass('streams cut at every byte');
  });

  test.each(named(STREAMS))('%s: a frame lost, doubled or moved is noticed', (_id, { responseBody }) => {
    const frames = framesOf(responseBody).map(({ bytes }) => bytes);
    const names = framesOf(responseBody).map(({ headers }) => headers[':event-type']);
    frames.forEach((frame, place) => {
      const doubled = decodeStream([...frames.slice(0, place), frame, ...frames.slice(place)]);
      // Text that comes twice is just another text, and the same totals twice are the same totals.
      const harmless = names[place] === 'contentBlockDelta' || names[place] === 'metadata';
      expect([names[place], doubled.complete]).toEqual([names[place], harmless]);
      if (names[place] !== 'messageStart' && names[place] !== 'messageStop') return;
      expect(decodeStream([...frames.slice(0, place), ...frames.slice(place + 1)]).complete).toBe(false);
    });
    expect(decodeStream([...frames, ...frames]).complete).toBe(false);
    const half = Math.floor(frames.length / 2);
    expect(decodeStream([...frames.slice(0, half), ...frames]).complete).toBe(false);
    pass('frames lost, doubled, spliced');
  });

  test.each(CLIENTS_AND_ANSWERS)('%s clients get all of %s', (protocol, _id, { responseBody, stream }) => {
    const client = CLIENT_SIDES[protocol];
    const provider = PROVIDER_SIDES[protocol];
    if (stream) {
      const sent = decodeStream([responseBody]);
      const encoder = client.encodeStream(factsOf());
      const bytes = Buffer.concat([...sent.events.map((event) => encoder.push(event)), encoder.end()]);
      const decoder = provider.decodeStream();
      const events = [...decoder.push(bytes)];
      const end = decoder.end();
      const got = fold([...events, ...end.events]);
      const before = fold(sent.events);
      expect(end.complete).toBe(true);
      expect(contentOf(got.parts, got.finish?.finishReason)).toEqual(
        contentOf(before.parts, before.finish?.finishReason),
      );
      expect(tokensOf(end.usage, protocol)).toEqual(tokensOf(sent.usage, protocol));
    } else {
      const sent = providerSide.decodeAnswer(responseBody);
      const got = provider.decodeAnswer(client.encodeAnswer(sent, factsOf()));
      const [before, after] = [sent.choices[0], got.choices[0]];
      expect(contentOf(after?.parts ?? [], after?.finishReason)).toEqual(
        contentOf(before?.parts ?? [], before?.finishReason),
      );
      expect(tokensOf(got.usage, protocol)).toEqual(tokensOf(sent.usage, protocol));
    }
    pass(`shown to ${protocol} clients`);
  });

  test('10,000 mutations: no crash, and every changed byte is noticed', () => {
    const random = seededRandom(20_261_120);
    const pick = (below: number) => Math.floor(random() * below);
    const wholes = STREAMS.map(({ responseBody }) => [responseBody, decodeStream([responseBody])] as const);
    for (let count = 0; count < 10_000; count += 1) {
      const [original, whole] = wholes[pick(wholes.length)] ?? [Buffer.alloc(0), decodeStream([])];
      const mutated = Buffer.from(original);
      const at = pick(mutated.length);
      const other = STREAMS[pick(STREAMS.length)]?.responseBody ?? original;
      const bytes =
        [
          () => {
            mutated.writeUInt8((mutated[at] ?? 0) ^ (1 << pick(8)), at);
            return mutated;
          },
          () => Buffer.concat([mutated.subarray(0, at), mutated.subarray(at + 1 + pick(40))]),
          () => Buffer.concat([mutated.subarray(0, at), Buffer.from([pick(256), pick(256)]), mutated.subarray(at)]),
          () => Buffer.concat([mutated.subarray(0, at), other.subarray(pick(other.length))]),
        ][pick(4)]?.() ?? mutated;
      const result = decodeStream(crumbs(bytes, 1 + pick(4_096)));
      fold(result.events);
      if (!bytes.equals(original) && result.complete) {
        // Only what follows the last byte of content may be gone without a word.
        expect(fold(result.events)).toEqual(fold(whole.events));
        expect([undefined, JSON.stringify(whole.usage)]).toContain(JSON.stringify(result.usage));
      }
    }
    pass('mutations (10,000 in one)');
  });

  test.each(named(ERRORS))('%s: an error keeps the class and the words', (_id, recording) => {
    const { status, responseBody, responseHeaders } = recording;
    const header = responseHeaders['x-amzn-errortype'];
    expect(providerSide.decodeError(status, responseBody, responseHeaders)).toEqual({
      ...(header === undefined ? {} : { code: header.split(':')[0] }),
      message: (JSON.parse(responseBody.toString()) as Json).message,
      status,
    });
    pass('errors');
  });

  test.each(named(REQUESTS))('%s: its request is written again as it was', (_id, recording) => {
    const model = decodeURIComponent(/\/model\/([^/]+)\//.exec(recording.requestPath ?? '')?.[1] ?? '');
    const sent = recording.requestBody as Json;
    const warnings = new Warnings();
    const call = callOf(sent, model, recording.api === 'converse-stream');
    const encoded = providerSide.encodeRequest(call, { model, quirks: {} }, warnings);
    expect(canonicalRequest(JSON.parse(encoded.body.toString()) as Json)).toEqual(canonicalRequest(sent));
    expect(warnings.list()).toEqual([]);
    expect(violations('ConverseRequest', JSON.parse(encoded.body.toString()))).toEqual([]);
    pass('requests');
  });

  test('every recorded request of every other protocol becomes one that AWS describes, or is refused in words', () => {
    const refused = new Map<string, number>();
    for (const recording of recordings(({ api }) => api in CLIENT_OF_API)) {
      const client = CLIENT_SIDES[CLIENT_OF_API[recording.api] ?? 'openai-chat'];
      if (recording.requestBody === undefined || recording.requestBody === null) continue;
      for (const model of MODELS) {
        const written = attempt(() => {
          const body = Buffer.from(JSON.stringify(recording.requestBody));
          const call = client.decodeRequest(body, { model: 'asked', stream: recording.stream });
          return providerSide.encodeRequest(call, { model, quirks: {} }, new Warnings()).body;
        });
        if (typeof written === 'string') refused.set(written, (refused.get(written) ?? 0) + 1);
        else {
          const found = violations('ConverseRequest', JSON.parse(written.toString()));
          expect([recording.id, found]).toEqual([recording.id, EXPECTED_VIOLATIONS[recording.id] ?? []]);
          pass('requests of other protocols');
        }
      }
    }
    expect([...refused.keys()].sort()).toEqual(REFUSALS);
  });

  afterAll(() => {
    const rows = [...passed].map(([feature, count]) => `  ${feature.padEnd(32)} ${String(count).padStart(4)}`);
    process.stdout.write(`\nbedrock-converse: ${ALL.length} cases\n${rows.join('\n')}\n`);
  });
});
