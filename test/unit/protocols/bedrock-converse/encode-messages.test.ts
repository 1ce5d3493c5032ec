/** Turns and system text of a request, and where its cache marks go. */
import { describe, expect, test } from 'vitest';
import type { Call, Message } from '../../../../proxy/core/call.ts';
import type { Part } from '../../../../proxy/core/part.ts';
import {
  assistant,
  CLAUDE,
  CLAUDE_37,
  calls,
  encode,
  LLAMA,
  NOVA,
  PROFILE,
  refusal,
  result,
  system,
  text,
  tool,
  user,
} from './encoding.ts';

describe('messages', () => {
  test('system text stays in blocks, with its cache marks behind it', () => {
    const marked: Part = { kind: 'text', text: 'B', cache: {} };
    const hour: Part = { kind: 'text', text: 'C', cache: { ttl: '1h' } };
    const messages = [system(text('A'), marked), { role: 'developer' as const, parts: [hour] }, user(text('Hi'))];
    expect(encode({ messages }).body.system).toEqual([
      { text: 'A' },
      { text: 'B' },
      { cachePoint: { type: 'default' } },
      { text: 'C' },
      { cachePoint: { type: 'default', ttl: '1h' } },
    ]);
  });

  test('an instruction in the middle keeps its place', () => {
    const { body, warnings } = encode({ messages: [user(text('Hi')), system(text('Be brief.')), user(text('So?'))] });
    expect(body.messages).toEqual([
      { role: 'user', content: [{ text: 'Hi' }, { text: '<system>\nBe brief.\n</system>' }, { text: 'So?' }] },
    ]);
    expect(warnings).toEqual(['system_message_as_user messages[1]']);
  });

  test('turns of one role become one, and results open theirs with their cache points', () => {
    const { body } = encode({
      messages: [
        user(text('Hi')),
        assistant(text('I look.')),
        assistant(calls('a'), calls('b')),
        user({ kind: 'text', text: 'Quick!', cache: {} }),
        { role: 'tool', parts: [{ ...result('a', text('1')), cache: {} } as Part] },
        { role: 'tool', parts: [result('b', text('2'))] },
      ],
      tools: [tool('look_up')],
    });
    expect(body.messages).toEqual([
      { role: 'user', content: [{ text: 'Hi' }] },
      {
        role: 'assistant',
        content: [
          { text: 'I look.' },
          { toolUse: { toolUseId: 'a', name: 'look_up', input: {} } },
          { toolUse: { toolUseId: 'b', name: 'look_up', input: {} } },
        ],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 'a', content: [{ text: '1' }] } },
          { cachePoint: { type: 'default' } },
          { toolResult: { toolUseId: 'b', content: [{ text: '2' }] } },
          { text: 'Quick!' },
          { cachePoint: { type: 'default' } },
        ],
      },
    ]);
  });

  test.each<[string, Message[], RegExp]>([
    ['nothing at all', [], /no message with content/],
    ['empty text alone', [user(text(''))], /no message with content/],
    ['the assistant first', [assistant(text('Hello.')), user(text('Hi'))], /the user speaks first/],
    [
      'a call without a result',
      [user(text('Hi')), assistant(calls('a')), user(text('Well?'))],
      /tool call a has no result/,
    ],
    ['a call at the very end', [user(text('Hi')), assistant(calls('a'))], /tool call a has no result/],
    [
      'a result without its call',
      [user(text('Hi')), { role: 'tool', parts: [result('z')] }],
      /result for z does not follow/,
    ],
  ])('refused, not mended: %s', (_name, messages, reason) => {
    refusal({ messages, tools: [tool('look_up')] }).toThrow(reason);
  });

  test('a prompt that is all instruction is what the user says', () => {
    expect(encode({ messages: [system(text('Sing.'))] }).body).toEqual({
      messages: [{ role: 'user', content: [{ text: 'Sing.' }] }],
    });
  });

  test('blank text goes, unless a cache mark makes it the end of a prefix', () => {
    const blank: Part = { kind: 'text', text: '\n', cache: {} };
    const { body, warnings } = encode({ messages: [user(text('Hi'), text(' '), blank)] });
    expect(body.messages).toEqual([
      { role: 'user', content: [{ text: 'Hi' }, { text: '\n' }, { cachePoint: { type: 'default' } }] },
    ]);
    expect(warnings).toEqual(['dropped_blank_text messages[0].content[1]']);
  });

  test('an answer begun by the client does not end in white space', () => {
    const { body, warnings } = encode({ messages: [user(text('Hi')), assistant(text('Dear \n'))] });
    expect((body.messages as Message[])[1]).toEqual({ role: 'assistant', content: [{ text: 'Dear' }] });
    expect(warnings).toEqual(['trimmed_prefill']);
  });
});

describe('cache marks', () => {
  const marked: Partial<Call> = {
    messages: [user({ kind: 'text', text: 'Hi', cache: { ttl: '1h' } })],
    tools: [tool('t', { cache: {} })],
  };
  test.each<[string, boolean, boolean, string | undefined, string[]]>([
    [CLAUDE, true, true, '1h', []],
    [CLAUDE_37, true, true, undefined, ['dropped_cache_ttl messages[0].content[0]']],
    [PROFILE, true, true, undefined, ['dropped_cache_ttl messages[0].content[0]']],
    [NOVA, true, false, undefined, ['dropped_cache_ttl messages[0].content[0]', 'dropped_cache_control tools[0]']],
    [
      'anthropic.claude-3-haiku-20240307-v1:0',
      false,
      false,
      undefined,
      ['dropped_cache_control messages[0].content[0]', 'dropped_cache_control tools[0]'],
    ],
    [
      LLAMA,
      false,
      false,
      undefined,
      ['dropped_cache_control messages[0].content[0]', 'dropped_cache_control tools[0]'],
    ],
  ])('%s', (model, inMessages, inTools, ttl, warned) => {
    const { body, warnings } = encode(marked, model);
    const point = { cachePoint: { type: 'default', ...(ttl === undefined ? {} : { ttl }) } };
    expect((body.messages as { content: unknown[] }[])[0]?.content).toEqual([
      { text: 'Hi' },
      ...(inMessages ? [point] : []),
    ]);
    expect((body.toolConfig as { tools: unknown[] }).tools).toHaveLength(inTools ? 2 : 1);
    expect(warnings).toEqual(warned);
  });
});
