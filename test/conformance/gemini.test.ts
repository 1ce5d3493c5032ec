/** Every recorded exchange of the Gemini API: read, written again, cut, spliced and mutated. */
import { afterAll, expect, test } from 'vitest';
import type { Answer } from '../../proxy/core/answer.ts';
import { Warnings } from '../../proxy/core/warnings.ts';
import { clientSide, listClientSide } from '../../proxy/protocols/gemini/client-side.ts';
import { gemini, geminiList } from '../../proxy/protocols/gemini/codec.ts';
import { providerSide } from '../../proxy/protocols/gemini/provider-side.ts';
import type { EncodeFacts } from '../../proxy/protocols/translation.ts';
import { type Recording, recordedSuite, recordings } from '../support/recordings.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { checkAnswer, checkEvents } from './gemini/emission.ts';
import { fold, readAnswer } from './gemini/fold.ts';
import { chunksOf, framesOf, type Json, readChunks, readUsage } from './gemini/reading.ts';
import { canonical } from './gemini/same-request.ts';

const ALL = recordings(({ api }) => api === 'generateContent' || api === 'streamGenerateContent');
const ERRORS = ALL.filter(({ status }) => status >= 400);
const PLAIN = ALL.filter(({ status, api }) => status === 200 && api === 'generateContent');
const STREAMS = ALL.filter(({ status, api }) => status === 200 && api === 'streamGenerateContent');
const REQUESTS = ALL.filter(({ requestBody }) => requestBody !== undefined && requestBody !== null);
const EVENT_STREAMS = STREAMS.filter(({ responseBody }) => responseBody.toString('latin1', 0, 5) === 'data:');

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

function observe(pieces: readonly Buffer[], codec = gemini) {
  const observer = codec.observeStream({ hideUsage: false });
  const steps = pieces.map((piece) => observer.push(piece));
  const { forward, summary } = observer.end();
  const forwarded = Buffer.concat([
    ...steps.flatMap((step) => step.forward ?? []),
    ...(forward === undefined ? [] : [forward]),
  ]);
  return { steps, summary, forwarded };
}

const isList = ({ responseBody }: Recording) => responseBody[0] === 0x5b;
const crumbs = (body: Buffer, size: number) =>
  Array.from({ length: Math.ceil(body.length / size) }, (_, place) => body.subarray(place * size, place * size + size));

function factsOf(answer: Answer): EncodeFacts {
  return {
    model: answer.model ?? 'gemini',
    call: { model: 'gemini', stream: false, messages: [], tools: [] },
    createdAt: 0,
    newId: (prefix) => `${prefix}new`,
    wantsUsage: true,
  };
}

