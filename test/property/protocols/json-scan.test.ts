import fc from 'fast-check';
import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../proxy/core/errors.ts';
import { scanJson } from '../../../proxy/protocols/json/scan.ts';

/** True when accepted; the members must then be what JSON.parse sees (the last of a repeated key wins there). */
function accepts(text: string): boolean {
  const bytes = Buffer.from(text);
  let document: ReturnType<typeof scanJson>;
  try {
    document = scanJson(bytes, 'the document');
  } catch (error) {
    if (error instanceof GatehouseError) return false;
    throw error;
  }
  const parsed: unknown = JSON.parse(text);
  if (document.kind === 'object') {
    const read = new Map(
      document.members.map(({ key, value }) => [key, JSON.parse(bytes.toString('utf8', value.start, value.end))]),
    );
    expect(read).toEqual(new Map(Object.entries(parsed as object)));
  }
  if (document.kind === 'array') {
    expect(document.elements.map(({ start, end }) => JSON.parse(bytes.toString('utf8', start, end)))).toEqual(parsed);
  }
  return true;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

// Well-formed text only: that bytes are UTF-8 is checked apart.
const spacing = fc.constantFrom(undefined, 0, 1, 2, '\t', '\n  ');
const document = fc
  .tuple(fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }), spacing)
  .map(([value, space]) => JSON.stringify(value, null, space));

suite('the JSON scanner beside JSON.parse', () => {
  test('accepts what JSON.stringify writes, with the same members', () => {
    fc.assert(
      fc.property(document, (text) => {
        expect(accepts(text)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test('says the same of a document with one thing changed', () => {
    const pieces = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      ' ',
      '\n',
      '\t',
      '0',
      '-',
      '.',
      'e',
      'E',
      '+',
      'u00e9',
      'true',
      'nul',
      '\u0001',
      'é',
      '//',
      '\u00a0',
    );
    fc.assert(
      fc.property(document, fc.nat(), fc.nat(3), pieces, (text, where, removed, piece) => {
        // By whole characters: half of one would not be UTF-8.
        const chars = [...text];
        chars.splice(where % (chars.length + 1), removed, piece);
        const changed = chars.join('');
        expect(accepts(changed)).toBe(parses(changed));
      }),
      { numRuns: 10_000 },
    );
  });

  test('says the same of random JSON-like text', () => {
    const tokens = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"',
        '1',
        '-',
        '0',
        '.5',
        'e1',
        'true',
        'null',
        ' ',
        '\\u0041',
        '\\"',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(tokens, (list) => {
        expect(accepts(list.join(''))).toBe(parses(list.join('')));
      }),
      { numRuns: 10_000 },
    );
  });

  test('says the same of long strings with something in them', () => {
    const inside = fc.constantFrom(
      '',
      '\\',
      '\\\\',
      '\\"',
      '\\u12',
      '\\u1234',
      '"',
      '\n',
      '\u001f',
      '\u007f',
      'é',
      '😀',
      '\\x',
    );
    fc.assert(
      fc.property(fc.nat(600), inside, fc.nat(600), fc.nat(7), (before, piece, after, shift) => {
        const text = `${' '.repeat(shift)}{"k":"${'a'.repeat(before)}${piece}${'b'.repeat(after)}","z":1}`;
        expect(accepts(text)).toBe(parses(text));
      }),
      { numRuns: 5_000 },
    );
  });
});
