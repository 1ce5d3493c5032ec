import { describe, expect, test } from 'vitest';
import type { AnswerError } from '../../../proxy/core/answer.ts';
import { ERRORS, type ErrorCode, GatehouseError } from '../../../proxy/core/errors.ts';
import { classifyFailure, FAILURE_KINDS } from '../../../proxy/routing/failure.ts';

const NOW_MS = 1_800_000_000_000;

function answer(status: number, says?: AnswerError, headers: Record<string, string> = {}, body?: string) {
  const failure = classifyFailure(
    {
      kind: 'answer',
      status,
      headers,
      ...(says === undefined ? {} : { says }),
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    },
    NOW_MS,
  );
  return failure;
}

describe('failures of our own', () => {
  test.each<[ErrorCode, string, string, string]>([
    ['upstream_connect_failed', 'connect', 'provider', 'retry'],
    ['upstream_tls_failed', 'tls', 'provider', 'next'],
    ['upstream_connect_timeout', 'timeout', 'provider', 'retry'],
    ['upstream_first_byte_timeout', 'timeout', 'endpoint', 'retry'],
    ['upstream_idle_timeout', 'timeout', 'endpoint', 'retry'],
    ['upstream_total_timeout', 'timeout', 'endpoint', 'next'],
    ['upstream_cut', 'cut', 'endpoint', 'retry'],
    ['upstream_malformed', 'malformed', 'endpoint', 'retry'],
    ['upstream_too_large', 'too_large', 'request', 'next'],
    ['credential_missing', 'credential', 'credential', 'next'],
    ['credential_unavailable', 'credential', 'credential', 'next'],
    ['budget_exceeded', 'gateway', 'request', 'next'],
    ['price_unknown', 'gateway', 'request', 'next'],
    ['client_closed', 'gateway', 'request', 'stop'],
    ['rate_limited', 'gateway', 'request', 'stop'],
    ['invalid_request', 'gateway', 'request', 'stop'],
  ])('%s', (code, kind, scope, decision) => {
    const failure = classifyFailure({ kind: 'error', error: new GatehouseError(code, 'x') }, NOW_MS);
    expect(failure).toEqual({ kind, scope, decision, status: ERRORS[code].status, code, message: 'x' });
  });

  test('every code of the catalogue has a meaning, and only upstream ones speak of a provider', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      const { kind, scope } = classifyFailure({ kind: 'error', error: new GatehouseError(code, 'x') }, NOW_MS);
      expect(FAILURE_KINDS).toContain(kind);
      if (!code.startsWith('upstream_')) expect(['request', 'credential']).toContain(scope);
    }
  });
});

describe('by status alone', () => {
  test.each<[number, string, string, string]>([
    [301, 'malformed', 'provider', 'next'],
    [400, 'bad_request', 'request', 'stop'],
    [401, 'credential', 'credential', 'next'],
    [402, 'quota', 'credential', 'next'],
    [403, 'credential', 'credential', 'next'],
    [404, 'model_missing', 'endpoint', 'next'],
    [405, 'bad_request', 'request', 'stop'],
    [408, 'timeout', 'endpoint', 'retry'],
    [409, 'conflict', 'request', 'retry'],
    [410, 'model_missing', 'endpoint', 'next'],
    [413, 'context_overflow', 'request', 'larger-context'],
    [415, 'bad_request', 'request', 'stop'],
    [422, 'bad_request', 'request', 'stop'],
    [424, 'server_error', 'endpoint', 'retry'],
    [425, 'conflict', 'request', 'retry'],
    [429, 'rate_limited', 'endpoint', 'retry'],
    [500, 'server_error', 'endpoint', 'retry'],
    [502, 'server_error', 'endpoint', 'retry'],
    [503, 'overloaded', 'endpoint', 'retry'],
    [504, 'timeout', 'endpoint', 'retry'],
    [522, 'server_error', 'endpoint', 'retry'],
    [529, 'overloaded', 'endpoint', 'retry'],
  ])('HTTP %i', (status, kind, scope, decision) => {
    expect(answer(status)).toMatchObject({ kind, scope, decision, status });
  });

  test('an error inside a 200 is judged by what it says of itself, else as one of the server', () => {
    const inside = (says: AnswerError) => classifyFailure({ kind: 'event', says }, NOW_MS).kind;
    expect(inside({ message: 'x', status: 429 })).toBe('rate_limited');
    expect(inside({ message: 'x', type: 'overloaded_error' })).toBe('overloaded');
    expect(inside({ message: 'x', code: 'rate_limit_exceeded' })).toBe('rate_limited');
    expect(inside({ message: 'x', code: 'server_error' })).toBe('server_error');
    expect(inside({ message: 'something broke' })).toBe('server_error');
    expect(inside({ message: 'no', type: 'invalid_request_error' })).toBe('bad_request');
    expect(answer(200, { message: 'x', status: 401 }).kind).toBe('credential');
  });

  test('a body that is no answer at all, inside a 200', () => {
    const failure = classifyFailure({ kind: 'answer', status: 200, headers: {}, malformed: true }, NOW_MS);
    expect(failure).toMatchObject({ kind: 'malformed', scope: 'endpoint', decision: 'retry' });
  });

  test('the page of a firewall does not condemn the credential', () => {
    const failure = classifyFailure({ kind: 'answer', status: 403, headers: {}, malformed: true }, NOW_MS);
    expect(failure).toMatchObject({ kind: 'malformed', scope: 'provider', decision: 'next' });
  });
});

