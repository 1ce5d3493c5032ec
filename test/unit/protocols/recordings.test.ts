/** What real providers sent, read once more by the plainest possible reader and compared with what the codec says. */
import { expect, test } from 'vitest';
import type { Usage } from '../../../proxy/core/usage.ts';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';
import { type Recording, recordedSuite, recordings } from '../../support/recordings.ts';

const CHAT = recordings(({ api }) => api === 'chat.completions');
const isEventStream = ({ responseBody }: Recording) => /^(?:data|event|:)/m.test(responseBody.toString('latin1'));
const STREAMS = CHAT.filter((recording) => recording.status === 200 && isEventStream(recording));
const PLAIN = CHAT.filter((recording) => !isEventStream(recording));

const named = (list: readonly Recording[]) => list.map((recording) => [recording.id, recording] as const);

interface Chunk {
  readonly model?: string;
  readonly error?: unknown;
  readonly usage?: Record<string, unknown> | null;
  readonly x_groq?: { readonly usage?: Record<string, unknown> };
  readonly choices?: readonly {
    readonly index?: number;
    readonly finish_reason?: string | null;
    readonly delta?: Record<string, unknown>;
  }[];
}

/** Blank-line separated events of a stream whose lines end in LF, with their exact text. */
function eventsOf({
  responseBody,
}: Recording): { text: string; event: string | undefined; chunk: Chunk | undefined; done: boolean }[] {
  const text = responseBody.toString('utf8');
  return (text.match(/[\s\S]*?(?:\n\n|$)/g) ?? [])
    .filter((frame) => frame !== '')
    .map((frame) => {
      const data = [...frame.matchAll(/^data: ?(.*)$/gm)].map((line) => line[1]).join('\n');
      const done = data.trim() === '[DONE]';
      return {
        text: frame,
        event: /^event: ?(.*)$/m.exec(frame)?.[1],
        chunk: data === '' || done ? undefined : (JSON.parse(data) as Chunk),
        done,
      };
    });
}

function hasContent(chunk: Chunk | undefined): boolean {
  return (chunk?.choices ?? []).some(({ delta = {} }) =>
    Object.entries(delta).some(
      ([key, value]) =>
        key !== 'role' && key !== 'channel' && value !== null && value !== '' && JSON.stringify(value) !== '[]',
    ),
  );
}

/** Sum of all buckets, as the provider's own total tells it. */
function totalOf(usage: Record<string, unknown> | null | undefined): number | undefined {
  const total = usage?.total_tokens;
  return typeof total === 'number' ? total : undefined;
}

function observe(recording: Recording, hideUsage: boolean, pieces: readonly Buffer[] = [recording.responseBody]) {
  const observer = openAiChat.observeStream({ hideUsage });
  const steps = pieces.map((piece) => observer.push(piece));
  const { forward, summary } = observer.end();
  const forwarded = Buffer.concat([
    ...steps.flatMap((step) => step.forward ?? []),
    ...(forward === undefined ? [] : [forward]),
  ]);
  return { steps, summary, forwarded };
}

/** The other counts are parts of these, or no tokens at all. */
const BUCKETS = [
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
  'outputTokens',
  'reasoningTokens',
] as const;

function expectUsage(usage: Usage | undefined, reported: Record<string, unknown> | null | undefined): void {
  const total = totalOf(reported);
  if (total === undefined) return;
  const sum = BUCKETS.reduce((all, bucket) => all + (usage?.[bucket] ?? 0), 0);
  // Gemini counts thoughts in the total and in nothing else.
  if (Number(reported?.prompt_tokens) + Number(reported?.completion_tokens) <= total)
    expect(sum).toBeLessThanOrEqual(total);
  expect(sum).toBeGreaterThanOrEqual(Number(reported?.prompt_tokens) + Number(reported?.completion_tokens));
}

