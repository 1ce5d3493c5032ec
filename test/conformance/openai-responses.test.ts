/** Every recorded exchange of the Responses API: read, written again, cut, spliced and mutated. */
import OpenAI from 'openai';
import { afterAll, expect, test } from 'vitest';
import type { Answer, AnswerEvent } from '../../proxy/core/answer.ts';
import { Warnings } from '../../proxy/core/warnings.ts';
import { clientSide } from '../../proxy/protocols/openai-responses/client-side.ts';
import { openAiResponses } from '../../proxy/protocols/openai-responses/codec.ts';
import { providerSide } from '../../proxy/protocols/openai-responses/provider-side.ts';
import type { EncodeFacts } from '../../proxy/protocols/translation.ts';
import { type Recording, recordedSuite, recordings } from '../support/recordings.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { DAMAGES } from './openai-chat/mutate.ts';
import { checkResponse, checkStream } from './openai-responses/emission.ts';
import { fold, readAnswer } from './openai-responses/fold.ts';
import { dataOf, type Json, readResponse, readStream } from './openai-responses/reading.ts';
import { canonical } from './openai-responses/same-request.ts';

const ALL = recordings(({ api }) => api === 'responses');
const ERRORS = ALL.filter(({ status }) => status >= 400);
const PLAIN = ALL.filter(({ status, stream }) => status === 200 && !stream);
const STREAMS = ALL.filter(({ status, stream }) => status === 200 && stream);
const REQUESTS = ALL.filter(({ requestBody }) => requestBody !== undefined && requestBody !== null);

/** A stream that the provider itself ended with an error. */
const FAILED = 'openai-responses-stream-error-1-ce62fa';
const WHOLE_STREAMS = STREAMS.filter(({ id }) => id !== FAILED);
const MUTATIONS = 10_000;
const SAMPLED_FROM_BYTES = 20_000;

const passed = new Map<string, Map<string, number>>();
const named = (list: readonly Recording[]) => list.map((recording) => [recording.id, recording] as const);

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

function factsOf(answer?: Answer): EncodeFacts {
  let count = 0;
  return {
    model: answer?.model ?? 'gpt',
    call: { model: 'gpt', stream: true, messages: [], tools: [] },
    createdAt: 1_700_000_000,
    newId: (prefix) => {
      count += 1;
      return `${prefix}${count}`;
    },
    wantsUsage: true,
  };
}

function sendStream(events: readonly AnswerEvent[]): Buffer {
  const encoder = clientSide.encodeStream(factsOf());
  return Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]);
}

/** What a client sees of an answer: ids of thinking and of the response are made anew where they were not in this form. */
function content(answer: Answer) {
  const { finish, usage, ...rest } = readAnswer(answer);
  return { ...rest, finish, usage, model: answer.model, logprobs: answer.choices[0]?.logprobs };
}

