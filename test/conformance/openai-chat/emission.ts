/** What OpenAI's description requires of an answer and of a stream, and what real clients insist on beyond it. */
import { expect } from 'vitest';
import { eventsOf } from './reading.ts';

type Json = Record<string, unknown>;

const FINISHES = ['stop', 'length', 'tool_calls', 'content_filter', 'function_call', 'error', 'other'];

export function checkCompletion(body: Buffer): void {
  const answer = JSON.parse(body.toString('utf8')) as Json;
  expect(answer).toMatchObject({
    id: expect.stringMatching(/./),
    object: 'chat.completion',
    created: expect.any(Number),
    model: expect.stringMatching(/./),
    choices: expect.any(Array),
  });
  for (const choice of answer.choices as Json[]) {
    expect(choice).toMatchObject({ index: expect.any(Number), message: expect.any(Object) });
    expect(Object.keys(choice)).toContain('logprobs');
    expect(FINISHES).toContain(choice.finish_reason);
    const message = choice.message as Json;
    expect(message.role).toBe('assistant');
    expect(message.content === null || typeof message.content === 'string').toBe(true);
    expect(message.refusal === null || typeof message.refusal === 'string').toBe(true);
    checkAnnotations(message);
    const calls = message.tool_calls as Json[] | undefined;
    if (calls !== undefined) expect(calls.length).toBeGreaterThan(0);
    for (const call of calls ?? []) {
      expect(call).toMatchObject({
        id: expect.stringMatching(/./),
        type: 'function',
        function: { name: expect.any(String) },
      });
      expect(() => JSON.parse(String((call.function as Json).arguments))).not.toThrow();
    }
  }
  checkUsage(answer.usage);
}

function checkAnnotations({ annotations }: Json): void {
  if (annotations === undefined) return;
  expect(annotations).not.toEqual([]);
  for (const annotation of annotations as Json[]) {
    if (annotation.type === 'file') continue;
    expect(annotation).toMatchObject({
      type: 'url_citation',
      url_citation: {
        url: expect.any(String),
        title: expect.any(String),
        start_index: expect.any(Number),
        end_index: expect.any(Number),
      },
    });
  }
}

function checkUsage(usage: unknown): void {
  if (usage === undefined) return;
  const { prompt_tokens, completion_tokens, total_tokens } = usage as Json;
  expect(total_tokens).toBe(Number(prompt_tokens) + Number(completion_tokens));
}

/** One per choice: nothing comes out of turn. */
interface ChoiceState {
  begun: boolean;
  finished: boolean;
  readonly calls: Set<number>;
}

export function checkStream(body: Buffer, options: { wantsUsage: boolean }): void {
  const source = body.toString('utf8');
  expect(source).not.toMatch(/^:/m);
  expect(source.endsWith('data: [DONE]\n\n')).toBe(true);
  const chunks = eventsOf(body)
    .slice(0, -1)
    .map(({ data }) => JSON.parse(data) as Json);
  const states = new Map<number, ChoiceState>();
  chunks.forEach((chunk, place) => {
    expect(chunk).toMatchObject({
      id: (chunks[0] as Json).id,
      object: 'chat.completion.chunk',
      created: expect.any(Number),
      model: expect.stringMatching(/./),
      choices: expect.any(Array),
    });
    const choices = chunk.choices as Json[];
    if (choices.length === 0) {
      expect(options.wantsUsage && place === chunks.length - 1).toBe(true);
      checkUsage(chunk.usage);
    }
    for (const choice of choices) checkDelta(choice, states);
  });
  for (const state of states.values()) expect(state.finished).toBe(true);
}

function checkDelta(choice: Json, states: Map<number, ChoiceState>): void {
  const index = choice.index as number;
  const state = states.get(index) ?? { begun: false, finished: false, calls: new Set<number>() };
  states.set(index, state);
  const delta = choice.delta as Json;
  expect(state.finished).toBe(false);
  expect(delta.role).toBe(state.begun ? undefined : 'assistant');
  state.begun = true;
  if (choice.finish_reason !== null) {
    expect(FINISHES).toContain(choice.finish_reason);
    expect(delta).toEqual({});
    state.finished = true;
  }
  checkAnnotations(delta);
  for (const call of (delta.tool_calls ?? []) as Json[]) {
    const place = call.index as number;
    expect(place).toBeLessThanOrEqual(state.calls.size);
    const body = call.function as Json;
    expect(body).toMatchObject({ arguments: expect.any(String) });
    const first = !state.calls.has(place);
    expect([call.id !== undefined, call.type !== undefined, body.name !== undefined]).toEqual([first, first, first]);
    state.calls.add(place);
  }
}
