import { describe, expect, it } from 'vitest';
import { answerFigures, meritsOf } from '../../../../renderer/src/pages/playground/answer/answer-figures.ts';
import { callInput, NO_SETTINGS } from '../../../../renderer/src/pages/playground/state/call-settings.ts';
import {
  before,
  type Conversation,
  changeRun,
  onlyLane,
  type Question,
  type Step,
  withLane,
  withoutLane,
  withRun,
} from '../../../../renderer/src/pages/playground/state/conversation.ts';
import { messagesFor } from '../../../../renderer/src/pages/playground/state/message-history.ts';
import { newRun, type Run, type ToolCallText } from '../../../../renderer/src/pages/playground/state/run-state.ts';

const INPUT = { model: 'sim/echo', messages: [{ role: 'user' as const, content: 'hi' }] };
const ask = (text: string): Question => ({ text, images: [] });
const target = (model: string) => ({ model, mode: undefined });
const call = (id: string): ToolCallText => ({ index: 0, id, name: 'get', arguments: '{}' });

function step(run: Partial<Run>, results?: Step['results']): Step {
  return { run: { ...newRun(INPUT), phase: 'done', ...run }, results };
}

function talk(...answers: readonly (readonly Step[])[]): Conversation {
  return {
    lanes: [{ id: 1, target: target('a') }],
    turns: answers.map((steps, index) => ({
      id: 10 + index,
      question: ask(`q${index}`),
      answers: new Map([[1, steps]]),
    })),
  };
}

describe('the messages of a call', () => {
  const earlier = (...answers: readonly (readonly Step[])[]) => talk(...answers).turns;

  it('has the system text first and what was said, in order', () => {
    expect(messagesFor(1, earlier([step({ text: 'a0' })]), ask('now'), [], 'Be brief.')).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'q0' },
      { role: 'assistant', content: 'a0' },
      { role: 'user', content: 'now' },
    ]);
  });

  it('leaves out questions without an answer, and a system text of nothing', () => {
    expect(messagesFor(1, earlier([step({ phase: 'failed' })], []), ask('now'), [], ' \n')).toEqual([
      { role: 'user', content: 'now' },
    ]);
  });

  it('carries tools and their results, and leaves out a call that nobody answered', () => {
    const answered = [step({ toolCalls: [call('c1')] }, [{ callId: 'c1', content: '21' }]), step({ text: 'warm' })];
    const open = [step({ text: 'let me see', toolCalls: [call('c2')] })];
    expect(messagesFor(1, earlier(answered, open), ask('now'), [], '')).toEqual([
      { role: 'user', content: 'q0' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'get', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '21' },
      { role: 'assistant', content: 'warm' },
      { role: 'user', content: 'q1' },
      { role: 'assistant', content: 'let me see' },
      { role: 'user', content: 'now' },
    ]);
  });

  it('sends images with the text, and alone where there is no text', () => {
    const image = { id: 'i', name: 'dot.png', bytes: 1, dataUrl: 'data:image/png;base64,AA==' };
    const part = { type: 'image_url', image_url: { url: image.dataUrl } };
    expect(messagesFor(1, [], { text: 'see', images: [image] }, [], '')).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'see' }, part] },
    ]);
    expect(messagesFor(1, [], { text: '', images: [image] }, [], '')).toEqual([{ role: 'user', content: [part] }]);
  });
});