describe('no money, no quota', () => {
  test.each<[provider: string, status: number, says: AnswerError, scope: string]>([
    ['OpenAI', 429, { code: 'insufficient_quota', message: 'You exceeded your current quota' }, 'credential'],
    [
      'OpenAI, hard limit',
      400,
      { code: 'billing_hard_limit_reached', message: 'Billing hard limit has been reached' },
      'credential',
    ],
    [
      'Anthropic',
      400,
      { type: 'invalid_request_error', message: 'Your credit balance is too low to access the Anthropic API.' },
      'credential',
    ],
    [
      'Anthropic, own limit',
      400,
      { message: 'You have reached your specified API usage limits. You will regain access on 2026-12-01.' },
      'credential',
    ],
    [
      'OpenRouter',
      402,
      { code: '402', message: 'This request requires more credits, or fewer max_tokens.' },
      'credential',
    ],
    ['OpenRouter, limit of the key', 403, { code: '403', message: 'Key limit exceeded (total limit).' }, 'credential'],
    ['xAI', 403, { message: "Your newly created team doesn't have any credits yet." }, 'credential'],
    ['DeepSeek and its like', 402, { message: 'Insufficient Balance' }, 'credential'],
    [
      'Groq, a day',
      429,
      {
        code: 'rate_limit_exceeded',
        message: 'Rate limit reached on tokens per day (TPD): Limit 100000. Please try again in 7m40.32s.',
      },
      'endpoint',
    ],
    ['OpenRouter, a day', 429, { message: 'Rate limit exceeded: free-models-per-day.' }, 'endpoint'],
    [
      'Bedrock, a day',
      429,
      { code: 'ThrottlingException', message: 'Too many tokens per day, please wait before trying again.' },
      'endpoint',
    ],
    ['Bedrock, its service quota', 400, { code: 'ServiceQuotaExceededException', message: 'x' }, 'endpoint'],
    [
      'Gemini, hours',
      429,
      { code: '429', type: 'RESOURCE_EXHAUSTED', message: 'You exceeded your current quota. Please retry in 5h2m1s.' },
      'endpoint',
    ],
  ])('%s', (_provider, status, says, scope) => {
    expect(answer(status, says)).toMatchObject({ kind: 'quota', scope, decision: 'next' });
  });

  test('Gemini tells in its details which limit it was', () => {
    const says = { code: '429', type: 'RESOURCE_EXHAUSTED', message: 'You exceeded your current quota' };
    const body = (quotaId: string) =>
      JSON.stringify({
        error: {
          details: [
            { '@type': 'QuotaFailure', violations: [{ quotaId }] },
            { '@type': 'RetryInfo', retryDelay: '12.5s' },
          ],
        },
      });
    expect(answer(429, says, {}, body('GenerateRequestsPerDayPerProjectPerModel-FreeTier'))).toMatchObject({
      kind: 'quota',
      scope: 'endpoint',
      retryAfterMs: 12_500,
    });
    expect(answer(429, says, {}, body('GenerateRequestsPerMinutePerProjectPerModel'))).toMatchObject({
      kind: 'rate_limited',
      retryAfterMs: 12_500,
    });
    expect(answer(429, says, {}, `[${body('PerMinute')}]`).retryAfterMs).toBe(12_500);
    expect(answer(429, says, {}, '{"half').kind).toBe('rate_limited');
  });
});

