import { expect, suite, test } from 'vitest';
import { learnTemplate, matchTemplate } from '../../../proxy/protocols/openai-chat/delta-template.ts';

const frame = (content: string, tail = '"finish_reason":null}]}\n\n') =>
  `data: {"choices":[{"delta":{"content":"${content}"},${tail}`;
const padded = (content: string, padding: string, tail = '"}\n\n') =>
  `data: {"delta":{"content":"${content}"},"obfuscation":"${padding}${tail}`;

function learned(text: string, hasPadding = false) {
  const template = learnTemplate(text, hasPadding);
  if (template === undefined) throw new Error('nothing was learned');
  return template;
}

suite('the shape of a delta frame', () => {
  test('fits frames that differ in their text alone', () => {
    const template = learned(frame('Hello'));
    for (const text of [
      'x',
      '',
      ' world, and more of it',
      '\\n',
      '\\"',
      'a \\"quoted\\" word',
      '\\\\',
      '\\\\\\"',
      'content',
    ]) {
      expect(matchTemplate(template, frame(text))).toBe(text.length);
    }
  });

  test.each([
    ['another head', frame('x').replace('choices', 'choicez')],
    ['a finish reason of the same length', frame('x', '"finish_reason":"ok"}]}\n\n').replace('"ok"', 'true')],
    ['something behind', `${frame('x')}data: {}\n\n`],
    ['something more inside', frame('x', '"finish_reason":null}],"usage":{}}\n\n')],
    ['a string that does not end', frame('x').slice(0, frame('x').indexOf('x') + 1)],
    ['a quote in the text', frame('x"y')],
    ['nothing', ''],
  ])('does not fit %s', (_name, text) => {
    expect(matchTemplate(learned(frame('Hello')), text)).toBe(-1);
  });

  test('padding may have any length and its surroundings none', () => {
    const template = learned(padded('Hello', 'abc'), true);
    expect(matchTemplate(template, padded('x', ''))).toBe(1);
    expect(matchTemplate(template, padded('xy', 'p'.repeat(50)))).toBe(2);
    expect(matchTemplate(template, padded('x', 'abc', '","error":{}}\n\n'))).toBe(-1);
    expect(matchTemplate(template, padded('x', 'abc', '"]\n\n'))).toBe(-1);
    expect(matchTemplate(template, padded('x', 'abc').replace('obfuscation', 'obfuscatiom'))).toBe(-1);
  });

  test('is not learned where the text is in no place or in two', () => {
    expect(learnTemplate('data: {"delta":{"content":""}}\n\n', false)).toBe(undefined);
    expect(learnTemplate('data: {"delta":{"content":null}}\n\n', false)).toBe(undefined);
    expect(learnTemplate('data: {"delta":{"content":"a","reasoning":"b"}}\n\n', false)).toBe(undefined);
    expect(learnTemplate('data: {"obfuscation":"a","delta":{"content":"a"}}\n\n', true)).toBe(undefined);
    // An empty one beside it belongs to the shape.
    expect(
      matchTemplate(learned('data: {"content":"","reasoning":"b"}\n\n'), 'data: {"content":"","reasoning":"xyz"}\n\n'),
    ).toBe(3);
    expect(
      matchTemplate(learned('data: {"content":"","reasoning":"b"}\n\n'), 'data: {"content":"a","reasoning":"xyz"}\n\n'),
    ).toBe(-1);
  });

  test('text that looks like a member is text', () => {
    const text = frame('\\"content\\":\\"trap');
    expect(matchTemplate(learned(text), frame('x'))).toBe(1);
  });
});
