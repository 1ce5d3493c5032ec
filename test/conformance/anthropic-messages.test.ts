/** Every recorded exchange of the Messages API: read, written again, cut, spliced and mutated. */
import { afterAll, expect, test } from 'vitest';
import type { Answer } from '../../proxy/core/answer.ts';
import type { Usage } from '../../proxy/core/usage.ts';
import { Warnings } from '../../proxy/core/warnings.ts';
import { clientSide } from '../../proxy/protocols/anthropic-messages/client-side.ts';
import { anthropicMessages } from '../../proxy/protocols/anthropic-messages/codec.ts';
import { providerSide } from '../../proxy/protocols/anthropic-messages/provider-side.ts';
import type { EncodeFacts } from '../../proxy/protocols/translation.ts';
import { type Recording, recordedSuite, recordings } from '../support/recordings.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { checkMessage, checkStream } from './anthropic-messages/emission.ts';
import { fold, readAnswer } from './anthropic-messages/fold.ts';
import { dataOf, framesOf, type Reading, readMessage, readStream } from './anthropic-messages/reading.ts';
import { canonical } from './anthropic-messages/same-request.ts';

type Json = Record<string, unknown>;

const ALL = recordings(({ api }) => api === 'messages');
const ERRORS = ALL.filter(({ status }) => status >= 400);
const PLAIN = ALL.filter(({ status, stream }) => status === 200 && !stream);
const STREAMS = ALL.filter(({ status, stream }) => status === 200 && stream);
const REQUESTS = ALL.filter(({ requestBody }) => requestBody !== undefined && requestBody !== null);

/** Streams that do not end well, and why. */
const BROKEN: Readonly<Record<string, string>> = {
  'anthropic-messages-stream-spliced-message-start-2ac79b': 'malformed_frame',
  'anthropic-messages-stream-duplicate-message-start-cc8c9c': 'malformed_frame',
  'anthropic-messages-stream-overloaded-first-event-5c1754': 'error',
  'anthropic-messages-stream-overloaded-mid-stream-d2504e': 'error',
};
const WHOLE_STREAMS = STREAMS.filter(({ id }) => BROKEN[id] === undefined);

const passed = new Map<string, Map<string, number>>();
const named = (list: readonly Recording[]) => list.map((recording) => [recording.id, recording] as const);
const textOf = ({ responseBody }: Recording) => responseBody.toString('utf8');

function pass(feature: string, recording: Recording): void {
  const row = passed.get(feature) ?? new Map<string, number>();
  row.set(recording.provider, (row.get(recording.provider) ?? 0) + 1);
  passed.set(feature, row);
}

function decodeStream(pieces: readonly Buffer[]) {
  const decoder = providerSide.decodeStream();
  const events = pieces.flatMap((piece) => decoder.push(piece));
  const end = decoder.end();
  return { ...end, events: [...events, ...end.events] };
}

const cut = (body: Buffer, at: number) => [body.subarray(0, at), body.subarray(at)];
const crumbs = (body: Buffer, size: number) =>
  Array.from({ length: Math.ceil(body.length / size) }, (_, place) => body.subarray(place * size, place * size + size));

function factsOf(answer: Answer): EncodeFacts {
  return {
    model: answer.model ?? 'claude',
    call: { model: 'claude', stream: false, messages: [], tools: [] },
    createdAt: 0,
    newId: (prefix) => `${prefix}new`,
    wantsUsage: true,
  };
}

/** What is billed beside the tokens; 0 is left out. */
function extrasOf(raw: Json): Usage {
  const used = (raw.server_tool_use ?? {}) as Json;
  const advice = ((raw.iterations ?? []) as Json[]).filter(({ type }) => type === 'advisor_message').length;
  return {
    ...(used.web_search_requests ? { webSearches: Number(used.web_search_requests) } : {}),
    ...(used.web_fetch_requests ? { webFetches: Number(used.web_fetch_requests) } : {}),
    ...(advice === 0 ? {} : { otherToolUses: advice }),
  };
}

