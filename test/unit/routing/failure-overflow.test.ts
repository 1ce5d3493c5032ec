/** Every provider has its own words for a call that is too long, and similar words for something else. */
import { describe, expect, test } from 'vitest';
import type { AnswerError } from '../../../proxy/core/answer.ts';
import { classifyFailure, type Failure } from '../../../proxy/routing/failure.ts';

function answer(status: number, says: AnswerError): Failure {
  return classifyFailure({ kind: 'answer', status, headers: {}, says }, 1_800_000_000_000);
}

describe('a call that does not fit', () => {
  test.each<[provider: string, status: number, says: AnswerError]>([
    [
      'OpenAI',
      400,
      {
        code: 'context_length_exceeded',
        message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
      },
    ],
    ['OpenAI Responses', 400, { message: 'Your input exceeds the context window of this model.' }],
    [
      'Anthropic, with output',
      400,
      { message: 'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000' },
    ],
    ['Anthropic, bytes', 413, { type: 'request_too_large', message: 'Request exceeds the maximum size' }],
    [
      'Gemini',
      400,
      {
        code: '400',
        type: 'INVALID_ARGUMENT',
        message: 'The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).',
      },
    ],
    ['Bedrock', 400, { code: 'ValidationException', message: 'Input is too long for requested model.' }],
    [
      'Claude at Bedrock',
      400,
      { message: 'The model returned the following errors: prompt is too long: 903884 tokens > 200000 maximum' },
    ],
    ['Bedrock, in a stream', 200, { code: 'ModelStreamErrorException', message: 'Input is too long' }],
    [
      'Mistral',
      400,
      {
        message:
          'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      },
    ],
    [
      'Groq',
      400,
      { code: 'context_length_exceeded', message: 'Please reduce the length of the messages or completion.' },
    ],
    ['Together', 422, { message: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193.' }],
    ['xAI', 400, { message: "This model's maximum prompt length is 131072 but the request contains 537812 tokens." }],
    [
      'llama.cpp',
      400,
      { type: 'exceed_context_size_error', message: 'the request exceeds the available context size' },
    ],
    ['Ollama', 400, { message: 'prompt too long; exceeded max context length by 12 tokens' }],
    ['Ollama, older', 500, { message: 'context length exceeded' }],
    [
      'LM Studio',
      200,
      {
        message:
          'Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
      },
    ],
    ['vLLM', 400, { message: "You passed 9000 input tokens. However, the model's context length is only 4096 tokens" }],
    ['Moonshot', 400, { message: 'Your request exceeded model token limit: 131072 (requested: 140000)' }],
    [
      'GLM',
      400,
      { code: '400', message: 'Input length 877338 exceeds the maximum allowed input length of 639968 tokens' },
    ],
    ['Cohere', 400, { code: 'TOO_MANY_TOKENS', message: 'too many tokens' }],
  ])('%s', (_provider, status, says) => {
    expect(answer(status, says)).toMatchObject({
      kind: 'context_overflow',
      scope: 'request',
      decision: 'larger-context',
    });
  });

  test.each<[what: string, status: number, says: AnswerError, kind: string]>([
    [
      'too much output asked for',
      400,
      { message: 'max_tokens is too large: 100000. This model supports at most 16384 completion tokens' },
      'bad_request',
    ],
    [
      'too much output asked of Claude',
      400,
      { message: 'max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens' },
      'bad_request',
    ],
    [
      'Bedrock throttles tokens',
      429,
      { code: 'ThrottlingException', message: 'Too many tokens, please wait before trying again.' },
      'rate_limited',
    ],
    [
      'the same in a stream',
      200,
      { code: 'ThrottlingException', message: 'Too many tokens, please wait before trying again.' },
      'rate_limited',
    ],
    [
      'Groq counts tokens of a minute',
      413,
      {
        code: 'rate_limit_exceeded',
        message: 'Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 9000',
      },
      'rate_limited',
    ],
  ])('not: %s', (_what, status, says, kind) => {
    expect(answer(status, says).kind).toBe(kind);
  });

  test('over the rate limit all alone: waiting does not help, and the endpoint is not to blame', () => {
    const says = {
      code: 'rate_limit_exceeded',
      message: 'Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000.',
    };
    expect(answer(429, says)).toMatchObject({ kind: 'rate_limited', scope: 'request', decision: 'next' });
    expect(answer(413, says)).toMatchObject({ kind: 'rate_limited', scope: 'request', decision: 'next' });
  });
});
