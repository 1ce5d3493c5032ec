/** The side of Converse that the simulator speaks: recorded requests and answers, written again and read by hand. */
import { expect, test } from 'vitest';
import type { Call } from '../../proxy/core/call.ts';
import { GatehouseError } from '../../proxy/core/errors.ts';
import type { Part } from '../../proxy/core/part.ts';
import { Warnings } from '../../proxy/core/warnings.ts';
import { clientSide } from '../../proxy/protocols/bedrock-converse/client-side.ts';
import { errorHeaders } from '../../proxy/protocols/bedrock-converse/error-envelope.ts';
import { providerSide } from '../../proxy/protocols/bedrock-converse/provider-side.ts';
import type { EncodeFacts } from '../../proxy/protocols/translation.ts';
import { type Recording, recordedSuite, recordings } from '../support/recordings.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { violations } from './bedrock-converse/api-description.ts';
import { callOf } from './bedrock-converse/call-of.ts';
import { framesOf, type Json, readBody, readStream } from './bedrock-converse/reading.ts';
import { canonicalRequest } from './bedrock-converse/same-request.ts';

const ALL = recordings(({ provider, api }) => provider === 'bedrock' && /^converse(-stream)?$/.test(api));
const ERRORS = ALL.filter(({ status }) => status >= 400);
const PLAIN = ALL.filter(({ status, api }) => status === 200 && api === 'converse');
const STREAMS = ALL.filter(({ status, api }) => status === 200 && api === 'converse-stream');
const REQUESTS = ALL.filter(({ requestBody }) => requestBody !== undefined && requestBody !== null);
const named = (list: readonly Recording[]) => list.map((recording) => [recording.id, recording] as const);

const FACTS: EncodeFacts = {
  model: 'm',
  call: { model: 'm', stream: false, messages: [], tools: [] },
  createdAt: 1,
  newId: (prefix) => `${prefix}1`,
  wantsUsage: true,
};

const modelOf = ({ requestPath }: Recording) =>
  decodeURIComponent(/\/model\/([^/]+)\//.exec(requestPath ?? '')?.[1] ?? '');

/** The independent reading says neither who signed a thought nor which tool a result is of, and leaves cited parts bare. */
function comparable(call: Call): unknown {
  return {
    ...call,
    messages: call.messages.map((message) => ({ ...message, parts: message.parts.map(comparablePart) })),
  };
}

function comparablePart(part: Part): unknown {
  if (part.kind === 'reasoning') return { ...part, origin: undefined };
  if (part.kind === 'tool-result') return { ...part, name: undefined, parts: part.parts.map(comparablePart) };
  if (part.kind === 'text') return { ...part, citations: part.citations?.map(({ raw }) => raw) };
  return part.kind === 'foreign' ? { ...part, raw: {} } : part;
}

function sentAgain(recording: Recording): Buffer {
  const decoder = providerSide.decodeStream();
  const events = [...decoder.push(recording.responseBody), ...decoder.end().events];
  const encoder = clientSide.encodeStream(FACTS);
  return Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]);
}