describe('keys, models and refusals behind misleading numbers', () => {
  test.each<[what: string, status: number, says: AnswerError, kind: string]>([
    ['xAI, a bad key', 400, { code: 'invalid-argument', message: 'Incorrect API key provided.' }, 'credential'],
    ['Gemini, a bad key', 400, { code: 'API_KEY_INVALID', message: 'API key not valid.' }, 'credential'],
    [
      'Bedrock, an expired session',
      403,
      { code: 'ExpiredTokenException', message: 'The security token included in the request is expired' },
      'credential',
    ],
    [
      'Bedrock, a policy on one model',
      403,
      {
        code: 'AccessDeniedException',
        message:
          'User: arn:aws:iam::1:user/a is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model/x',
      },
      'model_missing',
    ],
    [
      'Gemini, not served here',
      400,
      { type: 'FAILED_PRECONDITION', message: 'User location is not supported for the API use.' },
      'model_missing',
    ],
    ['OpenAI, not served here', 403, { code: 'unsupported_country_region_territory', message: 'x' }, 'model_missing'],
    [
      'LM Studio without a model',
      400,
      { message: 'No models loaded. Please load a model in the developer page' },
      'model_missing',
    ],
    [
      'OpenAI, flagged',
      400,
      { code: 'invalid_prompt', message: 'Invalid prompt: your prompt was flagged' },
      'content_refused',
    ],
    [
      'Azure',
      400,
      {
        code: 'content_filter',
        message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy",
      },
      'content_refused',
    ],
    ['Anthropic', 400, { message: 'Output blocked by content filtering policy' }, 'content_refused'],
    [
      'OpenRouter',
      403,
      { message: 'openai/x requires moderation on OpenAI. Your input was flagged for "violence".' },
      'content_refused',
    ],
    [
      'Ollama is busy',
      503,
      { message: 'server busy, please try again. maximum pending requests exceeded' },
      'overloaded',
    ],
    ['Bedrock, the model failed', 424, { code: 'ModelErrorException', message: 'x' }, 'malformed'],
    [
      'Groq, JSON that does not parse',
      400,
      { code: 'json_validate_failed', message: 'Failed to generate JSON.' },
      'malformed',
    ],
    [
      'OpenRouter, an error of somebody behind it',
      401,
      { code: '401', message: 'Provider returned error' },
      'model_missing',
    ],
    [
      'a field without a place',
      400,
      { code: 'unknown_parameter', message: "Unknown parameter: 'context'." },
      'bad_request',
    ],
  ])('%s', (_what, status, says, kind) => {
    expect(answer(status, says).kind).toBe(kind);
  });

  test("AWS's class stands in a header only", () => {
    const headers = { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/' };
    expect(answer(503, { message: 'x' }, headers).kind).toBe('rate_limited');
  });

  test('only a refusal by the provider itself disables a credential', () => {
    expect(answer(401).credentialRefused).toBe(true);
    const missing = classifyFailure({ kind: 'error', error: new GatehouseError('credential_missing', 'x') }, NOW_MS);
    expect(missing.credentialRefused).toBeUndefined();
  });

  test('what happened is told without the words of the provider', () => {
    expect(answer(503, { message: 'my prompt' }).message).toBe('says that it is overloaded (with HTTP 503)');
    expect(answer(200, { message: 'my prompt', status: 500 }).message).toBe('failed (inside its answer, meaning 500)');
  });

  test('a code that is no word does not reach the records', () => {
    expect(answer(400, { message: 'x', code: 'my prompt was: hello' }).code).toBeUndefined();
    expect(answer(400, { message: 'x', code: 'The caller', type: 'invalid_request_error' }).code).toBe(
      'invalid_request_error',
    );
  });
});
