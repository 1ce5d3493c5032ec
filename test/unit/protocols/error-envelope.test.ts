import { APIError } from 'openai';
import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../proxy/core/errors.ts';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';

const error = new GatehouseError('budget_exceeded', 'the budget is used up', {
  facts: { budget: 'month', leftNano: 0 },
});

suite('the error envelope', () => {
  test('is what OpenAI clients read', () => {
    const body = JSON.parse(openAiChat.encodeError(error, 'req_1').toString());
    expect(body).toEqual({
      error: {
        message: 'the budget is used up',
        type: 'budget_error',
        param: null,
        code: 'budget_exceeded',
        gatehouse: { budget: 'month', leftNano: 0, requestId: 'req_1' },
      },
    });
    const seen = APIError.generate(error.status, body, undefined, new Headers());
    expect({ status: seen.status, code: seen.code, type: seen.type }).toEqual({
      status: 402,
      code: 'budget_exceeded',
      type: 'budget_error',
    });
    expect(seen.message).toContain('the budget is used up');
  });

  test('names the field at fault', () => {
    const invalid = new GatehouseError('invalid_request', 'no', { param: 'n' });
    expect(JSON.parse(openAiChat.encodeError(invalid, 'r').toString()).error.param).toBe('n');
  });

  test('in a stream it is one event, and nothing says done', () => {
    const text = openAiChat.encodeStreamError(error, 'req_1').toString();
    expect(text).toBe(`data: ${openAiChat.encodeError(error, 'req_1').toString()}\n\n`);
  });
});
