import { expect, suite, test } from 'vitest';
import { toUsage } from '../../../proxy/protocols/openai-chat/usage.ts';

suite('usage to disjoint buckets', () => {
  test.each<[string, unknown, unknown]>([
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['an empty object', {}, undefined],
    ['words', { prompt_tokens: '5', completion_tokens: null }, undefined],
    ['plain', { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }, { inputTokens: 5, outputTokens: 7 }],
    [
      'details that are null',
      { prompt_tokens: 5, completion_tokens: 7, prompt_tokens_details: null, completion_tokens_details: null },
      { inputTokens: 5, outputTokens: 7 },
    ],
    [
      'OpenAI: cached tokens inside the prompt, reasoning inside the completion',
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 64 },
        completion_tokens_details: { reasoning_tokens: 30 },
      },
      { inputTokens: 36, cacheReadTokens: 64, outputTokens: 20, reasoningTokens: 30 },
    ],
    [
      'cache writes inside the prompt',
      {
        prompt_tokens: 4020,
        completion_tokens: 4,
        total_tokens: 4024,
        prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 4012 },
      },
      { inputTokens: 8, cacheReadTokens: 0, cacheWriteTokens: 4012, outputTokens: 4 },
    ],
    [
      'xAI: reasoning beside the completion, as the total tells',
      {
        prompt_tokens: 10,
        completion_tokens: 50,
        total_tokens: 512,
        completion_tokens_details: { reasoning_tokens: 452 },
      },
      { inputTokens: 10, outputTokens: 50, reasoningTokens: 452 },
    ],
    [
      'xAI with less reasoning than completion',
      {
        prompt_tokens: 10,
        completion_tokens: 50,
        total_tokens: 80,
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      { inputTokens: 10, outputTokens: 50, reasoningTokens: 20 },
    ],
    [
      'reasoning that cannot be inside, without a total',
      { prompt_tokens: 10, completion_tokens: 50, completion_tokens_details: { reasoning_tokens: 452 } },
      { inputTokens: 10, outputTokens: 50, reasoningTokens: 452 },
    ],
    [
      'more reasoning than completion where the total says that it is inside',
      {
        prompt_tokens: 43,
        completion_tokens: 10,
        total_tokens: 53,
        completion_tokens_details: { reasoning_tokens: 11 },
      },
      { inputTokens: 43, outputTokens: 0, reasoningTokens: 10 },
    ],
    [
      'a cache that cannot be inside the prompt',
      { prompt_tokens: 10, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 90 } },
      { inputTokens: 10, cacheReadTokens: 90, outputTokens: 1 },
    ],
    [
      'DeepSeek',
      { prompt_tokens: 10, completion_tokens: 1, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 6 },
      { inputTokens: 6, cacheReadTokens: 4, outputTokens: 1 },
    ],
    ['a part without its whole', { completion_tokens_details: { reasoning_tokens: 5 } }, { reasoningTokens: 5 }],
    [
      'numbers that are none',
      { prompt_tokens: -5, completion_tokens: 1.5, prompt_tokens_details: { cached_tokens: 2 ** 60 } },
      undefined,
    ],
  ])('%s', (_name, reported, buckets) => {
    expect(toUsage(reported)).toEqual(buckets);
  });
});
