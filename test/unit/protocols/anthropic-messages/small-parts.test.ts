import { expect, suite, test } from 'vitest';
import { costNano } from '../../../../proxy/core/price.ts';
import type { Usage } from '../../../../proxy/core/usage.ts';
import { matchDelta } from '../../../../proxy/protocols/anthropic-messages/fast-delta.ts';
import { quirksOfModel } from '../../../../proxy/protocols/anthropic-messages/model-quirks.ts';
import { CallIds, flatToolName } from '../../../../proxy/protocols/anthropic-messages/names.ts';
import { packSignature, unpackSignature } from '../../../../proxy/protocols/anthropic-messages/signature.ts';
import { fromUsage, mergeUsage, toUsage } from '../../../../proxy/protocols/anthropic-messages/usage.ts';
import { numberText, parseLossless, printLossless, toPlain } from '../../../../proxy/protocols/json/lossless.ts';

suite('numbers', () => {
  test.each([
    '12479678939117453000',
    '12479678939117453001',
    '-9223372036854775809',
    '1e400',
    '0.12345678901234567891',
    '9007199254740993',
  ])('%s is not rounded', (number) => {
    const text = `{"n":[${number}],"s":"1234567890123456789012"}`;
    expect(printLossless(parseLossless(text))).toBe(text);
  });

  test('can be ordinary ones again', () => {
    const value = parseLossless('{"max":9223372036854775807,"list":[1,"a",null]}') as never;
    expect(toPlain(value)).toEqual({
      max: Number('9223372036854775807'),
      list: [1, 'a', null],
    });
    expect([numberText(parseLossless('12479678939117453001')), numberText(7), numberText('7')]).toEqual([
      '12479678939117453001',
      '7',
      undefined,
    ]);
  });
});

suite('usage', () => {
  test('an hour in the cache has its own price, or that of five minutes', () => {
    const rates = {
      inputNanoPerMTok: 3_000_000_000,
      outputNanoPerMTok: 15_000_000_000,
      cacheWriteNanoPerMTok: 3_750_000_000,
    };
    const usage = { inputTokens: 1_000, cacheWriteTokens: 1_000, cacheWrite1hTokens: 1_000 };
    expect(costNano(usage, rates)).toBe(3_000_000 + 3_750_000 + 3_750_000);
    expect(costNano(usage, { ...rates, cacheWrite1hNanoPerMTok: 6_000_000_000 })).toBe(
      3_000_000 + 3_750_000 + 6_000_000,
    );
  });

  test.each([
    [
      { input_tokens: 5, output_tokens: 7 },
      { inputTokens: 5, outputTokens: 7 },
    ],
    [
      {
        input_tokens: 5,
        cache_creation_input_tokens: 9,
        cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 7 },
      },
      { inputTokens: 5, cacheWriteTokens: 2, cacheWrite1hTokens: 7 },
    ],
    [
      { cache_creation_input_tokens: 3, cache_creation: { ephemeral_1h_input_tokens: 7 } },
      { cacheWriteTokens: 0, cacheWrite1hTokens: 3 },
    ],
    [
      { output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } },
      { outputTokens: 5, reasoningTokens: 4 },
    ],
    [
      { output_tokens: 3, output_tokens_details: { thinking_tokens: 4 } },
      { outputTokens: 0, reasoningTokens: 3 },
    ],
    [
      {
        input_tokens: 1,
        output_tokens: 2,
        iterations: [
          { type: 'compaction', input_tokens: 10, output_tokens: 20 },
          { type: 'advisor_message', input_tokens: 99 },
        ],
      },
      // An advisor is another model, with prices of its own.
      { inputTokens: 11, outputTokens: 22, otherToolUses: 1 },
    ],
    [
      { input_tokens: 5, output_tokens: 2, server_tool_use: { web_search_requests: 3, web_fetch_requests: 1 } },
      { inputTokens: 5, outputTokens: 2, webSearches: 3, webFetches: 1 },
    ],
    [
      { input_tokens: 5, output_tokens: 2, server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 } },
      { inputTokens: 5, outputTokens: 2 },
    ],
    [{ input_tokens: null, cache_read_input_tokens: null }, undefined],
    [{ input_tokens: -1, output_tokens: 'x' }, undefined],
    [undefined, undefined],
  ])('%j', (raw, usage) => {
    expect(toUsage(raw)).toEqual(usage);
    const { otherToolUses: _untold, ...told }: Usage = usage ?? {};
    if (usage !== undefined) expect(toUsage(fromUsage(usage))).toMatchObject(told);
  });

  test('a later report wins, but null says nothing', () => {
    const first = mergeUsage(undefined, { input_tokens: 899, output_tokens: 1, cache_read_input_tokens: 4 });
    expect(mergeUsage(first, { input_tokens: 7_244, cache_read_input_tokens: null })).toEqual({
      input_tokens: 7_244,
      output_tokens: 1,
      cache_read_input_tokens: 4,
    });
    expect(mergeUsage(first, undefined)).toBe(first);
  });
});

suite('models by their names', () => {
  test.each([
    ['claude-3-haiku-20240307', { thinkingStyle: 'budget', schemaByTool: true }],
    ['claude-3-7-sonnet-20250219', { thinkingStyle: 'budget', schemaByTool: true }],
    ['claude-opus-4-20250514', { thinkingStyle: 'budget', schemaByTool: true }],
    ['claude-opus-4-1-20250805', { thinkingStyle: 'budget', oneSampling: true }],
    ['anthropic/claude-haiku-4.5', { thinkingStyle: 'budget', oneSampling: true }],
    ['claude-sonnet-4-6', { oneSampling: true }],
    ['claude-opus-4-8', { thinkingStyle: 'adaptive', noSampling: true }],
    ['claude-fable-5', { thinkingStyle: 'adaptive', noSampling: true }],
    ['claude-opus-5-5', { thinkingStyle: 'adaptive', noSampling: true }],
    ['glm-4.7', {}],
  ])('%s', (model, quirks) => {
    expect(quirksOfModel(model)).toEqual(quirks);
  });
});

suite('names, signatures and frames', () => {
  test('ids stay apart and the same', () => {
    const ids = new CallIds();
    expect(['a|b', 'a_b', 'a|b', ''].map((id) => ids.of(id))).toEqual(['a_b', 'a_b_2', 'a_b', 'call']);
    expect(flatToolName({ namespace: 'n.s', name: 'f' })).toBe('n_s__f');
  });

  test('a signature comes back with its origin, whatever it is', () => {
    for (const proof of [
      { signature: 's', origin: 'gemini', id: 'i', summary: true },
      { origin: 'openai-chat' },
      { signature: 'plain', origin: 'anthropic-messages' },
    ] as const)
      expect(unpackSignature(packSignature(proof))).toEqual(proof);
    expect(unpackSignature('gh1.broken')).toEqual({});
    expect(unpackSignature('')).toEqual({});
  });

  test.each([
    [
      '{"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"a\\"b\\u00e9"}  }',
      { index: 3, textBytes: 10 },
    ],
    [
      '{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""} }',
      { index: 0, textBytes: 0 },
    ],
    ['{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"},"x":1}', undefined],
    ['{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a\\x"}}', undefined],
    ['{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"a"}}', undefined],
  ])('%s', (data, expected) => {
    expect(matchDelta(`event: content_block_delta\ndata: ${data}\n\n`)).toEqual(expected);
  });
});
