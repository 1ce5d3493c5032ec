import { describe, expect, it } from 'vitest';
import type { RuleConfig } from '../../../proxy/contract/config.ts';
import { patternsReady } from '../../../proxy/routing/pattern-engine.ts';
import { compileRule, lastUserText, matchingRule, PROMPT_CHARACTERS_EACH_END } from '../../../proxy/routing/rules.ts';
import { isWithin, localTime, parseTimeWindow } from '../../../proxy/routing/time-of-day.ts';
import type { Caller } from '../../../proxy/routing/types.ts';
import { call, type ShapeFacts, shape } from './support/fixtures.ts';

await patternsReady('promptMatches');

const NOON = Date.UTC(2026, 10, 20, 12, 0);
const moment = { nowMs: NOON, timeZone: 'UTC' };

function holds(when: RuleConfig['when'], facts: ShapeFacts = {}, caller: Caller = {}, at = moment): boolean {
  const rules = [compileRule({ name: 'r', when, mode: 'cheap' })];
  return matchingRule(rules, ['claude/gpt-4o', 'gpt-4o'], shape('gpt-4o', facts), caller, at) !== undefined;
}

describe('the conditions of a rule', () => {
  const rows: [what: string, when: RuleConfig['when'], facts: ShapeFacts, caller: Caller, holds: boolean][] = [
    ['nothing asked', {}, {}, {}, true],
    ['the key', { key: 'ci-*' }, {}, { accessKeyId: 'ci-7' }, true],
    ['another key', { key: 'ci-*' }, {}, { accessKeyId: 'dev' }, false],
    ['no key at all', { key: '*' }, {}, {}, false],
    ['one of two projects', { project: ['a', 'b'] }, {}, { project: 'b' }, true],
    ['neither project', { project: ['a', 'b'] }, {}, { project: 'ab' }, false],
    ['the client', { client: '*code*' }, {}, { client: 'claude-code' }, true],
    ['the model', { model: 'gpt-*' }, {}, {}, true],
    ['the model as the client wrote it', { model: 'claude/*' }, {}, {}, true],
    ['another model', { model: 'claude-*' }, {}, {}, false],
    ['enough tokens', { inputTokensMin: 1_000 }, {}, {}, true],
    ['too few tokens', { inputTokensMin: 1_001 }, {}, {}, false],
    ['few enough tokens', { inputTokensMax: 1_000 }, {}, {}, true],
    ['too many tokens', { inputTokensMax: 999 }, {}, {}, false],
    ['tools', { tools: true }, { needs: { tools: true } }, {}, true],
    ['no tools', { tools: true }, {}, {}, false],
    ['tools where none are wanted', { tools: false }, { needs: { tools: true } }, {}, false],
    ['images', { images: true }, { needs: { images: true } }, {}, true],
    ['the words', { promptMatches: '(?i)STACK\\s+trace' }, { decoded: call('a stack  trace') }, {}, true],
    ['other words', { promptMatches: '^trace' }, { decoded: call('a stack trace') }, {}, false],
    ['words of a call that is not decoded', { promptMatches: '.*' }, { decoded: undefined }, {}, false],
    ['two conditions', { tools: true, key: 'a' }, { needs: { tools: true } }, { accessKeyId: 'a' }, true],
    ['one of two conditions', { tools: true, key: 'a' }, { needs: { tools: true } }, { accessKeyId: 'b' }, false],
  ];
  it.each(rows)('%s', (_what, when, facts, caller, expected) => expect(holds(when, facts, caller)).toBe(expected));

  it('are read once all the cheap ones hold: a call is not decoded for a rule that fails anyway', () => {
    const closed = () => {
      throw new Error('decoded');
    };
    const asked = { ...shape('gpt-4o'), needs: closed, call: closed };
    const when = { key: 'nobody', tools: true, promptMatches: 'x' };
    expect(matchingRule([compileRule({ name: 'r', when, mode: 'cheap' })], [], asked, {}, moment)).toBeUndefined();
  });

  it('of the first rule that holds decide', () => {
    const rules = ['one', 'two', 'three'].map((name, at) =>
      compileRule({ name, when: { inputTokensMin: 2_000 - at * 1_000 }, mode: 'cheap' }),
    );
    expect(matchingRule(rules, [], shape('m'), {}, moment)?.name).toBe('two');
  });

  it('take a pattern that would take for ever elsewhere in no time', () => {
    const text = `${'a'.repeat(30_000)}!`;
    expect(holds({ promptMatches: '^(a+)+$' }, { decoded: call(text) })).toBe(false);
  });
});

