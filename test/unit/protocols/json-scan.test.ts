import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../proxy/core/errors.ts';
import { type JsonVisitor, scanJson } from '../../../proxy/protocols/json/scan.ts';

function scan(text: string, options: Parameters<typeof scanJson>[2] = {}) {
  return scanJson(Buffer.from(text), 'the document', options);
}

function refusal(text: string): GatehouseError {
  try {
    scan(text);
  } catch (error) {
    if (error instanceof GatehouseError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

/** From RFC 8259 and the places where hand-written parsers differ. */
const VALID = [
  'null',
  ' true ',
  'false',
  '0',
  '-0',
  '-1.5e+10',
  '1E5',
  '12345678901234567890',
  '""',
  '"\\u00e9\\ud83d\\ude00"',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
  '[]',
  '[ ]',
  '{}',
  '{ }',
  '[1,2]',
  '[[[]]]',
  '{"a":{"b":[1,{"c":null}]}}',
  '\t\r\n{"a"\n:\r1 }\n',
  '"é😀"',
  '"\\ud800"',
  '{"a":1,"a":2}',
  '"\u007f"',
];
const INVALID = [
  '',
  '   ',
  '{',
  '}',
  '[',
  ']',
  '[1,]',
  '[,1]',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a" 1}',
  '{"a":1 "b":2}',
  '01',
  '-',
  '-a',
  '1.',
  '.5',
  '+1',
  '1e',
  '1e+',
  '0x1',
  'NaN',
  'Infinity',
  'nul',
  'nulll',
  'True',
  'undefined',
  '"',
  '"\\"',
  '"\\x41"',
  '"\\u12"',
  '"\\u12g4"',
  '"\\u123g"',
  '"\\u123"',
  '"\n"',
  '"a\tb"',
  '"\u0000"',
  '1 2',
  '{} {}',
  '[1}',
  '{"a":1]',
  '[1 2]',
  '"a" "b"',
  '\u00a0{}',
  '{"a":1}\u0000',
  '// x\n1',
  '"\\u 123"',
  '-01',
  '1.e5',
  '[1,2',
  '{"a":"b',
];

suite('the JSON scanner', () => {
  test.each(VALID)('accepts %j', (text) => {
    expect(JSON.parse(text)).not.toBe(undefined);
    const { start, end } = scan(text);
    expect(JSON.parse(text.trim())).toEqual(JSON.parse(Buffer.from(text).toString('utf8', start, end)));
  });

  test.each(INVALID)('refuses %j', (text) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(refusal(text).code).toBe('invalid_json');
  });

  test('refuses a raw control character at any place of a long string, and a quote ends it at any place', () => {
    for (let length = 0; length < 300; length += 1) {
      const filler = 'x'.repeat(length);
      for (const tail of ['', 'yyyyyyyyy']) {
        expect(refusal(`["${filler}\u001f${tail}${'z'.repeat(300)}"]`).code).toBe('invalid_json');
        expect(refusal(`["${filler}\n${tail}${'z'.repeat(300)}"]`).code).toBe('invalid_json');
        expect(refusal(`["${filler}"${tail}${'z'.repeat(300)}"]`).code).toBe('invalid_json');
        expect(refusal(`["${filler}\\q${tail}${'z'.repeat(300)}"]`).code).toBe('invalid_json');
        const text = `["${filler}é\\"${tail}${'z'.repeat(300)}"]`;
        expect(scan(text).elements).toEqual([{ start: 1, end: Buffer.byteLength(text) - 1 }]);
      }
    }
  });

  test('reads the same at every alignment of the memory below', () => {
    const text = `{"key":"${'long text, '.repeat(60)}","after":[1]}`;
    for (let shift = 0; shift < 8; shift += 1) {
      const memory = Buffer.alloc(text.length + 16, '"');
      memory.write(text, shift);
      const document = scanJson(memory.subarray(shift, shift + text.length), 'the document');
      expect(document.members.map((member) => member.key)).toEqual(['key', 'after']);
    }
  });

  test('gives the outermost members with decoded keys and exact ranges, repeated ones too', () => {
    const text = ' { "a" : 1.50 , "\\u0062" : {"c":[1, 2]}, "a":"x" , "é":[ ] }';
    const document = scan(text);
    const bytes = Buffer.from(text);
    expect(document.kind).toBe('object');
    expect(document.members.map(({ key, value }) => [key, bytes.toString('utf8', value.start, value.end)])).toEqual([
      ['a', '1.50'],
      ['b', '{"c":[1, 2]}'],
      ['a', '"x"'],
      ['é', '[ ]'],
    ]);
  });

  test('gives the elements of an outermost array', () => {
    const document = scan('[1, "a,b" ,{"x":[2]}]');
    expect(document.kind).toBe('array');
    expect(document.elements).toEqual([
      { start: 1, end: 2 },
      { start: 4, end: 9 },
      { start: 11, end: 20 },
    ]);
  });

  test('tells a visitor of inner keys with their depth, and of long inner strings', () => {
    const seen: unknown[] = [];
    const long = 'y'.repeat(256);
    const text = `{"top":[{"k\\n":1,"deep":{"s":"${long}"}}],"b":"${long}"}`;
    const bytes = Buffer.from(text);
    const visitor: JsonVisitor = {
      member: (key) => seen.push(key),
      nestedKey: (start, end, escaped, depth) => seen.push([bytes.toString('utf8', start, end), escaped, depth]),
      longString: (start, end) => seen.push(end - start),
    };
    scanJson(bytes, 'the document', { visitor });
    expect(seen).toEqual(['top', ['k\\n', true, 3], ['deep', false, 3], ['s', false, 4], 256, 'b']);
  });

  test('takes the depth limit and not one level more', () => {
    expect(scan(`${'['.repeat(128)}${']'.repeat(128)}`).kind).toBe('array');
    const error = refusal(`${'['.repeat(129)}${']'.repeat(129)}`);
    expect(error.code).toBe('too_deep');
    expect(error.message).toBe(
      'the document nests deeper than 128 levels at line 1, byte 129 (byte 129 of the body); flatten it and send it again',
    );
    expect(refusal('{"a":'.repeat(100_000)).code).toBe('too_deep');
    expect(() => scan('[[1]]', { depthMax: 1 })).toThrow(/deeper than 1 levels/);
  });

  test('says where, and quotes nothing', () => {
    const error = refusal('{"model":"m",\n\n  "secret": sesame}');
    expect(error.message).toBe(
      'the document is not valid JSON: a value must begin here, at line 3, byte 13 (byte 28 of the body)',
    );
    expect(refusal('{"a":"sesame').message).not.toContain('sesame');
  });
});