describe('lanes', () => {
  it('lets a new lane hear what the first one heard, but not what is still being said', () => {
    const before = talk([step({ text: 'a0' })], [step({ phase: 'running', text: 'a' })]);
    const after = withLane(before, { id: 2, target: target('b') });
    expect(after.turns.map(({ answers }) => answers.get(2)?.map(({ run }) => run.text))).toEqual([['a0'], []]);
  });

  it('has four at most and one at least', () => {
    let talked = talk();
    for (let id = 2; id < 9; id += 1) talked = withLane(talked, { id, target: target('b') });
    expect(talked.lanes.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    for (const { id } of talked.lanes) talked = withoutLane(talked, id);
    expect(talked.lanes).toHaveLength(1);
  });

  it('goes on with one alone, whose answers stay', () => {
    const two = withLane(talk([step({ text: 'a0' })]), { id: 2, target: target('b') });
    const one = onlyLane(two, 2);
    expect(one.lanes.map(({ id }) => id)).toEqual([2]);
    expect([...(one.turns[0]?.answers.keys() ?? [])]).toEqual([2]);
  });

  it('forgets what came after a question that is put another way', () => {
    expect(before(talk([], [], []), 11).turns.map(({ id }) => id)).toEqual([10]);
  });
});

describe('runs in their places', () => {
  const place = { turnId: 10, laneId: 1, step: 0 };

  it('puts a second try in the place of the first, and drops the steps that followed it', () => {
    const retried = withRun(talk([step({ text: 'old' }), step({ text: 'older' })]), place, INPUT);
    expect(retried.turns[0]?.answers.get(1)).toMatchObject([{ run: { phase: 'running', text: '' } }]);
  });

  it('is the same conversation when nothing changed, or the place is gone', () => {
    const talked = talk([step({})]);
    expect(changeRun(talked, place, (run) => run)).toBe(talked);
    expect(changeRun(talked, { ...place, turnId: 99 }, (run) => ({ ...run, text: 'x' }))).toBe(talked);
    expect(changeRun(talked, { ...place, step: 5 }, (run) => ({ ...run, text: 'x' }))).toBe(talked);
  });
});

describe('what goes into a call', () => {
  it('leaves out everything that is not set', () => {
    expect(
      callInput({ model: 'auto', mode: 'cheap' }, { ...NO_SETTINGS, parameters: { seed: undefined } }, []),
    ).toEqual({ model: 'auto', mode: 'cheap', messages: [] });
  });

  it('keeps canned results and a choice without tools to itself', () => {
    const tool = { name: 'get', parameters: {}, cannedResult: 'secret' };
    const settings = { ...NO_SETTINGS, tools: [tool], toolChoice: 'required' as const };
    expect(callInput(target('m'), settings, [])).toMatchObject({
      tools: [{ name: 'get', parameters: {} }],
      toolChoice: 'required',
    });
    expect(JSON.stringify(callInput(target('m'), settings, []))).not.toContain('secret');
    expect(callInput(target('m'), { ...settings, tools: [] }, [])).toEqual({ model: 'm', messages: [] });
  });
});

describe('who did best', () => {
  const done = (costNano: number, firstTokenMs: number, durationMs: number, outputTokens = 100): readonly Step[] => [
    step({
      finish: { type: 'finish', costNano, firstTokenMs, durationMs, usage: { inputTokens: 1, outputTokens } },
    }),
  ];

  it('names the best of each figure', () => {
    const merits = meritsOf(
      new Map([
        [1, done(5, 90, 400)],
        [2, done(9, 20, 220)],
      ]),
    );
    expect(merits).toEqual(
      new Map([
        [1, new Set(['cheapest'])],
        [2, new Set(['first', 'fastest', 'soonest'])],
      ]),
    );
  });

  it('names nobody where two are equal, or only one can be judged', () => {
    expect(
      meritsOf(
        new Map([
          [1, done(5, 1, 9)],
          [2, done(5, 1, 9)],
        ]),
      ).size,
    ).toBe(0);
    expect(meritsOf(new Map([[1, done(5, 1, 9)]])).size).toBe(0);
    expect(
      meritsOf(
        new Map([
          [1, done(5, 1, 9)],
          [2, [step({ phase: 'stopped' })]],
        ]),
      ).size,
    ).toBe(0);
  });

  it('tells an answer that was not charged from one whose cost nobody knows', () => {
    const end = (certainty?: 'unknown') =>
      answerFigures([
        step({ finish: { type: 'finish', durationMs: 3, ...(certainty === undefined ? {} : { certainty }) } }),
      ]);
    expect(end()).toMatchObject({ free: true, costNano: undefined });
    expect(end('unknown')).toMatchObject({ free: false, costNano: undefined });
    expect(answerFigures([step({ phase: 'stopped' })]).free).toBe(false);
  });

  it('adds up the steps of an answer, and knows no sum where a part is unknown', () => {
    const [one] = done(5, 10, 100);
    const [two] = done(7, 20, 200);
    if (one === undefined || two === undefined) throw new Error('two steps');
    expect(answerFigures([one, two])).toMatchObject({ costNano: 12, durationMs: 300, written: 200, firstTokenMs: 10 });
    expect(answerFigures([one, step({})]).costNano).toBeUndefined();
  });

  it('does not take an unknown cost for no cost', () => {
    const unknown = [step({ finish: { type: 'finish', durationMs: 3 } })];
    const merits = meritsOf(
      new Map([
        [1, done(5, 1, 9)],
        [2, unknown],
      ]),
    );
    expect(merits.get(1)).toBeUndefined();
    expect(merits.get(2)).toEqual(new Set(['soonest']));
  });
});