describe('the text that is matched', () => {
  it("is the last user message's, with documents of plain text", () => {
    const decoded = call('', {
      messages: [
        { role: 'user', parts: [{ kind: 'text', text: 'first' }] },
        { role: 'assistant', parts: [{ kind: 'text', text: 'answer' }] },
        {
          role: 'user',
          parts: [
            { kind: 'text', text: 'look' },
            { kind: 'image', source: { kind: 'url', url: 'https://example.com/x.png' } },
            { kind: 'file', text: 'a note' },
          ],
        },
        { role: 'tool', parts: [{ kind: 'text', text: 'result' }] },
      ],
    });
    expect(lastUserText(shape('m', { decoded }))).toBe('look\na note');
  });

  it('is both ends of a long message', () => {
    const text = `${'h'.repeat(PROMPT_CHARACTERS_EACH_END)}middle${'t'.repeat(PROMPT_CHARACTERS_EACH_END)}`;
    const seen = lastUserText(shape('m', { decoded: call(text) }));
    expect(seen).toBe(text.replace('middle', '\n'));
  });
});

describe('times of day', () => {
  const FRI = 5;
  const SAT = 6;
  const rows: [
    window: string | undefined,
    days: ('fri' | 'sat')[] | undefined,
    day: number,
    at: string,
    in_: boolean,
  ][] = [
    ['09:00-17:00', undefined, FRI, '09:00', true],
    ['09:00-17:00', undefined, FRI, '16:59', true],
    ['09:00-17:00', undefined, FRI, '17:00', false],
    ['09:00-17:00', undefined, FRI, '08:59', false],
    ['22:00-06:00', undefined, FRI, '23:00', true],
    ['22:00-06:00', undefined, FRI, '05:59', true],
    ['22:00-06:00', undefined, FRI, '06:00', false],
    ['22:00-06:00', ['fri'], FRI, '23:00', true],
    ['22:00-06:00', ['fri'], SAT, '02:00', true],
    ['22:00-06:00', ['fri'], FRI, '02:00', false],
    ['22:00-06:00', ['sat'], SAT, '02:00', false],
    ['08:00-08:00', undefined, FRI, '03:00', true],
    [undefined, ['sat'], SAT, '12:00', true],
    [undefined, ['sat'], FRI, '12:00', false],
  ];
  it.each(rows)('%s on %s holds on day %i at %s: %s', (window, days, day, at, expected) => {
    const [hour, minute] = at.split(':').map(Number);
    const time = { minute: (hour ?? 0) * 60 + (minute ?? 0), day };
    expect(isWithin(time, window === undefined ? undefined : parseTimeWindow(window), days)).toBe(expected);
  });

  it('are those of the time zone, its summer time included', () => {
    expect(localTime(Date.UTC(2026, 0, 1, 23, 30), 'Europe/Berlin')).toEqual({ minute: 30, day: 5 });
    expect(localTime(Date.UTC(2026, 6, 1, 22, 30), 'Europe/Berlin')).toEqual({ minute: 30, day: 4 });
    expect(localTime(NOON, 'Asia/Kolkata')).toEqual({ minute: 17 * 60 + 30, day: 5 });
  });

  it('decide over a rule', () => {
    expect(holds({ timeOfDay: '12:00-13:00', days: ['fri'] })).toBe(true);
    expect(holds({ timeOfDay: '12:00-13:00' }, {}, {}, { nowMs: NOON, timeZone: 'Asia/Tokyo' })).toBe(false);
  });
});
