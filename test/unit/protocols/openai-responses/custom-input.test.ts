import fc from 'fast-check';
import { expect, suite, test } from 'vitest';
import { InputReader, unwrapInput, wrapInput } from '../../../../proxy/protocols/openai-responses/custom-input.ts';

function readIn(pieces: readonly string[]): string {
  const reader = new InputReader();
  return pieces.map((piece) => reader.push(piece)).join('') + reader.end();
}

suite('free text inside function arguments', () => {
  test('any text comes out as it went in, whole and cut anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), fc.integer({ min: 1, max: 7 }), (text, ascii, size) => {
        const json = ascii
          ? wrapInput(text).replace(
              /[\u0080-\uffff]/g,
              (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
            )
          : wrapInput(text);
        const pieces = json.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        expect(readIn(pieces)).toBe(text);
        expect(unwrapInput(json)).toBe(text);
      }),
    );
  });

  test.each([
    ['{"input":"a\\nb"}', 'a\nb'],
    [' { "input" : "x" , "more": 1 }', 'x'],
    ['"just a string"', 'just a string'],
    ['*** Begin Patch', '*** Begin Patch'],
    ['{"patch":"x"}', '{"patch":"x"}'],
    [`{"why":"${'long '.repeat(30)}","input":"x"}`, 'x'],
    ['{"input":"\\ud83d\\n|"}', '\ud83d\n|'],
    ['{"input":"\\ud83dxyzxyzxyz"}', '\ud83dxyzxyzxyz'],
    ['', ''],
  ])('%j is read as %j', (json, text) => {
    expect(readIn([json])).toBe(text);
    expect(readIn([...json])).toBe(text);
  });

  test('comes out while it arrives', () => {
    const reader = new InputReader();
    expect(reader.push('{"inp')).toBe('');
    expect(reader.push('ut": "one')).toBe('one');
    expect(reader.push(' two\\')).toBe(' two');
    expect(reader.push('n\\u00')).toBe('\n');
    expect(reader.push('e9 \\ud83d')).toBe('é ');
    expect(reader.push('\\ude00"}')).toBe('😀');
    expect(reader.end()).toBe('');
  });
});
