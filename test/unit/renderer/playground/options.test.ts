import { describe, expect, it } from 'vitest';
import type { AnswerFormat } from '../../../../proxy/contract/playground.ts';
import { checkAnswer, schemaTrouble } from '../../../../renderer/src/pages/playground/answer/check-answer.ts';
import { jsonFence } from '../../../../renderer/src/pages/playground/answer/json-fence.ts';
import { troubleWith } from '../../../../renderer/src/pages/playground/compose/read-images.ts';
import { targetOf, targetValue } from '../../../../renderer/src/pages/playground/lanes/target-words.ts';
import { readSchema, readToolSchema } from '../../../../renderer/src/pages/playground/options/read-schema.ts';
import {
  EXAMPLE_TOOL,
  NEW_TOOL,
  toolDraftOf,
  toolOf,
} from '../../../../renderer/src/pages/playground/options/tool-draft.ts';

describe('an answer that had to be JSON', () => {
  const schema: AnswerFormat = {
    type: 'json_schema',
    name: 'answer',
    strict: true,
    schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'], additionalProperties: false },
  };

  it.each([
    ['{"n": 1}', 'fits'],
    ['{"n": 1.5}', 'wrong'],
    ['{"n": 1, "more": 2}', 'wrong'],
    ['{}', 'wrong'],
    ['Sure! {"n": 1}', 'wrong'],
    ['{"n": 1', 'wrong'],
    ['', 'wrong'],
  ])('is checked against its schema: %s', (text, kind) => {
    expect(checkAnswer(text, schema).kind).toBe(kind);
  });

  it('says where it does not fit', () => {
    expect(checkAnswer('{"n": "x"}', schema)).toMatchObject({ problems: [expect.stringMatching(/^n: /)] });
  });

  it('is an object where any object was asked for', () => {
    expect(checkAnswer('{"a": 1}', { type: 'json_object' }).kind).toBe('fits');
    expect(checkAnswer('[1]', { type: 'json_object' }).kind).toBe('wrong');
  });

  it('is never called fitting where the schema cannot be checked here', () => {
    const conditional = { type: 'object', if: {} } as const;
    expect(schemaTrouble(conditional)).toMatch(/not supported/);
    expect(checkAnswer('{}', { ...schema, schema: conditional }).kind).toBe('unchecked');
  });

  it('is shown as code, however many marks are in it', () => {
    expect(jsonFence('a')).toBe('```json\na\n```');
    expect(jsonFence('a ```` b')).toBe('`````json\na ```` b\n`````');
  });
});

describe('a tool as it is typed', () => {
  it('comes back as it was', () => {
    const made = toolOf(EXAMPLE_TOOL, []);
    expect('tool' in made && toolDraftOf(made.tool)).toEqual(EXAMPLE_TOOL);
  });

  it.each([
    ['no name', { ...NEW_TOOL }, { name: expect.any(String), schema: undefined }],
    ['a name with spaces', { ...NEW_TOOL, name: 'my tool' }, { name: expect.any(String), schema: undefined }],
    [
      'a name that is taken',
      { ...NEW_TOOL, name: 'other' },
      { name: 'Another tool has this name.', schema: undefined },
    ],
    [
      'no JSON',
      { ...NEW_TOOL, name: 'get', schemaText: '{' },
      { name: undefined, schema: expect.stringMatching(/^Not JSON/) },
    ],
    [
      'no object',
      { ...NEW_TOOL, name: 'get', schemaText: '{"type": "string"}' },
      { name: undefined, schema: expect.stringMatching(/object/) },
    ],
  ])('is refused: %s', (_, draft, problems) => {
    expect(toolOf(draft, ['other'])).toEqual({ problems });
  });

  it('reads schemas only from objects', () => {
    expect(readSchema('[]').ok).toBe(false);
    expect(readSchema('{"a": 1}')).toEqual({ ok: true, schema: { a: 1 } });
    expect(readToolSchema('{"a": 1}').ok).toBe(false);
  });
});

describe('images', () => {
  it.each([
    [{ name: 'a.png', type: 'image/png', size: 10 }, 0, undefined],
    [{ name: 'a.svg', type: 'image/svg+xml', size: 10 }, 0, /is not a PNG/],
    [{ name: 'a.png', type: 'image/png', size: 8_000_001 }, 0, /at most/],
    [{ name: 'a.png', type: 'image/png', size: 10 }, 8, /left out/],
  ])('%o with %i there already', (file, already, trouble) => {
    const told = troubleWith(file, already);
    if (trouble === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(trouble);
  });
});

describe('what a lane asks', () => {
  it.each(['sim/echo', 'auto', 'auto:cheap', 'gatehouse/fast', 'auto:unheard-of', 'gpt-4o:cheap'])('%s', (value) => {
    expect(targetValue(targetOf(value))).toBe(value);
  });

  it('is a mode only with auto', () => {
    expect(targetOf('auto:cheap')).toEqual({ model: 'auto', mode: 'cheap' });
    expect(targetOf('gpt-4o:cheap')).toEqual({ model: 'gpt-4o:cheap', mode: undefined });
  });
});