/** By hand, from the fields of the wire. */
function expectUsage(usage: Usage | undefined, raw: Json): void {
  const compactions = ((raw.iterations ?? []) as Json[]).filter(({ type }) => type === 'compaction');
  const sum = (key: string) => compactions.reduce((all, one) => all + Number(one[key]), Number(raw[key]));
  const hour = (raw.cache_creation as Json | null | undefined)?.ephemeral_1h_input_tokens;
  const thought = (raw.output_tokens_details as Json | undefined)?.thinking_tokens;
  const reported = (key: string) => (typeof raw[key] === 'number' ? sum(key) : undefined);
  const writes = reported('cache_creation_input_tokens');
  expect(usage).toEqual({
    inputTokens: sum('input_tokens'),
    cacheReadTokens: reported('cache_read_input_tokens'),
    cacheWriteTokens: writes === undefined ? undefined : writes - Number(hour ?? 0),
    cacheWrite1hTokens: hour,
    outputTokens: sum('output_tokens') - Number(thought ?? 0),
    reasoningTokens: thought,
    ...extrasOf(raw),
  });
}

function expectReading(answer: Answer, reading: Reading): void {
  const { usage: _usage, types, ...expected } = reading;
  expect(readAnswer(answer)).toEqual(expected);
  const kinds = (answer.choices[0]?.parts ?? []).filter(({ kind }) => kind !== 'refusal').length;
  expect(kinds).toBe(types.length);
}

recordedSuite('recorded messages', () => {
  test('there are enough of them', () => {
    expect([PLAIN.length, STREAMS.length, ERRORS.length, REQUESTS.length].map((count) => count >= 9)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(ALL.length).toBeGreaterThanOrEqual(68);
  });

  test.each(named(ERRORS))('error %s', (_id, recording) => {
    const raw = JSON.parse(textOf(recording)) as { error: { type: string; message: string } };
    const error = providerSide.decodeError(recording.status, recording.responseBody, {});
    expect(error).toEqual({ status: recording.status, type: raw.error.type, message: raw.error.message });
    if (error === undefined) return;
    const sent = JSON.parse(clientSide.encodeProviderError(error, 'req_1').toString()) as Json;
    expect(sent).toMatchObject({
      type: 'error',
      error: { type: raw.error.type, message: raw.error.message },
      request_id: 'req_1',
    });
    pass('errors', recording);
  });

  test.each(named(PLAIN))('answer %s', (_id, recording) => {
    const raw = JSON.parse(textOf(recording)) as Json;
    const answer = providerSide.decodeAnswer(recording.responseBody);
    expect([answer.id, answer.model]).toEqual([raw.id, raw.model]);
    expectReading(answer, readMessage(raw));
    expectUsage(answer.usage, raw.usage as Json);
    const seen = anthropicMessages.inspectResult(recording.responseBody);
    expect(seen.usage).toEqual(answer.usage);
    expect(seen.finishReason?.raw).toBe(raw.stop_reason);
    pass('answers read', recording);
  });

  test.each(named(PLAIN))('answer %s, written and read again', (_id, recording) => {
    const answer = providerSide.decodeAnswer(recording.responseBody);
    const sent = clientSide.encodeAnswer(answer, factsOf(answer));
    checkMessage(JSON.parse(sent.toString()) as Json);
    // A model that stopped with end_turn beside tool calls is written as tool_use: no client would run them else.
    const calls = answer.choices[0]?.parts.some(({ kind }) => kind === 'tool-call') === true;
    const back = providerSide.decodeAnswer(sent);
    const [choice] = answer.choices;
    const stopped = calls && choice?.finishReason?.raw === 'end_turn';
    const expected = stopped ? { ...choice, finishReason: { unified: 'tool-calls', raw: 'tool_use' } } : choice;
    expect(back).toEqual({ ...answer, id: recording.id === '' ? '' : back.id, choices: [expected] });
    if (answer.id?.startsWith('msg_') === true) expect(back.id).toBe(answer.id);
    pass('answers written', recording);
  });

  test.each(named(STREAMS))('stream %s', (id, recording) => {
    const { events, complete, problem, usage } = decodeStream([recording.responseBody]);
    const observer = anthropicMessages.observeStream({ hideUsage: false });
    const step = observer.push(recording.responseBody);
    const { forward, summary } = observer.end();
    expect([complete, summary.complete]).toEqual([BROKEN[id] === undefined, BROKEN[id] === undefined]);
    const answer = fold(events);
    expect(usage).toEqual(summary.usage);
    if (BROKEN[id] === 'error') {
      expect([answer.failed, summary.error?.type]).toEqual([true, 'overloaded_error']);
    } else if (BROKEN[id] !== undefined) {
      expect([problem, summary.problem, step.problem]).toEqual([
        'malformed_frame',
        'malformed_frame',
        'malformed_frame',
      ]);
    } else {
      const reading = readStream(textOf(recording));
      expectReading(answer, reading);
      expectUsage(answer.usage, reading.usage);
      expect(usage).toEqual(answer.usage);
      expect(summary.finishReason?.raw).toBe(reading.stop);
      expect(
        Buffer.concat([step.forward ?? Buffer.alloc(0), forward ?? Buffer.alloc(0)]).equals(recording.responseBody),
      ).toBe(true);
      expect(step.committed).toBe(reading.types.length > 0);
    }
    pass('streams read', recording);
  });

  test.each(named(STREAMS))('stream %s, cut anywhere', (_id, recording) => {
    const body = recording.responseBody;
    const whole = decodeStream([body]);
    expect(decodeStream(crumbs(body, body.length > 20_000 ? 7 : 1))).toEqual(whole);
    const every = body.length < 1_500 ? 1 : Math.ceil(body.length / 60);
    for (let at = 1; at < body.length; at += every) expect(decodeStream(cut(body, at))).toEqual(whole);
    const crlf = Buffer.from(body.toString('utf8').replaceAll('\n', '\r\n'));
    expect(decodeStream(crumbs(crlf, 5))).toEqual(whole);
    pass('streams re-split', recording);
  });

  test.each(named(STREAMS))('stream %s, ended early', (_id, recording) => {
    const body = recording.responseBody;
    const lastData = body.lastIndexOf('"message_stop"');
    const end = lastData < 0 ? body.length : body.indexOf('}', lastData);
    const every = Math.max(1, Math.floor(end / 100));
    for (let at = 0; at <= end; at += at > end - 60 ? 1 : every) {
      const part = body.subarray(0, at);
      expect(decodeStream([part]).complete, `cut at ${at}`).toBe(false);
      const observer = anthropicMessages.observeStream({ hideUsage: false });
      const { forward } = observer.push(part);
      const last = observer.end();
      expect(last.summary.complete, `cut at ${at}`).toBe(false);
      const forwarded = Buffer.concat([forward ?? Buffer.alloc(0), last.forward ?? Buffer.alloc(0)]);
      expect(forwarded.includes('message_stop')).toBe(false);
    }
    pass('streams truncated', recording);
  });

  test.each(named(WHOLE_STREAMS))('stream %s, written and read again', (_id, recording) => {
    const { events } = decodeStream([recording.responseBody]);
    const answer = fold(events);
    const encoder = clientSide.encodeStream(factsOf(answer));
    const sent = Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]);
    checkStream(sent.toString());
    const again = decodeStream([sent]);
    expect(again.complete).toBe(true);
    const back = fold(again.events);
    expect(back.choices).toEqual(answer.choices);
    const { otherToolUses: _untold, ...told } = answer.usage ?? {};
    expect(back.usage).toEqual(told);
    pass('streams written', recording);
  });
});

