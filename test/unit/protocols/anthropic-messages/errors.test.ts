import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import { clientSide } from '../../../../proxy/protocols/anthropic-messages/client-side.ts';
import { anthropicMessages } from '../../../../proxy/protocols/anthropic-messages/codec.ts';
import { providerSide } from '../../../../proxy/protocols/anthropic-messages/provider-side.ts';

suite('our own errors', () => {
  test.each([
    [new GatehouseError('model_not_found', 'No such model.'), 'not_found_error'],
    [new GatehouseError('budget_exceeded', 'Spent.', { facts: { budgetId: 'month' } }), 'billing_error'],
    [new GatehouseError('rate_limited', 'Slower.'), 'rate_limit_error'],
    [new GatehouseError('kill_switch', 'Off.'), 'overloaded_error'],
    [new GatehouseError('upstream_cut', 'Cut.'), 'api_error'],
    [new GatehouseError('upstream_idle_timeout', 'Silent.'), 'timeout_error'],
    [new GatehouseError('invalid_access_key', 'Who?'), 'authentication_error'],
    [new GatehouseError('body_too_large', 'Large.'), 'invalid_request_error'],
  ])('%s', (error, type) => {
    const body = JSON.parse(clientSide.encodeError(error, 'req_1').toString()) as object;
    expect(body).toMatchObject({
      type: 'error',
      error: { type, message: error.message, details: { error_code: error.code } },
      request_id: 'req_1',
      gatehouse: { code: error.code },
    });
    const frame = anthropicMessages.encodeStreamError(error, 'req_1').toString();
    expect(frame).toBe(`event: error\ndata: ${JSON.stringify(body)}\n\n`);
  });
});

suite("the provider's errors", () => {
  test.each([
    [
      529,
      '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
      { status: 529, type: 'overloaded_error', message: 'Overloaded' },
    ],
    [502, '<html>Bad gateway</html>', { status: 502, message: 'the provider sent an error without a message' }],
    [503, 'upstream down', { status: 503, message: 'upstream down' }],
    [400, '{"error":"text alone"}', { status: 400, message: 'text alone' }],
    [422, '{"message":"flat"}', { status: 422, message: 'the provider sent an error without a message' }],
    [
      200,
      '{"type":"error","error":{"type":"api_error","message":"inside"}}',
      { status: 500, type: 'api_error', message: 'inside' },
    ],
    [200, '{"type":"message","content":[]}', undefined],
    [200, 'no JSON', undefined],
  ])('%i %s', (status, body, expected) => {
    expect(providerSide.decodeError(status, Buffer.from(body), { 'retry-after': '3' })).toEqual(expected);
  });

  test.each([
    [{ message: 'Bad', status: 400 }, 'invalid_request_error'],
    [{ message: 'Slow', type: 'tokens', code: 'rate_limit_exceeded', status: 429 }, 'rate_limit_error'],
    [{ message: 'Full', status: 503 }, 'overloaded_error'],
    [{ message: 'Hm', type: 'server_error' }, 'api_error'],
  ])('of another protocol, %j', (error, type) => {
    expect(JSON.parse(clientSide.encodeProviderError(error, 'r').toString())).toMatchObject({
      type: 'error',
      error: { type, message: error.message },
    });
    expect(clientSide.encodeStreamError(error, 'r').toString()).toMatch(
      /^event: error\ndata: \{"type":"error".*\}\n\n$/,
    );
  });
});