recordedSuite('bedrock-converse, the client side', () => {
  test('the recordings are all here', () => {
    expect([PLAIN.length, STREAMS.length, ERRORS.length]).toEqual([16, 9, 5]);
    expect(REQUESTS.length).toBeGreaterThan(20);
  });

  test.each(named(REQUESTS))('%s: its request is the call that it says', (_id, recording) => {
    const model = modelOf(recording);
    const stream = recording.api === 'converse-stream';
    const sent = recording.requestBody as Json;
    const call = clientSide.decodeRequest(Buffer.from(JSON.stringify(sent)), { model, stream });
    expect(comparable(call)).toEqual(comparable(callOf(sent, model, stream)));

    const warnings = new Warnings();
    const encoded = providerSide.encodeRequest(call, { model, quirks: {} }, warnings);
    expect(canonicalRequest(JSON.parse(encoded.body.toString()) as Json)).toEqual(canonicalRequest(sent));
    expect(warnings.list()).toEqual([]);
  });

  test('5,000 broken requests: each is a call or refused in words', () => {
    const random = seededRandom(20_261_120);
    const pick = (below: number) => Math.floor(random() * below);
    const sent = REQUESTS.map(({ requestBody }) => JSON.stringify(requestBody));
    const outcomes = { calls: 0, refused: 0 };
    for (let count = 0; count < 5_000; count += 1) {
      const body = broken(JSON.parse(sent[pick(sent.length)] ?? '{}'), pick);
      try {
        const call = clientSide.decodeRequest(Buffer.from(JSON.stringify(body)), { model: 'm', stream: false });
        expect(call.messages.length).toBeGreaterThan(0);
        outcomes.calls += 1;
      } catch (error) {
        if (!(error instanceof GatehouseError)) throw error;
        expect([error.code, error.details.param]).toEqual([
          'invalid_request',
          isObject(body) ? expect.any(String) : undefined,
        ]);
        outcomes.refused += 1;
      }
    }
    expect(Math.min(outcomes.calls, outcomes.refused)).toBeGreaterThan(500);
  });

  test.each(named(PLAIN))('%s: a whole answer, written again, reads as recorded', (_id, { responseBody }) => {
    const again = clientSide.encodeAnswer(providerSide.decodeAnswer(responseBody), FACTS);
    const body = JSON.parse(again.toString()) as Json;
    const recorded = readBody(JSON.parse(responseBody.toString()) as Json);
    expect(withoutUsage(readBody(body))).toEqual(withoutUsage(recorded));
    expect(countsOf(body.usage)).toEqual(countsOf(recorded.usage));
    // How long it took is nowhere known.
    expect(violations('ConverseResponse', body)).toEqual(['ConverseResponse: metrics is missing']);
  });

  test.each(named(STREAMS))('%s: a stream, written again, reads as recorded', (_id, recording) => {
    const again = sentAgain(recording);
    const recorded = readStream(recording.responseBody);
    expect(withoutUsage(readStream(again))).toEqual(withoutUsage(recorded));
    expect(countsOf(readStream(again).usage)).toEqual(countsOf(recorded.usage));

    const frames = framesOf(again);
    expect(frames[0]?.headers[':event-type']).toBe('messageStart');
    expect(frames.slice(-2).map(({ headers }) => headers[':event-type'])).toEqual(['messageStop', 'metadata']);
    for (const { headers, payload } of frames) {
      expect(headers).toMatchObject({ ':message-type': 'event', ':content-type': 'application/json' });
      const shape = SHAPES[headers[':event-type'] ?? ''] ?? 'unknown';
      const found = violations(shape, payload);
      expect([shape, found]).toEqual([shape, shape === METADATA ? [`${METADATA}: metrics is missing`] : []]);
    }
  });

  test.each(named(ERRORS))('%s: an error, told again, is the same error', (_id, recording) => {
    const error = providerSide.decodeError(recording.status, recording.responseBody, recording.responseHeaders);
    if (error === undefined) throw new Error('no error');
    const body = clientSide.encodeProviderError(error, 'req_1');
    expect(JSON.parse(body.toString())).toEqual({ message: error.message });
    const header = recording.responseHeaders['x-amzn-errortype'];
    if (header !== undefined) expect(errorHeaders(error)).toEqual({ 'x-amzn-errortype': header });
    expect(providerSide.decodeError(recording.status, body, errorHeaders(error))).toMatchObject(error);
  });
});

const WRONG = [null, 7, -1, '', 'x', [], {}, [[]], [null], { text: 7 }, { cachePoint: { type: 'default' } }, true];

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One value somewhere inside becomes another that nobody asked for. */
function broken(value: unknown, pick: (below: number) => number): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || pick(5) === 0) return WRONG[pick(WRONG.length)];
  const key = keys[pick(keys.length)] ?? '';
  const inner = broken((value as Json)[key], pick);
  if (Array.isArray(value)) return value.map((element, place) => (String(place) === key ? inner : element));
  return { ...(value as Json), [key]: inner };
}

const METADATA = 'ConverseStreamMetadataEvent';
const SHAPES: Readonly<Record<string, string>> = {
  messageStart: 'MessageStartEvent',
  contentBlockStart: 'ContentBlockStartEvent',
  contentBlockDelta: 'ContentBlockDeltaEvent',
  contentBlockStop: 'ContentBlockStopEvent',
  messageStop: 'MessageStopEvent',
  metadata: METADATA,
};

const withoutUsage = <Read extends object>(reading: Read) => ({ ...reading, usage: undefined });

/** A zero that the provider wrote and a count that it left out are the same number of tokens. */
function countsOf(usage: unknown) {
  const counts = (usage ?? {}) as Json;
  return ['inputTokens', 'outputTokens', 'cacheReadInputTokens', 'cacheWriteInputTokens'].map((name) =>
    Number(counts[name] ?? 0),
  );
}