recordedSuite('recorded Gemini answers', () => {
  test('there are enough of them', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(41);
    expect([PLAIN.length, STREAMS.length, ERRORS.length, REQUESTS.length].every((count) => count >= 7)).toBe(true);
  });

  test.each(named(ERRORS))('error %s', (_id, recording) => {
    const raw = JSON.parse(textOf(recording)) as { error: { code: number; status: string; message: string } };
    const error = providerSide.decodeError(recording.status, recording.responseBody, {});
    const isWrongKey = textOf(recording).includes('API_KEY_INVALID');
    expect(error).toMatchObject({ type: raw.error.status, status: isWrongKey ? 401 : raw.error.code });
    expect(raw.error.message.startsWith(error?.message ?? '-')).toBe(true);
    expect(gemini.inspectResult(recording.responseBody).error).toEqual(error);
    expect(() => providerSide.decodeAnswer(recording.responseBody)).toThrow(/error/);
    const streamed = decodeStream([recording.responseBody]);
    expect([streamed.complete, streamed.events.map(({ type }) => type)]).toEqual([false, ['error']]);
    const { summary, forwarded } = observe(crumbs(recording.responseBody, 50));
    expect([summary.complete, summary.error]).toEqual([false, error]);
    expect(forwarded.toString()).toMatch(/^data: \{"error":.*\}\r\n\r\n$/);
    if (error === undefined) return;
    const sent = JSON.parse(clientSide.encodeProviderError(error, 'req_1').toString()) as Json;
    expect(sent).toMatchObject({ error: { code: error.status, status: raw.error.status, message: error.message } });
    pass('errors', recording);
  });

  test.each(named(PLAIN))('answer %s', (_id, recording) => {
    const raw = JSON.parse(textOf(recording)) as Json;
    const answer = providerSide.decodeAnswer(recording.responseBody);
    expect([answer.id, answer.model]).toEqual([raw.responseId, raw.modelVersion]);
    expect(readAnswer(answer)).toEqual(readChunks([raw]));
    expect(answer.usage).toEqual(readUsage([raw]));
    const seen = gemini.inspectResult(recording.responseBody);
    expect(seen.usage).toEqual(answer.usage);
    expect(seen.finishReason).toEqual(answer.choices[0]?.finishReason);
    pass('answers read', recording);
  });

  test.each(named(PLAIN))('answer %s, written and read again', (_id, recording) => {
    const answer = providerSide.decodeAnswer(recording.responseBody);
    const sent = clientSide.encodeAnswer(answer, factsOf(answer));
    checkAnswer(JSON.parse(sent.toString()) as Json, { isLast: true });
    // The searches were Google's: a client is told what they found, not how many there were.
    expect(providerSide.decodeAnswer(sent)).toEqual({ ...answer, usage: { ...answer.usage, webSearches: undefined } });
    pass('answers written', recording);
  });

  test.each(named(STREAMS))('stream %s', (_id, recording) => {
    const chunks = chunksOf(textOf(recording));
    const { events, complete, problem, usage } = decodeStream([recording.responseBody]);
    expect([complete, problem]).toEqual([true, undefined]);
    const answer = fold(events);
    expect([answer.id, answer.model]).toEqual([chunks[0]?.responseId, chunks[0]?.modelVersion]);
    expect(readAnswer(answer)).toEqual(readChunks(chunks));
    expect(usage).toEqual(readUsage(chunks));
    expect(answer.usage).toEqual(usage);
    const { steps, summary, forwarded } = observe([recording.responseBody], isList(recording) ? geminiList : gemini);
    expect(forwarded.equals(recording.responseBody)).toBe(true);
    expect([summary.complete, steps[0]?.committed]).toEqual([true, true]);
    expect(summary.usage).toEqual(usage);
    expect(summary.finishReason).toEqual(answer.choices[0]?.finishReason);
    pass('streams read', recording);
  });

  test.each(named(STREAMS))('stream %s, in the other form', (_id, recording) => {
    const { forwarded, summary } = observe(
      crumbs(recording.responseBody, 301),
      isList(recording) ? gemini : geminiList,
    );
    expect(summary.complete).toBe(true);
    expect(chunksOf(forwarded.toString())).toEqual(chunksOf(textOf(recording)));
    pass('streams reframed', recording);
  });

  test.each(named(STREAMS))('stream %s, cut anywhere', (_id, recording) => {
    const body = recording.responseBody;
    const whole = decodeStream([body]);
    expect(decodeStream(crumbs(body, body.length > 20_000 ? 7 : 1))).toEqual(whole);
    const every = body.length < 1_500 ? 1 : Math.ceil(body.length / 60);
    for (let at = 1; at < body.length; at += every) {
      expect(decodeStream([body.subarray(0, at), body.subarray(at)])).toEqual(whole);
    }
    const codec = isList(recording) ? geminiList : gemini;
    expect(observe(crumbs(body, 11), codec).forwarded.equals(body)).toBe(true);
    const feeds = Buffer.from(body.toString('utf8').replaceAll('\r\n', '\n'));
    expect(decodeStream(crumbs(feeds, 5))).toEqual(whole);
    pass('streams re-split', recording);
  });

  test.each(named(STREAMS))('stream %s, ended early', (_id, recording) => {
    const body = recording.responseBody;
    // The blank line behind the last event may be missing, a list's bracket may not.
    const end = isList(recording) ? body.length - 1 : body.toString('latin1').trimEnd().length - 1;
    const every = Math.max(1, Math.floor(end / 100));
    for (let at = 0; at <= end; at += at > end - 60 ? 1 : every) {
      const part = body.subarray(0, at);
      const { complete, events } = decodeStream([part]);
      expect(complete, `cut at ${at}`).toBe(false);
      expect(events.some(({ type }) => type === 'finish')).toBe(false);
      expect(observe([part], isList(recording) ? geminiList : gemini).summary.complete, `cut at ${at}`).toBe(false);
    }
    pass('streams truncated', recording);
  });

  test.each(named(STREAMS))('stream %s, written and read again', (_id, recording) => {
    const { events } = decodeStream([recording.responseBody]);
    const answer = fold(events);
    const encode = (side: typeof clientSide) => {
      const encoder = side.encodeStream(factsOf(answer));
      return Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]);
    };
    const sent = encode(clientSide);
    checkEvents(sent.toString());
    const again = decodeStream([sent]);
    expect(again.complete).toBe(true);
    const back = fold(again.events);
    expect(readAnswer(back)).toEqual(readAnswer(answer));
    expect(back.usage).toEqual({ ...answer.usage, webSearches: undefined });
    const list = encode(listClientSide);
    expect(chunksOf(list.toString())).toEqual(chunksOf(sent.toString()));
    expect(fold(decodeStream([list]).events)).toEqual(back);
    pass('streams written', recording);
  });
});