recordedSuite('recorded streams', () => {
  test('there are enough of them', () => {
    expect(STREAMS.length).toBeGreaterThan(45);
  });

  test.each(named(STREAMS))('%s', (_id, recording) => {
    const events = eventsOf(recording);
    const failed = events.findIndex(({ chunk, event }) => event === 'error' || (chunk?.error ?? null) !== null);
    const usage = events
      .map(({ chunk }) => chunk?.usage ?? chunk?.x_groq?.usage)
      .findLast((reported) => reported !== undefined && reported !== null);
    const finishes = events
      .flatMap(({ chunk }) => chunk?.choices ?? [])
      .flatMap((choice) => choice.finish_reason ?? []);
    const { steps, summary, forwarded } = observe(recording, true);

    expectUsage(summary.usage, usage);
    expect(summary.usage === undefined).toBe(usage === undefined);
    expect(summary.model).toBe(events.find(({ chunk }) => chunk?.model)?.chunk?.model);
    expect(summary.finishReason?.raw).toBe(finishes[0]);
    expect(steps[0]?.committed).toBe(events.some(({ chunk }) => hasContent(chunk)));
    expect(summary.error === undefined).toBe(failed < 0);
    expect(summary.complete).toBe(failed < 0);

    const heard = failed < 0 ? events : events.slice(0, failed + 1);
    const visible = heard.filter(({ chunk, event }) => {
      const usageOnly =
        chunk?.choices?.length === 0 &&
        (chunk.usage ?? chunk.x_groq?.usage) &&
        chunk.error === undefined &&
        event !== 'error';
      return !usageOnly;
    });
    expect(forwarded.toString()).toBe(visible.map(({ text }) => text).join(''));
    if (failed < 0) expect(observe(recording, false).forwarded.equals(recording.responseBody)).toBe(true);
  });

  test.each(named(STREAMS))('%s, cut in two anywhere', (_id, recording) => {
    const body = recording.responseBody;
    const whole = observe(recording, true);
    // Every position of the short ones; of the long ones some hundred, and the neighbourhood of every blank line's end.
    const every = Math.max(1, Math.floor(body.length / 150));
    for (let at = 1; at < body.length; at += every) {
      const cut = observe(recording, true, [body.subarray(0, at), body.subarray(at)]);
      expect(cut.forwarded.equals(whole.forwarded)).toBe(true);
      expect(cut.summary).toEqual(whole.summary);
    }
    const crumbs = Array.from({ length: Math.ceil(body.length / 7) }, (_, place) =>
      body.subarray(place * 7, place * 7 + 7),
    );
    const crumbled = observe(recording, true, crumbs);
    expect(crumbled.forwarded.equals(whole.forwarded)).toBe(true);
    expect(crumbled.summary).toEqual(whole.summary);
  });

  test.each(named(STREAMS))('%s, ended early, spliced and doubled', (_id, recording) => {
    const events = eventsOf(recording);
    const finishAt = events.findIndex(({ chunk }) => (chunk?.choices ?? []).some((choice) => choice.finish_reason));
    for (let length = 0; length <= finishAt; length += 1) {
      const body = Buffer.from(
        events
          .slice(0, length)
          .map(({ text }) => text)
          .join(''),
      );
      const { summary, forwarded } = observe({ ...recording, responseBody: body }, false);
      const error = summary.error !== undefined;
      if (!error) expect(summary).toMatchObject({ complete: false, problem: 'cut' });
      expect(body.subarray(0, forwarded.length).equals(forwarded)).toBe(true);
    }
    const whole = observe(recording, false);
    const twice = observe(
      { ...recording, responseBody: Buffer.concat([recording.responseBody, recording.responseBody]) },
      false,
    );
    if (whole.summary.terminated && whole.summary.error === undefined)
      expect(twice.forwarded.equals(whole.forwarded)).toBe(true);
    const half = recording.responseBody.subarray(0, Math.floor(recording.responseBody.length / 2));
    const spliced = observe({ ...recording, responseBody: Buffer.concat([half, recording.responseBody]) }, false);
    // Whatever happens, only whole frames go out.
    expect(spliced.forwarded.length === 0 || spliced.forwarded.toString().endsWith('\n\n')).toBe(true);
  });
});

recordedSuite('recorded answers', () => {
  test.each(named(PLAIN))('%s', (_id, recording) => {
    const body = JSON.parse(recording.responseBody.toString()) as Chunk & Record<string, unknown>;
    const observed = openAiChat.inspectResult(recording.responseBody);
    expect(observed.malformed).toBe(undefined);
    expect(observed.finishReason?.raw).toBe(body.choices?.[0]?.finish_reason ?? undefined);
    expect(observed.error !== undefined).toBe(body.choices === undefined);
    expectUsage(observed.usage, body.usage);
    // Padded beyond the size from which only the needed members are read, it says the same.
    const padded = Buffer.concat([recording.responseBody, Buffer.alloc(10_000, ' ')]);
    expect({ ...openAiChat.inspectResult(padded), outputTokensEstimate: 0 }).toEqual({
      ...observed,
      outputTokensEstimate: 0,
    });
  });
});

recordedSuite('recorded requests', () => {
  const WITH_BODY = CHAT.filter(({ requestBody }) => {
    const body = requestBody as { model?: unknown; messages?: unknown[] } | null | undefined;
    return typeof body?.model === 'string' && (body.messages?.length ?? 0) > 0;
  });

  test('there are enough of them', () => {
    expect(WITH_BODY.length).toBeGreaterThan(100);
  });

  test.each(named(WITH_BODY))('%s passes as it is, and takes edits without loss', (_id, recording) => {
    const written = JSON.stringify(recording.requestBody, null, 1);
    const body = Buffer.from(written);
    const request = openAiChat.inspectRequest(body);
    const original = recording.requestBody as { model: string; stream?: boolean; stream_options?: object };
    expect(request.facts.model).toBe(original.model);
    expect(request.facts.stream).toBe(original.stream === true);
    expect(request.edit({})).toBe(body);
    const edited = JSON.parse(request.edit({ model: 'other/model', includeUsage: true }).toString());
    const options =
      original.stream === true ? { stream_options: { ...original.stream_options, include_usage: true } } : {};
    expect(edited).toEqual({ ...original, ...options, model: 'other/model' });
  });
});
