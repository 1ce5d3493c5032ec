import { describe, expect, test } from 'vitest';
import { config, LOOP_GUARD_DEFAULT, type LoopGuardThresholds } from '../../../proxy/contract/config.ts';
import type { Call, Message } from '../../../proxy/core/call.ts';
import { createLoopGuard, loopDetected, loopThresholds } from '../../../proxy/limits/loop-guard.ts';
import { findToolCycle } from '../../../proxy/limits/tool-cycle.ts';

const SEED = Buffer.from('12345678');
const WATCH_ALL: LoopGuardThresholds = { windowSeconds: 60, identicalCalls: 3, toolCycles: 4, everyCall: true };

function start(thresholds: Partial<LoopGuardThresholds> = {}) {
  let nowMs = 0;
  const guard = createLoopGuard({ clock: { monotonicMs: () => nowMs }, seed: SEED });
  return {
    guard,
    check: (call: Call, subject = {}) => guard.check(subject, { ...WATCH_ALL, ...thresholds }, call),
    wait: (ms: number) => (nowMs += ms),
  };
}

function call(...messages: readonly Message[]): Call {
  return { model: 'm', stream: false, tools: [], messages };
}
const user = (text: string): Message => ({ role: 'user', parts: [{ kind: 'text', text }] });
const says = (text: string): Message => ({ role: 'assistant', parts: [{ kind: 'text', text }] });
const uses = (name: string, args = '{}', id = 'call_1'): Message => ({
  role: 'assistant',
  parts: [{ kind: 'tool-call', id, name, arguments: args }],
});
const result = (text: string, callId = 'call_1'): Message => ({
  role: 'tool',
  parts: [{ kind: 'tool-result', callId, parts: [{ kind: 'text', text }] }],
});