recordedSuite('recorded responses', () => {
  test('there are enough of them', () => {
    expect([ALL.length, ERRORS.length, PLAIN.length, WHOLE_STREAMS.length, REQUESTS.length]).toEqual([19, 4, 6, 8, 16]);
  });

  test.each(named(ERRORS))('error %s', (_id, recording) => {
    const raw = JSON.parse(recording.responseBody.toString()) as Json;
    const inner = (typeof raw.error === 'object' ? raw.error : { message: raw.error, code: raw.code }) as Json;
    const error = providerSide.decodeError(recording.status, recording.responseBody, {});
    expect(error).toEqual({
      status: recording.status,
      message: inner.message,
      ...(inner.type ? { type: inner.type } : {}),
      ...(inner.code ? { code: inner.code } : {}),
    });
    expect(openAiResponses.inspectResult(recording.responseBody).error).toMatchObject({ message: inner.message });
    if (error === undefined) return;
    const sent = JSON.parse(clientSide.encodeProviderError(error, 'req_1').toString()) as { error: Json };
    expect(sent.error).toMatchObject({ message: inner.message, code: inner.code ?? null, param: null });
    pass('errors', recording);
  });

  test.each(named(PLAIN))('answer %s', (_id, recording) => {
    const raw = JSON.parse(recording.responseBody.toString()) as Json;
    expect(providerSide.decodeError(200, recording.responseBody, {})).toBeUndefined();
    const answer = providerSide.decodeAnswer(recording.responseBody);
    expect([answer.id, answer.model, answer.created]).toEqual([raw.id, raw.model, raw.created_at]);
    expect(readAnswer(answer)).toEqual(readResponse(raw));
    const seen = openAiResponses.inspectResult(recording.responseBody);
    expect([seen.model, seen.usage, seen.finishReason]).toEqual([
      raw.model,
      answer.usage,
      answer.choices[0]?.finishReason,
    ]);
    pass('answers read', recording);
  });

  test.each(named(PLAIN))('answer %s, written and read again', (_id, recording) => {
    const answer = providerSide.decodeAnswer(recording.responseBody);
    const sent = clientSide.encodeAnswer(answer, factsOf(answer));
    checkResponse(JSON.parse(sent.toString()) as Json);
    const back = providerSide.decodeAnswer(sent);
    expect(back.choices).toEqual(answer.choices);
    expect(back.usage).toEqual(answer.usage);
    pass('answers written', recording);
  });

  test.each(named(WHOLE_STREAMS))('stream %s', (_id, recording) => {
    const { events, complete, usage } = decodeStream([recording.responseBody]);
    expect(complete).toBe(true);
    const { answer, error } = fold(events);
    const reading = readStream(recording.responseBody.toString());
    expect(error).toBeUndefined();
    expect(readAnswer(answer)).toEqual(reading);
    expect(usage).toEqual(reading.usage);
    pass('streams read', recording);
  });

  test.each(named(WHOLE_STREAMS))('stream %s, passed on', (_id, recording) => {
    const observer = openAiResponses.observeStream({ hideUsage: true });
    const { forward, committed } = observer.push(recording.responseBody);
    const end = observer.end();
    expect(
      Buffer.concat([forward ?? Buffer.alloc(0), end.forward ?? Buffer.alloc(0)]).equals(recording.responseBody),
    ).toBe(true);
    const reading = readStream(recording.responseBody.toString());
    expect(end.summary).toMatchObject({ complete: true, usage: reading.usage, finishReason: reading.finish });
    expect(committed).toBe(true);
    pass('streams passed on', recording);
  });

  test.each(named(WHOLE_STREAMS))('stream %s, written and read again', (_id, recording) => {
    const { events } = decodeStream([recording.responseBody]);
    const sent = sendStream(events);
    checkStream(dataOf(sent.toString()));
    const again = decodeStream([sent]);
    expect(again).toMatchObject({ complete: true });
    const { answer } = fold(events);
    const { answer: back } = fold(again.events);
    expect(back.choices).toEqual(answer.choices);
    expect(content(back)).toEqual(content(answer));
    pass('streams written', recording);
  });

  test.each(named(WHOLE_STREAMS))('stream %s, read by the SDK as we write it', async (_id, recording) => {
    const { events } = decodeStream([recording.responseBody]);
    const { answer } = fold(events);
    const headers = { 'content-type': 'text/event-stream' };
    const client = new OpenAI({
      apiKey: 'none',
      maxRetries: 0,
      fetch: async () => new Response(new Uint8Array(sendStream(events)), { headers }),
    });
    const helper = client.responses.stream({ model: 'gpt', input: 'x' });
    const final = await helper.finalResponse();
    const sent = readResponse(final as unknown as Json);
    const { encrypted: _encrypted, ...reading } = readAnswer(answer);
    expect(sent).toMatchObject({ ...reading, others: sent.others });
    pass('read by the SDK', recording);
  });

  test('the stream that failed says why, to Codex and to the SDK alike', async () => {
    const recording = STREAMS.find(({ id }) => id === FAILED);
    if (recording === undefined) throw new Error('the recording is gone');
    const { events, complete } = decodeStream([recording.responseBody]);
    expect(complete).toBe(false);
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'insufficient_quota' } });
    const observer = openAiResponses.observeStream({ hideUsage: false });
    const step = observer.push(recording.responseBody);
    expect(step).toMatchObject({ committed: false, error: { code: 'insufficient_quota' } });
    expect(step.forward?.equals(recording.responseBody)).toBe(true);
    const sent = clientSide.encodeStreamError({ message: 'Pay', code: 'insufficient_quota' }, 'req_1');
    expect(dataOf(sent.toString()).map(({ type }) => type)).toEqual(['error', 'response.failed']);
    const client = new OpenAI({
      apiKey: 'none',
      maxRetries: 0,
      fetch: async () => new Response(new Uint8Array(sent), { headers: { 'content-type': 'text/event-stream' } }),
    });
    await expect(client.responses.stream({ model: 'gpt', input: 'x' }).finalResponse()).rejects.toMatchObject({
      code: 'insufficient_quota',
    });
    pass('streams read', recording);
  });

  test.each(named(STREAMS))('stream %s, cut anywhere into pieces', (_id, recording) => {
    const body = recording.responseBody;
    const whole = decodeStream([body]);
    const bytes = Array.from({ length: body.length }, (_, at) => body.subarray(at, at + 1));
    expect(decodeStream(bytes)).toEqual(whole);
    const every = body.length < SAMPLED_FROM_BYTES ? 17 : Math.ceil(body.length / 60);
    for (let at = 1; at < body.length; at += every) {
      expect(decodeStream([body.subarray(0, at), body.subarray(at)])).toEqual(whole);
    }
    const crlf = Buffer.from(body.toString().replaceAll('\n', '\r\n'));
    expect(
      decodeStream(Array.from({ length: Math.ceil(crlf.length / 5) }, (_, at) => crlf.subarray(at * 5, at * 5 + 5))),
    ).toEqual(whole);
    pass('streams re-split', recording);
  });

  test.each(named(STREAMS))('stream %s, ended early', (_id, recording) => {
    const body = recording.responseBody;
    const last = Math.max(
      body.lastIndexOf('data: {"type":"response.completed"'),
      body.lastIndexOf('"response.completed"'),
      body.lastIndexOf('"response.incomplete"'),
    );
    const end = last < 0 ? body.length : body.indexOf('\n', last) - 1;
    const every = Math.max(1, Math.floor(end / 150));
    for (let at = 0; at <= end; at += at > end - 60 ? 1 : every) {
      const part = body.subarray(0, at);
      expect(decodeStream([part]).complete, `cut at ${at}`).toBe(false);
      const observer = openAiResponses.observeStream({ hideUsage: false });
      observer.push(part);
      expect(observer.end().summary.complete, `cut at ${at}`).toBe(false);
    }
    pass('streams cut short', recording);
  });
});

