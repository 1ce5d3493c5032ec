/** What providers count and charge beside tokens, read alike whole, streamed and translated. Facts of the recordings. */
import { describe, expect, test } from 'vitest';
import { costNano } from '../../../proxy/core/price.ts';
import type { Usage } from '../../../proxy/core/usage.ts';
import { providerCostNano } from '../../../proxy/protocols/extra-counts.ts';
import { GroundingCounts } from '../../../proxy/protocols/gemini/grounding-counts.ts';
import { toUsage as toChatUsage } from '../../../proxy/protocols/openai-chat/usage.ts';
import { openAiResponses } from '../../../proxy/protocols/openai-responses/codec.ts';
import { providerSide as responses } from '../../../proxy/protocols/openai-responses/provider-side.ts';
import { decodeUsage } from '../../../proxy/protocols/openai-responses/usage.ts';

describe('what the provider says it charged', () => {
  test.each([
    [{ cost: 0.0145 }, 14_500_000],
    [{ cost: 0.0076509169000000005 }, 7_650_917],
    [{ cost: 1.4e-7 }, 140],
    [{ cost: 0 }, 0],
    [{ cost_in_usd_ticks: 161_508_500 }, 16_150_850],
    [{ cost_in_usd_ticks: 1 }, 1],
    [{ cost: '0.1' }, undefined],
    [{ cost: -1 }, undefined],
    [{ cost: 1e12 }, undefined],
    [{ cost: null }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('%j', (usage, nano) => {
    expect(providerCostNano(usage)).toBe(nano);
  });

  /** Grok 4.3: 1.25 USD in, 0.20 cached, 2.50 out, 5 USD for 1,000 searches; 16,150,850 nano-dollars by its own count. */
  test('agrees with the published prices to the nano-dollar', () => {
    const reported = {
      input_tokens: 5_913,
      input_tokens_details: { cached_tokens: 2_048 },
      output_tokens: 364,
      output_tokens_details: { reasoning_tokens: 263 },
      server_side_tool_usage_details: { web_search_calls: 2, x_search_calls: 0, mcp_calls: 4 },
      cost_in_usd_ticks: 161_508_500,
    };
    const usage = decodeUsage(reported) ?? {};
    expect(usage).toMatchObject({ webSearches: 2 });
    expect(usage.otherToolUses).toBeUndefined();
    const price = {
      inputNanoPerMTok: 1_250_000_000,
      outputNanoPerMTok: 2_500_000_000,
      cacheReadNanoPerMTok: 200_000_000,
      extras: { searchNano: 5_000_000 },
    };
    expect(costNano(usage, price)).toBe(providerCostNano(reported));
  });
});

describe('counts of a chat', () => {
  test.each<[usage: object, extras: Usage]>([
    [{ prompt_tokens_details: { audio_tokens: 3, image_tokens: 4 } }, { audioInputTokens: 3, imageInputTokens: 4 }],
    [
      { completion_tokens_details: { audio_tokens: 5, image_tokens: 0 } },
      { audioOutputTokens: 5, imageOutputTokens: 0 },
    ],
    [{ prompt_tokens_details: { audio_tokens: 0, image_tokens: 0 } }, {}],
    [{ server_tool_use: { web_search_requests: 2 } }, { webSearches: 2 }],
    [{ num_sources_used: 7 }, { otherToolUses: 7 }],
    [{ prompt_audio_seconds: 203 }, { audioInputSeconds: 203 }],
    [{ prompt_audio_seconds: {} }, {}],
  ])('%j', (more, extras) => {
    const buckets = { inputTokens: 100, outputTokens: 50 };
    expect(toChatUsage({ prompt_tokens: 100, completion_tokens: 50, ...more })).toEqual({ ...buckets, ...extras });
  });
});

describe('searches by Google', () => {
  const counts = (model: string | undefined, ...queries: readonly string[][]) => {
    const grounding = new GroundingCounts();
    for (const each of queries) grounding.note({ groundingMetadata: { webSearchQueries: each } });
    return grounding.counts(model);
  };
  test.each([
    ['gemini-2.5-flash', [['a', 'b']], { webSearches: 1 }],
    ['models/gemini-2.0-flash-001', [['a', 'b']], { webSearches: 1 }],
    ['gemini-3-flash-preview', [['', 'a', 'b', 'a']], { webSearches: 2 }],
    ['gemini-3-flash-preview', [['a'], ['a', 'b']], { webSearches: 2 }],
    ['gemini-flash-latest', [['a', 'b']], { webSearches: 2 }],
    [undefined, [['a', 'b']], { webSearches: 2 }],
    ['gemini-3-flash-preview', [['', ' ']], {}],
    ['gemini-2.5-flash', [[]], {}],
  ])('%s %j', (model, queries, expected) => {
    expect(counts(model, ...queries)).toEqual(expected);
  });
  test('a look at the map is another tool', () => {
    const grounding = new GroundingCounts();
    grounding.note({ groundingMetadata: { groundingChunks: [{ maps: { uri: 'x' } }] } });
    grounding.note(undefined);
    expect(grounding.counts('gemini-2.5-flash')).toEqual({ otherToolUses: 1 });
  });
});

describe('a response that is cut', () => {
  const frame = (event: object) => Buffer.from(`data: ${JSON.stringify(event)}\n\n`);
  const begun = [
    frame({ type: 'response.created', response: { id: 'r', output: [] } }),
    frame({ type: 'response.output_item.added', output_index: 0, item: { id: 'w', type: 'web_search_call' } }),
    frame({
      type: 'response.output_item.done',
      output_index: 0,
      item: { id: 'w', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'q' } },
    }),
  ];
  test('has made its searches all the same', () => {
    const observer = openAiResponses.observeStream({ hideUsage: false });
    for (const piece of begun) observer.push(piece);
    expect(observer.summary().usage).toEqual({ webSearches: 1 });
    const decoder = responses.decodeStream();
    for (const piece of begun) decoder.push(piece);
    expect(decoder.end()).toMatchObject({ complete: false, usage: { webSearches: 1 } });
  });
  test('counts them once when the end repeats nothing', () => {
    const end = frame({
      type: 'response.completed',
      response: { id: 'r', status: 'completed', output: [], usage: { input_tokens: 1, output_tokens: 1 } },
    });
    const observer = openAiResponses.observeStream({ hideUsage: false });
    for (const piece of [...begun, end]) observer.push(piece);
    expect(observer.end().summary.usage).toMatchObject({ inputTokens: 1, webSearches: 1 });
  });
});
