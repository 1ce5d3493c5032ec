/** Every recorded chat completion: read, written again, cut, spliced and damaged. */
import { afterAll, expect, test } from 'vitest';
import type { AnswerEvent } from '../../proxy/core/answer.ts';
import type { Usage } from '../../proxy/core/usage.ts';
import { Warnings } from '../../proxy/core/warnings.ts';
import { embeddings } from '../../proxy/protocols/embeddings/codec.ts';
import { legacyCompletions } from '../../proxy/protocols/legacy-completions/codec.ts';
import { clientSide } from '../../proxy/protocols/openai-chat/client-side.ts';
import { providerSide } from '../../proxy/protocols/openai-chat/provider-side.ts';
import type { EncodeFacts, Quirks } from '../../proxy/protocols/translation.ts';
import { type Recording, recordedSuite, recordings } from '../support/recordings.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { checkCompletion, checkStream } from './openai-chat/emission.ts';
import { foldChoice, foldEvents } from './openai-chat/fold.ts';
import { DAMAGES } from './openai-chat/mutate.ts';
import { bucketsOf, eventsOf, type Reading, readPlain, readStream } from './openai-chat/reading.ts';
import { canonical } from './openai-chat/same-request.ts';

const ALL = recordings(({ api }) => api === 'chat.completions');
const isEventStream = ({ responseBody }: Recording) => /^(?:data|event|:)/m.test(responseBody.toString('latin1'));
const STREAMS = ALL.filter((recording) => isEventStream(recording));
const isError = ({ responseBody }: Recording) => readPlain(responseBody).choices.size === 0;
const PLAIN = ALL.filter((recording) => !isEventStream(recording) && !isError(recording));
const ERRORS = ALL.filter((recording) => !isEventStream(recording) && isError(recording));
const FAILED_STREAMS: ReadonlySet<string> = new Set([
  'groq-chat-stream-tool-use-failed-error-streaming-7e7f23',
  'openrouter-chat-stream-meta-llama-llama-3-3-70b-instruct-free-object-streaming-ae4009',
  'openrouter-chat-stream-stream-error-19d174',
]);
const WHOLE_STREAMS = STREAMS.filter(({ id }) => !FAILED_STREAMS.has(id));
const REQUESTS = ALL.filter(({ requestBody }) => {
  const body = requestBody as { model?: unknown; messages?: unknown } | undefined | null;
  return typeof body?.model === 'string' && Array.isArray(body.messages);
});

const passed = new Map<string, Map<string, number>>();
const named = (list: readonly Recording[]) => list.map((recording) => [recording.id, recording] as const);

function pass(feature: string, { provider }: Recording): void {
  const row = passed.get(feature) ?? new Map<string, number>();
  row.set(provider, (row.get(provider) ?? 0) + 1);
  passed.set(feature, row);
}

const FACTS: EncodeFacts = {
  model: 'asked/model',
  call: { model: 'asked/model', stream: true, messages: [], tools: [] },
  createdAt: 1_700_000_000,
  newId: (prefix) => `${prefix}new`,
  wantsUsage: true,
};

function decode(pieces: readonly Buffer[]) {
  const decoder = providerSide.decodeStream();
  const events = pieces.flatMap((piece) => decoder.push(piece));
  const end = decoder.end();
  return { ...end, events: [...events, ...end.events] };
}

function encode(events: readonly AnswerEvent[], facts = FACTS): Buffer {
  const encoder = clientSide.encodeStream(facts);
  return Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]);
}

const cut = (body: Buffer, at: number) => [body.subarray(0, at), body.subarray(at)];
const crumbs = (body: Buffer, size: number) =>
  Array.from({ length: Math.ceil(body.length / size) }, (_, place) => body.subarray(place * size, place * size + size));

/** The end of an answer is told by what clients do with it, and a citation without a place gets the place of its text. */
const comparable = (choice: ReturnType<typeof foldChoice>) => ({
  ...choice,
  finish: choice.finish !== undefined,
  citations: choice.citations.map(({ url, text, raw }) => ({ url, text, raw })),
});