recordedSuite('recorded requests', () => {
  test.each(named(REQUESTS))('%s', (_id, recording) => {
    const body = Buffer.from(JSON.stringify(recording.requestBody));
    const raw = recording.requestBody as Json & { model: string };
    const { facts, edit } = openAiResponses.inspectRequest(body);
    expect(facts).toMatchObject({ model: raw.model, stream: raw.stream === true, choices: 1 });
    expect(facts.maxOutputTokens).toBe(raw.max_output_tokens);
    expect(edit({ model: raw.model })).toBe(body);
    const call = clientSide.decodeRequest(body, {});
    const warnings = new Warnings();
    const sent = providerSide.encodeRequest(call, { model: raw.model, quirks: {} }, warnings);
    expect(canonical(JSON.parse(sent.body.toString()) as Json)).toEqual(canonical(raw));
    expect(warnings.list()).toEqual([]);
    pass('requests', recording);
  });
});

recordedSuite('hostile streams', () => {
  test('two answers in one never end well', () => {
    for (const recording of WHOLE_STREAMS) {
      const frames = recording.responseBody.toString('latin1').split(/(?<=\n\n)/);
      for (let length = 1; length < frames.length - 1; length += 1) {
        const begun = frames.slice(0, length).join('');
        if (begun.includes('"response.completed"') || !begun.includes('response.created')) continue;
        for (const other of WHOLE_STREAMS) {
          if (other.id === recording.id) continue;
          const { complete } = decodeStream([Buffer.from(begun, 'latin1'), other.responseBody]);
          expect(complete, `${recording.id} spliced after ${length} with ${other.id}`).toBe(false);
        }
      }
    }
  });

  test(`${MUTATIONS} kinds of damage: never a crash, and what ends well says what was said`, () => {
    const random = seededRandom(20_261_120);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const originals = new Map(
      WHOLE_STREAMS.map((recording) => [recording.id, fold(decodeStream([recording.responseBody]).events).answer]),
    );
    const ends = { well: 0, badly: 0 };
    for (let count = 0; count < MUTATIONS; count += 1) {
      const recording = pick(WHOLE_STREAMS);
      const damage = DAMAGES[count % DAMAGES.length] ?? pick(DAMAGES);
      const broken = damage.apply(recording.responseBody, pick(WHOLE_STREAMS).responseBody, random);
      const { events, complete } = decodeStream([broken]);
      const { answer, error } = fold(events);
      const observer = openAiResponses.observeStream({ hideUsage: false });
      observer.push(broken);
      observer.end();
      ends[complete ? 'well' : 'badly'] += 1;
      if (!complete) continue;
      expect(error).toBeUndefined();
      const original = originals.get(recording.id);
      if (original === undefined) throw new Error('no original');
      // What a provider says once only cannot be compared: signatures, citations, its own tools, counts.
      const said = ({ texts, refusals, thinking, calls }: ReturnType<typeof readAnswer>) => ({
        texts,
        refusals,
        thinking,
        calls,
      });
      expect(said(readAnswer(answer)), `${recording.id}, ${damage.name}, round ${count}`).toEqual(
        said(readAnswer(original)),
      );
      expect(answer.choices[0]?.finishReason).toBeDefined();
    }
    expect(ends.badly).toBeGreaterThan(MUTATIONS / 4);
    expect(ends.well).toBeGreaterThan(0);
  });
});

afterAll(() => {
  const rows = [...passed].map(
    ([feature, row]) =>
      `  ${feature.padEnd(20)} ${[...row].map(([provider, count]) => `${provider} ${count}`).join('  ')}`,
  );
  process.stdout.write(`openai-responses: ${ALL.length} cases, no exceptions\n${rows.join('\n')}\n`);
});
