import { expect, suite, test } from 'vitest';
import { toProviderError } from '../../../proxy/protocols/openai-chat/provider-error.ts';

suite('the error shapes of providers', () => {
  test.each<[string, unknown, unknown]>([
    [
      'OpenAI',
      { error: { message: 'no', type: 't', param: null, code: 'c' } },
      { message: 'no', type: 't', code: 'c' },
    ],
    ['OpenRouter', { error: { message: 'no', code: 502 }, user_id: 'u' }, { message: 'no', code: '502', status: 502 }],
    [
      'xAI',
      { code: 'The key is wrong', error: 'Incorrect API key' },
      { message: 'Incorrect API key', code: 'The key is wrong' },
    ],
    [
      'Mistral, flat',
      { object: 'error', message: 'Invalid model', type: 'invalid_model', code: '1500' },
      { message: 'Invalid model', type: 'invalid_model', code: '1500' },
    ],
    ['Mistral, detail', { detail: 'Unauthorized' }, { message: 'Unauthorized' }],
    [
      'FastAPI, without the input it quotes',
      { detail: [{ msg: 'field required', input: 'secret' }] },
      { message: 'field required' },
    ],
    ['Mistral, gateway', { message: 'Unauthorized', request_id: 'r' }, { message: 'Unauthorized' }],
    [
      'Gemini, in a list',
      [{ error: { code: 400, message: 'bad', status: 'INVALID_ARGUMENT' } }],
      { message: 'bad', code: '400', status: 400 },
    ],
    [
      'Groq, in a stream',
      { error: { message: 'm', type: 't', code: 'tool_use_failed', failed_generation: 'x', status_code: 400 } },
      { message: 'm', type: 't', code: 'tool_use_failed', status: 400 },
    ],
    ['without words', { error: {} }, { message: 'the provider sent an error without a message' }],
    ['an answer', { choices: [], message: 'x' }, undefined],
    ['an answer that says error: null', { choices: [], error: null }, undefined],
    ['a model list', { object: 'list', data: [], message: 'x' }, undefined],
    ['anything else', 'text', undefined],
    ['nothing', null, undefined],
  ])('%s', (_name, body, expected) => {
    expect(toProviderError(body)).toEqual(expected);
  });

  test('an error event is an error whatever is in it', () => {
    expect(toProviderError('overloaded', true)).toEqual({ message: 'overloaded' });
    expect(toProviderError({ choices: [] }, true)).toEqual({ message: 'the provider sent an error without a message' });
  });

  test('a page of a message is cut', () => {
    expect(toProviderError({ error: { message: 'x'.repeat(100_000) } })?.message.length).toBe(500);
  });
});