/** Requests that do not come back as they were, and why. */
const REQUEST_EXCEPTIONS: Readonly<Record<string, string>> = {};

recordedSuite('recorded Gemini requests', () => {
  test.each(named(REQUESTS))('%s', (id, recording) => {
    const raw = recording.requestBody as Json;
    const body = Buffer.from(JSON.stringify(raw));
    const config = (raw.generationConfig ?? {}) as Json;
    const { facts, edit } = gemini.inspectRequest(body);
    expect(facts.maxOutputTokens).toBe(config.maxOutputTokens);
    expect(facts.inputTokensMax).toBeGreaterThan(facts.inputTokensEstimate);
    expect(edit({})).toBe(body);
    if (REQUEST_EXCEPTIONS[id] !== undefined) return;
    expect(again(recording)).toEqual(canonical(raw));
    pass('requests', recording);
  });

  test('the exceptions are exceptions', () => {
    for (const id of Object.keys(REQUEST_EXCEPTIONS)) {
      const recording = REQUESTS.find((one) => one.id === id);
      expect(recording, id).toBeDefined();
      if (recording !== undefined) expect(again(recording), id).not.toEqual(canonical(recording.requestBody as Json));
    }
  });
});

/** Through a call and back. */
function again(recording: Recording): unknown {
  const body = Buffer.from(JSON.stringify(recording.requestBody));
  // The name decides what the model takes: the answer tells it, and where there is none, the newest takes everything.
  const model = /"modelVersion": ?"([^"]+)"/.exec(textOf(recording))?.[1] ?? 'gemini-flash-latest';
  const call = clientSide.decodeRequest(body, { model, stream: false });
  const { body: sent } = providerSide.encodeRequest(call, { model, quirks: {} }, new Warnings());
  return canonical(JSON.parse(sent.toString()) as Json);
}

recordedSuite('hostile Gemini streams', () => {
  const MUTATIONS = 10_000;

  test('two answers in one, and one answer twice', () => {
    for (const recording of EVENT_STREAMS) {
      const frames = framesOf(textOf(recording));
      const other = EVENT_STREAMS.find(({ id }) => id !== recording.id) as Recording;
      for (let length = 1; length < frames.length; length += 1) {
        const spliced = decodeStream([Buffer.from(frames.slice(0, length).join('')), other.responseBody]);
        expect(spliced.complete, `${recording.id} spliced after ${length}`).toBe(false);
      }
      expect(decodeStream([recording.responseBody, recording.responseBody]).complete).toBe(false);
      expect(observe([recording.responseBody, recording.responseBody]).summary.complete).toBe(false);
    }
  });

  test(`${MUTATIONS} mutations neither crash nor hang, and what ends cleanly is what was sent`, () => {
    const random = seededRandom(20_261_120);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const garbage = [
      'data: {"candidates":[',
      '<html>',
      'data: 7\r\n\r\n',
      '\u0000\u0001',
      '{"error":"x"}\n\n',
      ']',
      ',{}',
      'data: {}\r\n\r\n',
    ];
    let clean = 0;
    for (let round = 0; round < MUTATIONS; round += 1) {
      const bytes = Buffer.from(pick(STREAMS).responseBody);
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
      const { summary } = observe(crumbs(mutant, 97));
      if (complete) expect(summary.complete).toBe(true);
      if (!complete) continue;
      clean += 1;
      expectRead(answer, mutant.toString('utf8'));
    }
    expect(clean).toBeGreaterThan(0);
  });

  /** What ends cleanly says what the bytes say, as far as the plain reader can read them. */
  function expectRead(answer: Answer, text: string): void {
    let chunks: Json[];
    try {
      chunks = chunksOf(text);
    } catch {
      return;
    }
    const { text: said, thinking, tools, finish } = readAnswer(answer);
    const reading = readChunks(chunks);
    expect({ said, thinking, finish }).toEqual({
      said: reading.text,
      thinking: reading.thinking,
      finish: reading.finish,
    });
    expect(tools.map(({ name }) => name)).toEqual(reading.tools.map(({ name }) => name));
  }
});

afterAll(() => {
  const rows = [...passed].map(
    ([feature, row]) =>
      `  ${feature.padEnd(20)} ${[...row].map(([provider, count]) => `${provider} ${count}`).join('  ')}`,
  );
  const exceptions = Object.entries(REQUEST_EXCEPTIONS).map(([id, why]) => `  ${id}: ${why}`);
  process.stdout.write(
    `gemini: ${ALL.length} cases\n${rows.join('\n')}\nexceptions (requests)\n${exceptions.join('\n')}\n`,
  );
});