describe('near-identical calls', () => {
  const same = call(user('List the files in src'));

  test('the one too many is refused, and says how many there were', () => {
    const { check } = start();
    expect([check(same).loop, check(same).loop]).toEqual([false, false]);
    const verdict = check(same);
    expect(verdict).toEqual({
      loop: true,
      kind: 'identical_calls',
      reason: 'this client has made 3 calls within 60 seconds that are the same but for numbers and ids',
      retryAfterMs: 60_000,
    });
    if (!verdict.loop) return;
    const error = loopDetected(verdict);
    expect([error.code, error.status, error.retryable]).toEqual(['loop_detected', 429, false]);
    expect(error.message).not.toContain('files');
    expect(error.details).toMatchObject({ retryAfterMs: 60_000, facts: { loop: 'identical_calls' } });
  });

  test('passes again when the oldest is out of the window; refused ones are not counted', () => {
    const { check, wait } = start();
    check(same);
    wait(10_000);
    check(same);
    wait(49_000);
    expect(check(same)).toMatchObject({ loop: true, retryAfterMs: 1_000 });
    expect(check(same).loop).toBe(true);
    wait(1_000);
    expect(check(same).loop).toBe(false);
    expect(check(same)).toMatchObject({ loop: true, retryAfterMs: 10_000 });
  });

  test.each([
    ['white space', 'List  the\n files in\tsrc '],
    ['a number', 'List 17 the files in src 4'],
    ['a timestamp', 'List 2026-11-20T12:00:01.123Z the files in src'],
    ['a uuid', 'List the files in 550e8400-e29b-41d4-a716-44665544abcd src'],
    ['a hash', 'List the 9f86d081884c7d659a2feaa0c55ad015 files in src'],
  ])('%s makes no difference', (name, text) => {
    const { check } = start({ identicalCalls: 2 });
    const plain = name === 'a timestamp' ? 'List 2025-01-02T03:04:05Z the files in src' : 'List the files in src';
    check(call(user(plain)));
    expect(check(call(user(text))).loop).toBe(true);
  });

  test('ids of tool calls make no difference', () => {
    const { check } = start({ identicalCalls: 2 });
    check(call(user('go'), uses('ls', '{"dir":"a"}', 'toolu_01AbC'), result('x', 'toolu_01AbC')));
    expect(check(call(user('go'), uses('ls', '{"dir":"a"}', 'toolu_99Zzz'), result('x', 'toolu_99Zzz'))).loop).toBe(
      true,
    );
  });

  test.each<[string, Call]>([
    ['another word', call(user('List the files in lib'))],
    ['another letter case', call(user('list the files in src'))],
    ['words in another order', call(user('the files List in src'))],
    ['one word less', call(user('List files in src'))],
    ['other punctuation', call(user('List the files in src?'))],
    ['another role', call({ ...user('List the files in src'), role: 'system' })],
    ['one message more', call(user('List the files in src'), says('ok'))],
    ['another model', { ...same, model: 'n' }],
    ['words of another writing', call(user('列出文件'))],
    [
      'a picture',
      call({
        role: 'user',
        parts: [
          ...user('List the files in src').parts,
          { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } },
        ],
      }),
    ],
  ])('%s is another call', (_name, other) => {
    const { check } = start({ identicalCalls: 2 });
    check(same);
    expect(check(other).loop).toBe(false);
    expect(check(same).loop).toBe(true);
  });

  test('other clients and keys are others', () => {
    const { check } = start({ identicalCalls: 2 });
    check(same, { accessKeyId: 'a', client: 'x' });
    expect(check(same, { accessKeyId: 'a', client: 'y' }).loop).toBe(false);
    expect(check(same, { accessKeyId: 'b', client: 'x' }).loop).toBe(false);
    expect(check(same, { accessKeyId: 'ax' }).loop).toBe(false);
    expect(check(same, { accessKeyId: 'a', client: 'x' }).loop).toBe(true);
  });

  test('long conversations that begin with other words are others, whatever they end with', () => {
    const { check } = start({ identicalCalls: 2 });
    const about = (topic: string) =>
      call(
        user(`Look into ${topic}`),
        ...Array.from({ length: 9 }, () => [uses('ls'), result('file '.repeat(500))]).flat(),
        says('x'),
      );
    check(about('alpha'));
    expect(check(about('beta')).loop).toBe(false);
    expect(check(about('alpha 7')).loop).toBe(true);
  });

  test('of long texts, both sides and the length count', () => {
    const { check } = start({ identicalCalls: 2 });
    const long = (begin: string, middle: string, end: string) =>
      call(user(`${begin}${' word'.repeat(2_000)}${middle}${' word'.repeat(2_000)}${end}`));
    check(long('a', '', 'b'));
    expect(check(long('x', '', 'b')).loop).toBe(false);
    expect(check(long('a', '', 'x')).loop).toBe(false);
    expect(check(long('a', 'much more of it '.repeat(400), 'b')).loop).toBe(false);
    expect(check(long('a', '12:00:01', 'b')).loop).toBe(true);
  });
});

describe('who is watched', () => {
  const plain = call(user('What is 2 + 2?'));
  const agent = call(user('go'), uses('ls'), result('a.ts'));

  test('by default a benchmark that sends one call a thousand times is left alone', () => {
    const { check, guard } = start(LOOP_GUARD_DEFAULT);
    for (let n = 0; n < 1_000; n += 1) expect(check(plain).loop).toBe(false);
    expect(guard.size).toBe(0);
  });
  test('but an agent is not', () => {
    const { check } = start(LOOP_GUARD_DEFAULT);
    const verdicts = Array.from({ length: LOOP_GUARD_DEFAULT.identicalCalls }, () => check(agent).loop);
    expect(verdicts.lastIndexOf(false)).toBe(LOOP_GUARD_DEFAULT.identicalCalls - 2);
    expect(verdicts.at(-1)).toBe(true);
  });
});

describe('thresholds', () => {
  const guardOf = (loopGuard?: object) =>
    config.parse({ version: 1, ...(loopGuard === undefined ? {} : { loopGuard }) }).loopGuard;
  test('the default, what the config says, what the key says', () => {
    expect(loopThresholds(guardOf(), undefined)).toEqual(LOOP_GUARD_DEFAULT);
    expect(loopThresholds(guardOf({ identicalCalls: 5 }), {})).toEqual({ ...LOOP_GUARD_DEFAULT, identicalCalls: 5 });
    expect(loopThresholds(guardOf({ identicalCalls: 5, toolCycles: 3 }), { loopGuard: { toolCycles: 9 } })).toEqual({
      ...LOOP_GUARD_DEFAULT,
      identicalCalls: 5,
      toolCycles: 9,
    });
  });
  test('switched off for all or for one key; a key may want it all the same', () => {
    expect(loopThresholds(guardOf({ enabled: false }), undefined)).toBeUndefined();
    expect(loopThresholds(guardOf(), { loopGuard: false })).toBeUndefined();
    expect(loopThresholds(guardOf({ enabled: false }), { loopGuard: { everyCall: true } })).toMatchObject({
      everyCall: true,
    });
  });
});