type Said = Pick<ReturnType<typeof foldChoice>, 'text' | 'reasoning' | 'refusal' | 'calls' | 'finish'>;

function expectSame(choices: ReadonlyMap<number, Said>, reading: Reading, recording: Recording): void {
  expect([...choices.keys()].sort()).toEqual([...reading.choices.keys()].sort());
  for (const [index, said] of reading.choices) {
    const choice = choices.get(index);
    expect(choice?.text).toBe(said.text);
    expect(choice?.reasoning).toBe(said.reasoning);
    expect(choice?.refusal).toBe(said.refusal);
    expect(choice?.calls.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual(said.calls);
    expect(choice?.finish?.raw).toBe(said.finish);
    pass('text and finish reason', recording);
    if (said.calls.length > 0) pass('tool calls', recording);
    if (said.reasoning !== '') pass('reasoning', recording);
  }
}

recordedSuite('recorded answers', () => {
  test('there are enough of them', () => {
    expect([PLAIN.length > 55, STREAMS.length > 45, ERRORS.length > 20, REQUESTS.length > 100]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test.each(named(PLAIN))('%s', (_id, recording) => {
    const answer = providerSide.decodeAnswer(recording.responseBody);
    const reading = readPlain(recording.responseBody);
    expectSame(new Map(answer.choices.map((choice) => [choice.index, foldChoice(choice)])), reading, recording);
    if (reading.usage !== undefined) {
      expect(answer.usage).toEqual({ ...bucketsOf(reading.usage), ...searchesOf(recording) });
      pass('usage', recording);
    }
    const written = clientSide.encodeAnswer(answer, FACTS);
    checkCompletion(written);
    const again = providerSide.decodeAnswer(written);
    expect(again.choices.map((choice) => comparable(foldChoice(choice)))).toEqual(
      answer.choices.map((choice) => comparable(foldChoice(choice))),
    );
    expect(tokensOf(again.usage)).toEqual(tokensOf(answer.usage));
    pass('written and read again', recording);
  });

  test.each(named(ERRORS))('%s is an error', (_id, recording) => {
    const error = providerSide.decodeError(recording.status, recording.responseBody, {});
    expect(error?.message.length).toBeGreaterThan(5);
    if (recording.status >= 400) expect(error?.status).toBe(recording.status);
    expect(() => providerSide.decodeAnswer(recording.responseBody)).toThrow(/not a chat completion/);
    pass('errors', recording);
  });

  test.each(named(PLAIN))('%s is no error', (_id, recording) => {
    expect(providerSide.decodeError(200, recording.responseBody, {})).toBeUndefined();
  });
});

/** Groq's compound models search by themselves, once in each recording, and tell it beside the text. */
function searchesOf({ id }: Recording): Usage {
  return /^groq-chat-(?:stream-)?model-web-search-tool/.test(id) ? { webSearches: 1 } : {};
}

/** What the protocol has fields for: how many searches a provider made is no part of it. */
function tokensOf(usage: Usage | undefined): Usage | undefined {
  if (usage === undefined) return undefined;
  const { webSearches: _searches, otherToolUses: _uses, ...tokens } = usage;
  return tokens;
}

recordedSuite('recorded streams', () => {
  test.each(named(STREAMS))('%s', (id, recording) => {
    const { events, complete, usage } = decode([recording.responseBody]);
    const folded = foldEvents(events);
    const reading = readStream(recording.responseBody);
    expect({ complete, failed: folded.failed }).toEqual({
      complete: !FAILED_STREAMS.has(id),
      failed: FAILED_STREAMS.has(id),
    });
    if (reading.usage !== undefined) {
      expect(usage).toEqual({ ...bucketsOf(reading.usage), ...searchesOf(recording) });
      expect(folded.usage ?? usage).toEqual(usage);
      pass('usage', recording);
    }
    if (folded.failed) {
      pass('errors', recording);
      return;
    }
    expectSame(folded.choices, reading, recording);
    for (const wantsUsage of [true, false]) checkStream(encode(events, { ...FACTS, wantsUsage }), { wantsUsage });
    const again = foldEvents(decode([encode(events)]).events);
    expect([...again.choices].map(([index, choice]) => [index, comparable(choice)])).toEqual(
      [...folded.choices].map(([index, choice]) => [index, comparable(choice)]),
    );
    expect(tokensOf(again.usage)).toEqual(tokensOf(folded.usage));
    pass('written and read again', recording);
  });

  test.each(named(STREAMS))('%s, split anywhere', (_id, recording) => {
    const body = recording.responseBody;
    const whole = decode([body]);
    const step = body.length <= 20_000 ? Math.max(1, Math.floor(body.length / 400)) : Math.floor(body.length / 60);
    for (let at = 1; at < body.length; at += step) expect(decode(cut(body, at))).toEqual(whole);
    for (const size of body.length <= 20_000 ? [1, 7] : [61]) expect(decode(crumbs(body, size))).toEqual(whole);
    pass('split anywhere', recording);
  });

  test('the short ones at every byte', () => {
    for (const { responseBody } of STREAMS.filter(({ responseBody: body }) => body.length <= 3_000)) {
      const whole = decode([responseBody]);
      for (let at = 1; at < responseBody.length; at += 1) expect(decode(cut(responseBody, at))).toEqual(whole);
    }
  });

  test.each(named(WHOLE_STREAMS))('%s, cut off', (_id, recording) => {
    const body = recording.responseBody;
    const finishAt = Math.min(
      ...[...body.toString('latin1').matchAll(/"finish_reason"\s*:\s*"/g)].map(({ index }) => index),
    );
    for (let at = 0; at <= finishAt; at += Math.max(1, Math.floor(finishAt / 150))) {
      const { complete, problem, events } = decode([body.subarray(0, at)]);
      expect({ complete, problem }).toEqual({ complete: false, problem: 'cut' });
      expect(events.some(({ type }) => type === 'finish')).toBe(false);
    }
    pass('cut off', recording);
  });

  test('10,000 damaged streams: never a crash, never a clean end with content unnoticed', () => {
    const random = seededRandom(20_261_120);
    const short = WHOLE_STREAMS.filter(({ responseBody }) => responseBody.length < 40_000);
    let whole = 0;
    for (let run = 0; run < 10_000; run += 1) {
      const damage = DAMAGES[run % DAMAGES.length];
      const [a, b] = [0, 0].map(() => short[Math.floor(random() * short.length)]?.responseBody ?? Buffer.alloc(0));
      if (damage === undefined || a === undefined || b === undefined) continue;
      const body = damage.apply(a, b, random);
      const { complete, events } = decode(crumbs(body, 1_000));
      const reading = readStream(body);
      if (reading.failed || reading.malformed) expect(complete).toBe(false);
      if (!complete) {
        expect(events.some(({ type }) => type === 'finish')).toBe(false);
        continue;
      }
      whole += 1;
      const { choices } = foldEvents(events);
      for (const [index, said] of reading.choices) {
        expect(choices.get(index)?.text).toBe(said.text);
        expect(choices.get(index)?.reasoning).toBe(said.reasoning);
        expect(choices.get(index)?.finish?.raw).toBe(said.finish);
        expect(argumentsIn(events, index)).toBe(said.arguments);
      }
    }
    expect(whole).toBeGreaterThan(1_000);
  });
});

function argumentsIn(events: readonly AnswerEvent[], choice: number): string {
  return events
    .flatMap((event) => (event.type === 'arguments' && event.choice === choice ? [event.json] : []))
    .join('');
}

/** As the providers are set up, for what the requests hold. */
const QUIRKS: Readonly<Record<string, Quirks>> = {
  openai: { customTools: true, allowedTools: true, openAiFields: true, cacheMarks: 'prompt_cache_breakpoint' },
  groq: { reasoningField: 'reasoning' },
  xai: { reasoningField: 'reasoning_content' },
  mistral: {
    randomSeed: true,
    requiredIsAny: true,
    reasoningField: 'parts',
    files: 'document_url',
    maxTokensField: 'max_tokens',
  },
  openrouter: {
    reasoningDetails: true,
    reasoningWish: 'reasoning-object',
    cacheMarks: 'cache_control',
    topK: true,
    files: 'url-in-file-data',
  },
  together: { topK: true },
};

/** Requests that come out in other words, with the reason. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  'openai-chat-functions-with-events-with-content-b1e849': '`functions` of 2023 go out as tools, one call at a time',
  'xai-chat-grok-3-mini-fast-tool-round-trip-1-49dd5b': "Anthropic's way to name the tool becomes this protocol's",
  'xai-chat-stream-grok-4-fast-non-reasoning-object-streaming-c1442b': 'parallel_tool_calls says nothing without tools',
};

recordedSuite('recorded requests', () => {
  test.each(named(REQUESTS))('%s', (id, recording) => {
    const call = clientSide.decodeRequest(Buffer.from(JSON.stringify(recording.requestBody)), {});
    const warnings = new Warnings();
    const { body } = providerSide.encodeRequest(
      call,
      { model: call.model, quirks: QUIRKS[recording.provider] ?? {} },
      warnings,
    );
    const again = canonical(JSON.parse(body.toString('utf8')));
    if (OTHER_WORDS[id] === undefined) expect(again).toEqual(canonical(recording.requestBody));
    else expect(again).not.toEqual(canonical(recording.requestBody));
    expect(warnings.list()).toEqual([]);
    pass('requests', recording);
  });
});

recordedSuite('recorded completions of before chat, and embeddings', () => {
  const completions = recordings(({ api }) => api === 'completions');
  const vectors = recordings(
    ({ api, provider }) => api === 'embeddings' && provider !== 'google' && provider !== 'cohere',
  );

  test.each(named(completions.filter(isEventStream)))('%s', (_id, recording) => {
    const observer = legacyCompletions.observeStream({ hideUsage: false });
    const { forward, committed } = observer.push(recording.responseBody);
    const { forward: rest, summary } = observer.end();
    const chunks = eventsOf(recording.responseBody).flatMap(({ data }) =>
      data === '[DONE]' ? [] : [JSON.parse(data)],
    );
    const usage = chunks.map((chunk) => chunk.usage).findLast((reported) => reported);
    expect(Buffer.concat([forward ?? Buffer.alloc(0), rest ?? Buffer.alloc(0)]).equals(recording.responseBody)).toBe(
      true,
    );
    expect({ committed, complete: summary.complete, model: summary.model }).toEqual({
      committed: true,
      complete: true,
      model: chunks[0].model,
    });
    expect(summary.usage).toEqual(usage === undefined ? undefined : { ...bucketsOf(usage), ...searchesOf(recording) });
    expect(summary.outputTokensEstimate).toBeGreaterThan(5);
    pass('completions', recording);
  });

  test.each(named([...completions.filter((recording) => !isEventStream(recording)), ...vectors]))(
    '%s',
    (_id, recording) => {
      const isVector = recording.api === 'embeddings';
      const codec = isVector ? embeddings : legacyCompletions;
      const observed = codec.inspectResult(recording.responseBody);
      const answer = JSON.parse(recording.responseBody.toString('utf8'));
      expect(observed.error === undefined).toBe(recording.status === 200);
      expect(observed.malformed).toBeUndefined();
      if (recording.status === 200) {
        expect(observed.usage).toEqual({ ...(isVector ? { outputTokens: 0 } : {}), ...bucketsOf(answer.usage) });
        expect(observed.model).toBe(answer.model);
        const request = codec.inspectRequest(Buffer.from(JSON.stringify(recording.requestBody)));
        expect(request.facts.inputTokensMax).toBeGreaterThanOrEqual(answer.usage.prompt_tokens);
      }
      pass(isVector ? 'embeddings' : 'completions', recording);
    },
  );
});

afterAll(() => {
  const providers = [...new Set([...passed.values()].flatMap((row) => [...row.keys()]))].sort();
  const rows = [...passed].map(([feature, row]) => ({
    feature,
    ...Object.fromEntries(providers.map((provider) => [provider, row.get(provider) ?? 0])),
    all: [...row.values()].reduce((sum, count) => sum + count, 0),
  }));
  console.table(rows);
});
