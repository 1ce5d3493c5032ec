/** Requests that pass as they came: what is read of them, and the one edit. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../proxy/core/json.ts';
import { gemini, geminiCountTokens } from '../../../../proxy/protocols/gemini/codec.ts';
import { encodeTokenCount, estimateTokens } from '../../../../proxy/protocols/gemini/count-tokens.ts';

describe('requests that pass', () => {
  const inspect = (body: JsonObject) => gemini.inspectRequest(Buffer.from(JSON.stringify(body))).facts;
  const contents = [{ parts: [{ text: 'hello' }] }];

  test('facts, and the one edit', () => {
    const text =
      '{"model":"models/a", "contents":[{}],"generation_config":{"candidate_count":2,"maxOutputTokens":9}, "x": 12479678939117453000}';
    const { facts, edit } = gemini.inspectRequest(Buffer.from(text));
    expect(facts).toMatchObject({ model: 'a', choices: 2, maxOutputTokens: 9, stream: false });
    expect(edit({ model: 'b' }).toString()).toBe(text.replace('models/a', 'models/b'));
  });

  test('media have bounds of their own', () => {
    const plain = inspect({ contents }).inputTokensMax;
    const withPart = (part: JsonObject) => inspect({ contents: [{ parts: [part] }] }).inputTokensMax - plain;
    expect(withPart({ inlineData: { mimeType: 'image/png', data: 'iVBORw'.padEnd(100_000, 'A') } })).toBeLessThan(
      20_000,
    );
    expect(withPart({ inline_data: { mime_type: 'application/pdf', data: 'AA' } })).toBeGreaterThan(1_000_000);
    expect(withPart({ fileData: { fileUri: 'https://x' } })).toBeGreaterThan(1_000_000);
    expect(inspect({ contents, tools: [{ googleSearch: {} }] }).inputTokensMax).toBeGreaterThan(1_000_000);
    expect(inspect({ contents, cachedContent: 'c' }).inputTokensMax).toBeGreaterThan(1_000_000);
  });

  test.each<readonly [string, string]>([
    ['{"contents":[{}],"contents":[{}]}', 'contents'],
    ['{"generationConfig":{},"generation_config":{},"contents":[{}]}', 'generationConfig'],
    ['{"contents":[ ]}', 'contents'],
    ['{}', 'contents'],
    ['{"contents":[{}],"generationConfig":{"maxOutputTokens":-1}}', 'generationConfig.maxOutputTokens'],
    ['{"contents":[{}],"generationConfig":7}', 'generationConfig'],
  ])('%s is refused', (body, param) => {
    expect(() => gemini.inspectRequest(Buffer.from(body))).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: expect.objectContaining({ param }) }),
    );
  });

  test('countTokens', () => {
    const body = Buffer.from(JSON.stringify({ generateContentRequest: { contents } }));
    expect(estimateTokens(body)).toBeGreaterThan(0);
    expect(encodeTokenCount(3).toString()).toBe('{"totalTokens":3}');
    expect(geminiCountTokens.inspectResult(Buffer.from('{"totalTokens":3}'))).toEqual({ outputTokensEstimate: 0 });
    expect(geminiCountTokens.inspectResult(Buffer.from('{}'))).toMatchObject({ malformed: true });
  });
});