describe('tool-call cycles', () => {
  const rounds = (count: number, ...steps: readonly Message[]) => Array.from({ length: count }, () => steps).flat();
  const step = (name: string, args?: string) => [uses(name, args), result('same')];

  test('the same tool with the same arguments, as often in a row', () => {
    const { check } = start();
    expect(check(call(user('go'), ...rounds(3, ...step('ls')))).loop).toBe(false);
    expect(check(call(user('go'), ...rounds(4, ...step('ls', '{"secret":"x"}'))))).toEqual({
      loop: true,
      kind: 'tool_cycle',
      reason: 'the model has called "ls" with the same arguments 4 times in a row',
    });
  });
  test('two in turn, each as often', () => {
    const { check } = start();
    expect(check(call(user('go'), ...rounds(3, ...step('a'), ...step('b')))).loop).toBe(false);
    expect(check(call(user('go'), ...rounds(4, ...step('a'), ...step('b'))))).toMatchObject({
      loop: true,
      reason: 'the model has gone through the same 2 steps ("a", "b") 4 times in a row',
    });
  });
  test.each<[string, readonly Message[]]>([
    ['other arguments', [1, 2, 3, 4].flatMap((n) => step('read', `{"line":${n}}`))],
    ['another tool in between', [...rounds(3, ...step('ls')), ...step('cat'), ...rounds(3, ...step('ls'))]],
    [
      'parallel calls that differ',
      [1, 2, 3, 4].map(
        (n): Message => ({ role: 'assistant', parts: [...uses('a').parts, ...uses('b', `${n}`).parts] }),
      ),
    ],
    [
      'a person who asks the same again after each answer',
      rounds(6, user('run the tests'), ...step('test'), says('All pass.')),
    ],
    ['the model stopped going round', [...rounds(6, ...step('ls')), ...step('cat')]],
    ['no tools', rounds(9, user('hm'), says('hm'))],
  ])('none: %s', (_name, messages) => {
    expect(findToolCycle([user('go'), ...messages], 4)).toBeUndefined();
  });
  test('reminders of the harness between the steps do not hide it', () => {
    expect(findToolCycle(rounds(4, ...step('ls'), user('<reminder>be brief</reminder>')), 4)).toMatchObject({
      period: 1,
    });
  });
  test('tools of different namespaces are different', () => {
    const named = (namespace: string): Message => ({
      role: 'assistant',
      parts: [{ kind: 'tool-call', id: 'x', name: 'ls', namespace, arguments: '{}' }],
    });
    expect(findToolCycle(['a', 'b', 'c', 'd'].map(named), 4)).toBeUndefined();
    expect(findToolCycle(['a', 'a', 'a', 'a'].map(named), 4)).toMatchObject({ tools: ['a.ls'] });
  });
});

describe('memory', () => {
  test('is bounded in calls remembered, the oldest go first', () => {
    const { check, guard } = start({ identicalCalls: 2 });
    const nth = (n: number) => call(user([...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')));
    for (let n = 0; n < 5_000; n += 1) check(nth(n));
    expect(guard.size).toBe(4_096);
    expect(check(nth(4_999)).loop).toBe(true);
    expect(check(nth(0)).loop).toBe(false);
  });
  test('is bounded in instants too', () => {
    const { check, guard } = start({ identicalCalls: 10_000 });
    for (let n = 0; n < 20; n += 1) {
      const other = call(user('abcdefghijklmnopqrst'[n] ?? ''));
      for (let times = 0; times < 8_000; times += 1) check(other);
    }
    expect(guard.size).toBeLessThanOrEqual(13);
  });
});
