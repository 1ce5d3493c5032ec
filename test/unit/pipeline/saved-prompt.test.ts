/** Which version a request names, what stands for its variables, and the words for what is wrong with either. */
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../proxy/core/errors.ts';
import { GatehouseError } from '../../../proxy/core/errors.ts';
import { expanded, type Saved } from '../../support/prompts.ts';

const saying = (content: string, label?: string): Saved => ({
  messages: [{ role: 'user', content }],
  ...(label === undefined ? {} : { label }),
});

function said(prompt: unknown, ...versions: readonly Saved[]): string {
  const body = JSON.parse(expanded('openai-chat', JSON.stringify({ model: 'm', messages: [], prompt }), ...versions));
  expect(body).not.toHaveProperty('prompt');
  return body.messages[0].content;
}

function refusal(prompt: unknown, ...versions: readonly Saved[]): GatehouseError {
  try {
    said(prompt, ...versions);
  } catch (error) {
    if (error instanceof GatehouseError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the version', () => {
  const versions = [saying('one', 'v1'), saying('two'), saying('three')];
  test.each([
    [undefined, 'three'],
    [null, 'three'],
    [1, 'one'],
    ['2', 'two'],
    ['v1', 'one'],
  ])('%j is "%s"', (version, text) => {
    expect(said({ id: 'gatehouse/p', version }, ...versions)).toBe(text);
  });

  test.each<[unknown, ErrorCode, RegExp]>([
    [4, 'prompt_version_not_found', /has no version 4; its newest is 3/],
    [0, 'prompt_version_not_found', /has no version 0/],
    ['draft', 'prompt_version_not_found', /has no version "draft"/],
    ['<script>', 'prompt_version_not_found', /has no version of that label/],
    ['', 'invalid_request', /number or the label/],
    [1.5, 'invalid_request', /number or the label/],
    [{}, 'invalid_request', /number or the label/],
  ])('%j is refused', (version, code, message) => {
    const error = refusal({ id: 'gatehouse/p', version }, ...versions);
    expect({ code: error.code, status: error.status, param: error.details.param }).toEqual({
      code,
      status: 400,
      param: 'prompt.version',
    });
    expect(error.message).toMatch(message);
  });

  test.each([
    ['gatehouse/none', /there is no saved prompt "gatehouse\/none"/],
    ['gatehouse/', /is "gatehouse\/" and its name/],
    ['gatehouse/Not One!', /is "gatehouse\/" and its name/],
  ])('of "%s" is refused', (id, message) => {
    const error = refusal({ id }, ...versions);
    expect(error).toMatchObject({ code: 'prompt_not_found', status: 400 });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('Not One');
  });

  test('of nothing else that is said beside it', () => {
    expect(refusal({ id: 'gatehouse/p', verison: 1 }, ...versions)).toMatchObject({
      code: 'invalid_request',
      details: { param: 'prompt' },
    });
  });
});

describe('variables', () => {
  const PROMPT = saying('{{greeting}}, {{ name }}! {{name}}? {{no name}} {{1}} { {name}} {{{name}}}');

  test('are put in as they are, everywhere, and never looked at again', () => {
    const variables = { greeting: '{{name}} $& $1 "\\\n\u2028', name: '{{greeting}}' };
    expect(said({ id: 'gatehouse/p', variables }, PROMPT)).toBe(
      '{{name}} $& $1 "\\\n\u2028, {{greeting}}! {{greeting}}? {{no name}} {{1}} { {name}} {{{greeting}}}',
    );
  });

  test('are texts, or what JSON writes as one word', () => {
    const body =
      '{"model":"m","prompt":{"id":"gatehouse/p","variables":{"greeting":18446744073709551615,"name":true}}}';
    const { messages } = JSON.parse(expanded('openai-chat', body, saying('{{greeting}} {{name}}')));
    expect(messages).toEqual([{ role: 'user', content: '18446744073709551615 true' }]);
  });

  test('may be named like parts of an object', () => {
    const prompt = saying('{{__proto__}} {{constructor}}');
    expect(refusal({ id: 'gatehouse/p' }, prompt).message).toContain('"__proto__", "constructor"');
    const body = '{"model":"m","prompt":{"id":"gatehouse/p","variables":{"__proto__":"a","constructor":"b"}}}';
    expect(JSON.parse(expanded('openai-chat', body, prompt)).messages[0].content).toBe('a b');
  });

  test.each<[unknown, ErrorCode, RegExp]>([
    [undefined, 'prompt_variable_missing', /needs a value for "greeting", "name"/],
    [{ name: 'x' }, 'prompt_variable_missing', /needs a value for "greeting";/],
    [
      { greeting: '', name: '', nmae: 'x' },
      'prompt_variable_unknown',
      /has no variable "nmae"; it has "greeting", "name"/,
    ],
    [{ greeting: '', name: '', 'a secret text': 'x' }, 'prompt_variable_unknown', /has no variable of such a name/],
    [['a'], 'invalid_request', /must be an object of texts/],
    ['a', 'invalid_request', /must be an object of texts/],
    [{ greeting: { text: 'x' }, name: '' }, 'invalid_request', /must be texts or numbers/],
    [{ greeting: null, name: '' }, 'invalid_request', /must be texts or numbers/],
  ])('%j are refused', (variables, code, message) => {
    const error = refusal({ id: 'gatehouse/p', variables }, PROMPT);
    expect({ code: error.code, status: error.status, param: error.details.param }).toEqual({
      code,
      status: 400,
      param: 'prompt.variables',
    });
    expect(error.message).toMatch(message);
  });

  test('of a prompt without any', () => {
    expect(refusal({ id: 'gatehouse/p', variables: { a: '' } }, saying('x')).message).toMatch(/"a"; it has none/);
  });

  test('by the dozen are not all told', () => {
    const names = Array.from({ length: 7 }, (_, index) => `v${index}`);
    const { message } = refusal({ id: 'gatehouse/p' }, saying(names.map((name) => `{{${name}}}`).join('')));
    expect(message).toContain('"v0", "v1", "v2", "v3", "v4" and 2 more');
  });
});