/** Requests that do not come back as they were, and why. */
const REQUEST_EXCEPTIONS: Readonly<Record<string, string>> = {
  'anthropic-messages-strict-schema-matrix-boolean-root-schema-is-rejected-for-46e5a3':
    'the schema is no object: refused here as it was by the provider',
  'anthropic-messages-citations-with-anthropic-claude-haiku-4-5-cites-tool-res-7c3716':
    'a search result becomes a document, which other protocols can carry',
  'anthropic-messages-explicit-effort-xhigh-unsupported-model-errors-cb3baa':
    'an effort alone also asks for thinking, which it means everywhere else',
};

recordedSuite('recorded requests', () => {
  test.each(named(REQUESTS))('%s', (id, recording) => {
    const body = Buffer.from(JSON.stringify(recording.requestBody));
    const raw = recording.requestBody as Json & { model: string; max_tokens: number };
    const { facts } = anthropicMessages.inspectRequest(body);
    expect(facts).toMatchObject({
      model: raw.model,
      stream: raw.stream === true,
      maxOutputTokens: raw.max_tokens,
      choices: 1,
    });
    expect(facts.inputTokensMax).toBeGreaterThan(facts.inputTokensEstimate);
    if (REQUEST_EXCEPTIONS[id] !== undefined) return;
    const call = clientSide.decodeRequest(body, {});
    const warnings = new Warnings();
    const sent = providerSide.encodeRequest(call, { model: raw.model, quirks: {} }, warnings);
    expect(canonical(JSON.parse(sent.body.toString()) as Json)).toEqual(canonical(raw));
    expect(warnings.list()).toEqual([]);
    pass('requests', recording);
  });

  test('the exceptions are exceptions', () => {
    for (const id of Object.keys(REQUEST_EXCEPTIONS)) {
      const recording = REQUESTS.find((one) => one.id === id);
      expect(recording, id).toBeDefined();
      const again = () => {
        const body = Buffer.from(JSON.stringify(recording?.requestBody));
        const call = clientSide.decodeRequest(body, {});
        const sent = providerSide.encodeRequest(call, { model: call.model, quirks: {} }, new Warnings());
        expect(canonical(JSON.parse(sent.body.toString()) as Json)).toEqual(canonical(recording?.requestBody as Json));
      };
      expect(again, id).toThrow();
    }
  });
});

