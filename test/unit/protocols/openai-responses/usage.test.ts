import { expect, suite, test } from 'vitest';
import type { Usage } from '../../../../proxy/core/usage.ts';
import { decodeFinishReason, encodeFinishReason } from '../../../../proxy/protocols/openai-responses/finish-reason.ts';
import { decodeUsage, encodeUsage } from '../../../../proxy/protocols/openai-responses/usage.ts';

suite('usage', () => {
  test.each<[string, unknown, Usage | undefined]>([
    [
      'totals include their parts',
      {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 60, cache_write_tokens: 30 },
        output_tokens: 50,
        output_tokens_details: { reasoning_tokens: 20 },
      },
      { inputTokens: 10, cacheReadTokens: 60, cacheWriteTokens: 30, outputTokens: 30, reasoningTokens: 20 },
    ],
    ['what is not said is not known', { input_tokens: 4 }, { inputTokens: 4 }],
    [
      'a part larger than its whole stands beside it',
      { output_tokens: 5, output_tokens_details: { reasoning_tokens: 9 } },
      { outputTokens: 5, reasoningTokens: 9 },
    ],
    ['wrong types are nothing', { input_tokens: '4', output_tokens: -1, input_tokens_details: null }, undefined],
    ['nothing', null, undefined],
  ])('%s', (_what, wire, usage) => {
    expect(decodeUsage(wire)).toEqual(usage);
  });

  test('is written so that it is read as it was', () => {
    const usage = { inputTokens: 10, cacheReadTokens: 60, cacheWriteTokens: 30, outputTokens: 30, reasoningTokens: 20 };
    expect(decodeUsage(encodeUsage(usage))).toEqual(usage);
    expect(encodeUsage(usage)).toMatchObject({ input_tokens: 100, output_tokens: 50, total_tokens: 150 });
  });

  test('an hour in the cache is written to it like any other time', () => {
    expect(encodeUsage({ inputTokens: 1, cacheWriteTokens: 2, cacheWrite1hTokens: 3, outputTokens: 4 })).toEqual({
      input_tokens: 6,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 5 },
      output_tokens: 4,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 10,
    });
  });

  test.each<[Usage | undefined]>([[undefined], [{ inputTokens: 3 }], [{ outputTokens: 3 }]])(
    '%j is not enough to be written: no count is made up',
    (usage) => {
      expect(encodeUsage(usage)).toBeNull();
    },
  );
});

suite('the end', () => {
  test.each([
    [{ status: 'completed' }, false, { unified: 'stop', raw: 'completed' }],
    [{ status: 'completed' }, true, { unified: 'tool-calls', raw: 'completed' }],
    [
      { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      true,
      { unified: 'length', raw: 'max_output_tokens' },
    ],
    [
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
      false,
      { unified: 'content-filter', raw: 'content_filter' },
    ],
    [
      { status: 'incomplete', incomplete_details: { reason: 'toString' } },
      false,
      { unified: 'other', raw: 'toString' },
    ],
    [{ status: 'incomplete' }, false, { unified: 'other', raw: 'incomplete' }],
    [{ status: 'cancelled' }, false, { unified: 'error', raw: 'cancelled' }],
    [{ status: 'in_progress' }, false, undefined],
    [{ status: 'queued' }, false, undefined],
    [{}, false, undefined],
  ])('%j with calls %j', (response, calls, reason) => {
    expect(decodeFinishReason(response, calls)).toEqual(reason);
  });

  test('that nobody told is written as incomplete', () => {
    expect(encodeFinishReason(undefined)).toEqual({ status: 'incomplete', incomplete_details: null });
  });
});
