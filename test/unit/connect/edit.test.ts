/** Config files by hand: how an entry goes in, and what is refused. Random ones: test/property/connect. */
import { describe, expect, test } from 'vitest';
import { putEntries, restoreEntries } from '../../../proxy/connect/edit/edit-entries.ts';
import { EditRefused } from '../../../proxy/connect/edit/refused.ts';
import type { Entry } from '../../../proxy/connect/types.ts';
import type { FileFormat } from '../../../proxy/contract/connect.ts';

const env: Entry[] = [{ path: ['env', 'A'], value: 'x' }];
const deep: Entry[] = [{ path: ['a', 'b', 'c'], value: 'x' }];
const table: Entry[] = [{ path: ['p', 'g', 'url'], value: 'x' }];
const top: Entry[] = [{ path: ['model'], value: 'x' }];
const item: Entry[] = [{ path: ['models', { where: 'name', is: 'G' }], value: { name: 'G', url: 'x' } }];
const variable: Entry[] = [{ path: ['KEY'], value: 'x' }];

describe.each<[string, FileFormat, Entry[], string, string]>([
  ['an empty file', 'jsonc', env, '', '{\n  "env": {\n    "A": "x"\n  }\n}\n'],
  ['an empty object', 'jsonc', env, '{}', '{\n  "env": {\n    "A": "x"\n  }\n}'],
  ['one line', 'jsonc', env, '{"a":1}', '{"a":1, "env": {"A": "x"}}'],
  ['one line, an inner object', 'jsonc', env, '{"env":{"B":"y"},"z":1}', '{"env":{"B":"y", "A": "x"},"z":1}'],
  ['an empty inner object on its line', 'jsonc', env, '{\n  "env": {}\n}', '{\n  "env": {\n    "A": "x"\n  }\n}'],
  [
    'a trailing comma',
    'jsonc',
    env,
    '{\n "env": {\n  "B": 1, // b\n },\n}',
    '{\n "env": {\n  "B": 1, // b\n  "A": "x",\n },\n}',
  ],
  [
    'a comment before the comma',
    'jsonc',
    env,
    '{\n\t"env": {\n\t\t"B": 1 /* b */\n\t}\n}',
    '{\n\t"env": {\n\t\t"B": 1, /* b */\n\t\t"A": "x"\n\t}\n}',
  ],
  [
    'comments at the end of an object',
    'jsonc',
    env,
    '{\n  "env": {\n    "B": 1\n    // "C": 2\n  }\n}',
    '{\n  "env": {\n    "B": 1,\n    "A": "x"\n    // "C": 2\n  }\n}',
  ],
  ['another value', 'jsonc', env, '{ "env": { "A": /* old */ "y" } }', '{ "env": { "A": /* old */ "x" } }'],
  [
    'levels that are missing',
    'jsonc',
    deep,
    '{\n    "z": 1\n}',
    '{\n    "z": 1,\n    "a": {\n        "b": {\n            "c": "x"\n        }\n    }\n}',
  ],
  ['a file without tables', 'toml', top, '# c\na = 1\n', '# c\na = 1\nmodel = "x"\n'],
  [
    'tables only, with a comment of their own',
    'toml',
    top,
    '# all\n\n# t\n[t]\na = 1\n',
    '# all\n\nmodel = "x"\n\n# t\n[t]\na = 1\n',
  ],
  [
    'a first comment that speaks of the whole file',
    'toml',
    top,
    '# all\n[t]\na = 1\n',
    '# all\nmodel = "x"\n\n[t]\na = 1\n',
  ],
  ['a table that is missing', 'toml', table, 'a = 1', 'a = 1\n\n[p.g]\nurl = "x"'],
  ['a table that is there', 'toml', table, '[p.g]\nb = 1 # b\n\n[q]\n', '[p.g]\nb = 1 # b\nurl = "x"\n\n[q]\n'],
  ['a value in another kind of quotes', 'toml', table, "[p.g]\nurl = '''y\nz''' # b\n", '[p.g]\nurl = "x" # b\n'],
  [
    'an inline table with the name',
    'toml',
    table,
    'p = { g = { url = "y", b = 1 } }\n',
    'p = { g = { url = "x", b = 1 } }\n',
  ],
  ['names with dots', 'toml', table, 'p.g.url = "y"\n', 'p.g.url = "x"\n'],
  ['a list of tables behind', 'toml', top, 'a = 1\n[[l]]\nb = 2\n', 'a = 1\nmodel = "x"\n[[l]]\nb = 2\n'],
  ['a mapping', 'yaml', top, 'a: 1 # b\n# end\n', 'a: 1 # b\nmodel: x\n# end\n'],
  ['comments only', 'yaml', top, '# nothing yet\n', '# nothing yet\nmodel: x\n'],
  ['another value', 'yaml', top, 'model: "y" # b\n', 'model: x # b\n'],
  ['a name without a value', 'yaml', top, 'model:\na: 1\n', 'model: x\na: 1\n'],
  [
    'a list',
    'yaml',
    item,
    'models:\n- name: A\n  url: a\nz: 1\n',
    'models:\n- name: A\n  url: a\n- name: G\n  url: x\nz: 1\n',
  ],
  [
    'an item of that name',
    'yaml',
    item,
    'models:\n  - name: G\n    url: y\n    b: 1\n  - name: B\n',
    'models:\n  - name: G\n    url: x\n  - name: B\n',
  ],
  ['an empty list', 'yaml', item, 'models: []\nz: 1\n', 'models:\n  - name: G\n    url: x\nz: 1\n'],
  ['a .env', 'dotenv', variable, 'A=1', 'A=1\nKEY=x'],
  ['a variable that is there twice', 'dotenv', variable, 'KEY=1\nexport KEY="2" # b\n', 'KEY=1\nexport KEY=x # b\n'],
])('%s (%s)', (_what, format, entries, before, after) => {
  test('goes in so', () => {
    expect(putEntries(before, format, entries)).toBe(after);
  });

  test('and comes out', () => {
    const restored = restoreEntries(
      after,
      format,
      entries.map(({ path }) => path),
      before,
    );
    // What was no file before is an empty object: whoever undoes removes it.
    expect(restored).toBe(before === '' ? '{}\n' : before);
  });
});