recordedSuite('hostile streams', () => {
  const MUTATIONS = 10_000;

  test('two answers in one, and one answer twice', () => {
    for (const [, recording] of named(WHOLE_STREAMS)) {
      const frames = framesOf(textOf(recording));
      const whole = decodeStream([recording.responseBody]);
      for (let length = 1; length < frames.length; length += 1) {
        const begun = frames.slice(0, length).join('');
        if (begun.includes('"message_stop"')) continue;
        const spliced = decodeStream([Buffer.from(begun), recording.responseBody]);
        expect(spliced.complete, `${recording.id} spliced after ${length}`).toBe(false);
      }
      const twice = decodeStream([recording.responseBody, recording.responseBody]);
      expect(fold(twice.events)).toEqual(fold(whole.events));
    }
  });

  test('a frame doubled, lost or moved is noticed, or changes nothing', () => {
    for (const [, recording] of named(WHOLE_STREAMS)) {
      const frames = framesOf(textOf(recording));
      const whole = fold(decodeStream([recording.responseBody]).events);
      frames.forEach((frame, place) => {
        // One delta more or less is just another text: no frame of this protocol is numbered.
        if (dataOf(frame)?.type === 'content_block_delta') return;
        const without = frames.toSpliced(place, 1);
        for (const mutant of [without, frames.toSpliced(place, 0, frame), without.toSpliced(place + 1, 0, frame)]) {
          const { events, complete } = decodeStream([Buffer.from(mutant.join(''))]);
          const answer = fold(events);
          if (complete) expect(answer.choices[0]?.parts).toEqual(whole.choices[0]?.parts);
        }
      });
    }
  });

  test(`${MUTATIONS} mutations neither crash nor hang, and what ends cleanly is what was sent`, () => {
    const random = seededRandom(20_261_120);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const garbage = [
      'data: {"type":"content',
      '<html>',
      'event: content_block_delta\ndata: 7\n\n',
      '\u0000\u0001',
      '{"error":"x"}\n\n',
      'data: [DONE]\n\n',
    ];
    let clean = 0;
    for (let round = 0; round < MUTATIONS; round += 1) {
      const bytes = Buffer.from(pick(WHOLE_STREAMS).responseBody);
      const at = Math.floor(random() * bytes.length);
      const kind = round % 4;
      if (kind === 0) bytes[at] = Math.floor(random() * 256);
      if (kind === 1) bytes.copyWithin(at, at + 1 + Math.floor(random() * 40));
      const text =
        kind === 2 ? Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(garbage)), bytes.subarray(at)]) : bytes;
      const mutant =
        kind === 3 ? Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(random() * 200))]) : text;
      const { events, complete } = decodeStream(crumbs(mutant, 1 + Math.floor(random() * 500)));
      const answer = fold(events);
      const observer = anthropicMessages.observeStream({ hideUsage: false });
      const forwarded = crumbs(mutant, 97).map((piece) => observer.push(piece).forward ?? Buffer.alloc(0));
      observer.end();
      const passedOn = Buffer.concat(forwarded);
      if (!passedOn.includes('{"error":"x"}')) expect(mutant.subarray(0, passedOn.length).equals(passedOn)).toBe(true);
      if (!complete) continue;
      clean += 1;
      const { usage: _usage, types: _types, ...reading } = readStream(mutant.toString('utf8'));
      expect(readAnswer(answer)).toEqual(reading);
    }
    expect(clean).toBeGreaterThan(0);
  });
});

afterAll(() => {
  const rows = [...passed].map(
    ([feature, row]) =>
      `  ${feature.padEnd(20)} ${[...row].map(([provider, count]) => `${provider} ${count}`).join('  ')}`,
  );
  const exceptions = Object.entries(REQUEST_EXCEPTIONS).map(([id, why]) => `  ${id}: ${why}`);
  process.stdout.write(
    `anthropic-messages: ${ALL.length} cases\n${rows.join('\n')}\nexceptions (requests)\n${exceptions.join('\n')}\n`,
  );
});