test('Windows’ line breaks stay, and new lines have them', () => {
  expect(putEntries('a = 1\r\n', 'toml', table)).toBe('a = 1\r\n\r\n[p.g]\r\nurl = "x"\r\n');
  expect(putEntries('{\r\n  "a": 1\r\n}\r\n', 'jsonc', env)).toBe(
    '{\r\n  "a": 1,\r\n  "env": {\r\n    "A": "x"\r\n  }\r\n}\r\n',
  );
});

test('an entry that must not be there goes, and comes back with its value', () => {
  const gone: Entry[] = [{ path: ['env', 'OLD'] }];
  const before = '{\n  "env": {\n    "OLD": "y", // mine\n    "B": 1\n  }\n}';
  const after = putEntries(before, 'jsonc', gone);
  expect(JSON.parse(after.replace(/\/\/.*/, ''))).toEqual({ env: { B: 1 } });
  expect(after).toContain('// mine');
  expect(JSON.parse(restoreEntries(after, 'jsonc', [['env', 'OLD']], before).replace(/\/\/.*/, ''))).toEqual({
    env: { B: 1, OLD: 'y' },
  });
});

test('what is only wanted where nothing is, stays as it is', () => {
  expect(putEntries('name: mine\n', 'yaml', [{ path: ['name'], value: 'x', ifMissing: true }])).toBe('name: mine\n');
});

describe('refused, with the reason', () => {
  test.each<[string, FileFormat, Entry[], string, string]>([
    ['JSON that does not parse', 'jsonc', env, '{\n  "a": \n', 'not valid JSON (line 3)'],
    ['an object that is a text', 'jsonc', env, '{"env": "no"}', 'env holds a value of type string'],
    ['TOML that does not parse', 'toml', top, 'a = 1\nb = \n', 'not valid TOML (line '],
    ['a table written as a value', 'toml', table, 'p = { h = 1 }\n', 'p is written as a value'],
    ['a table that names with dots make', 'toml', table, 'p.g.b = 1\n', 'does not edit'],
    ['YAML that does not parse', 'yaml', top, 'a: [\n', 'not valid YAML'],
    ['two YAML documents', 'yaml', top, 'a: 1\n---\nb: 2\n', 'not valid YAML'],
    ['YAML in braces', 'yaml', top, '{ a: 1 }\n', 'lines of names and values'],
    ['a list in brackets', 'yaml', item, 'models: [{ name: A }]\n', 'in brackets'],
    ['a value of several lines', 'yaml', top, 'model: |\n  y\n', 'more than one line'],
    ['a value that others refer to', 'yaml', top, 'model: &m y\nb: *m\n', ''],
  ])('%s', (_what, format, entries, text, why) => {
    const edit = () => putEntries(text, format, entries);
    expect(edit).toThrow(EditRefused);
    expect(edit).toThrow(why);
  });

  test('no reason quotes the file', () => {
    for (const [format, text] of [
      ['jsonc', '{"k": s3cret'],
      ['toml', 'k = s3cret'],
      ['yaml', 'k: "s3cret'],
      ['jsonc', '["s3cret"]'],
    ] as const) {
      expect(() => putEntries(text, format, top)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('s3cret') }),
      );
    }
  });
});
