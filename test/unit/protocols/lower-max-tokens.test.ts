import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anthropicMessages } from '../../../proxy/protocols/anthropic-messages/codec.ts';
import type { PassThroughCodec, RequestEdits } from '../../../proxy/protocols/codec.ts';
import { embeddings } from '../../../proxy/protocols/embeddings/codec.ts';
import { gemini } from '../../../proxy/protocols/gemini/codec.ts';
import { legacyCompletions } from '../../../proxy/protocols/legacy-completions/codec.ts';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';
import { openAiResponses } from '../../../proxy/protocols/openai-responses/codec.ts';

const CHAT = '"messages":[{"role":"user","content":"x"}]';
const CONTENTS = '"contents":[{"parts":[{"text":"x"}]}]';

function edited(codec: PassThroughCodec, text: string, edits: RequestEdits): string {
  return codec.inspectRequest(Buffer.from(text)).edit(edits).toString();
}

/** The body, and what it becomes with answers cut to 500 tokens. */
const CASES: readonly (readonly [string, PassThroughCodec, string, string])[] = [
  [
    'chat, the older name',
    openAiChat,
    `{"model":"a",${CHAT}, "max_tokens" : 4096 ,"z":1e3}`,
    `{"model":"a",${CHAT}, "max_tokens" : 500 ,"z":1e3}`,
  ],
  [
    'chat, the newer name',
    openAiChat,
    `{"max_completion_tokens":9e3,"model":"a",${CHAT}}`,
    `{"max_completion_tokens":500,"model":"a",${CHAT}}`,
  ],
  [
    'chat, both names',
    openAiChat,
    `{"model":"a",${CHAT},"max_tokens":400,"max_completion_tokens":600}`,
    `{"model":"a",${CHAT},"max_tokens":400,"max_completion_tokens":500}`,
  ],
  ['chat, null', openAiChat, `{"model":"a",${CHAT},"max_tokens":null}`, `{"model":"a",${CHAT},"max_tokens":500}`],
  [
    'chat, null beside a number',
    openAiChat,
    `{"model":"a",${CHAT},"max_tokens":null,"max_completion_tokens":501}`,
    `{"model":"a",${CHAT},"max_tokens":null,"max_completion_tokens":500}`,
  ],
  ['chat, none', openAiChat, `{"model":"a",${CHAT}}`, `{"model":"a","max_completion_tokens":500,${CHAT}}`],
  ['chat, the model last', openAiChat, `{${CHAT},"model":"a"}`, `{${CHAT},"model":"a","max_completion_tokens":500}`],
  [
    'legacy',
    legacyCompletions,
    '{"model":"a","prompt":"x","max_tokens":501}',
    '{"model":"a","prompt":"x","max_tokens":500}',
  ],
  [
    'legacy, none: its default is not raised',
    legacyCompletions,
    '{"model":"a","prompt":"x"}',
    '{"model":"a","max_tokens":16,"prompt":"x"}',
  ],
  [
    'responses',
    openAiResponses,
    '{"model":"a","input":"x","max_output_tokens":99999}',
    '{"model":"a","input":"x","max_output_tokens":500}',
  ],
  [
    'responses, none',
    openAiResponses,
    '{"input":"x","model":"a"}',
    '{"input":"x","model":"a","max_output_tokens":500}',
  ],
  [
    'responses, null',
    openAiResponses,
    '{"max_output_tokens":null,"input":"x","model":"a"}',
    '{"max_output_tokens":500,"input":"x","model":"a"}',
  ],
  ['messages', anthropicMessages, `{"model":"a","max_tokens":8192,${CHAT}}`, `{"model":"a","max_tokens":500,${CHAT}}`],
  ['messages, none', anthropicMessages, `{"model":"a",${CHAT}}`, `{"model":"a","max_tokens":500,${CHAT}}`],
  [
    'gemini',
    gemini,
    `{${CONTENTS},"generationConfig":{"topK":1,"maxOutputTokens": 8192}}`,
    `{${CONTENTS},"generationConfig":{"topK":1,"maxOutputTokens": 500}}`,
  ],
  [
    'gemini, the other spelling',
    gemini,
    `{${CONTENTS},"generation_config":{"max_output_tokens":8192}}`,
    `{${CONTENTS},"generation_config":{"max_output_tokens":500}}`,
  ],
  [
    'gemini, null in the config',
    gemini,
    `{${CONTENTS},"generationConfig":{"maxOutputTokens":null}}`,
    `{${CONTENTS},"generationConfig":{"maxOutputTokens":500}}`,
  ],
  [
    'gemini, another config',
    gemini,
    `{${CONTENTS},"generationConfig":{ "topK":1}}`,
    `{${CONTENTS},"generationConfig":{"maxOutputTokens":500, "topK":1}}`,
  ],
  [
    'gemini, an empty config',
    gemini,
    `{${CONTENTS},"generationConfig": {} }`,
    `{${CONTENTS},"generationConfig": {"maxOutputTokens":500} }`,
  ],
  [
    'gemini, a null config',
    gemini,
    `{"generationConfig":null,${CONTENTS}}`,
    `{"generationConfig":{"maxOutputTokens":500},${CONTENTS}}`,
  ],
  ['gemini, none', gemini, ` {\n${CONTENTS}}`, ` {"generationConfig":{"maxOutputTokens":500},\n${CONTENTS}}`],
];

describe('cutting the answer of a request that is passed on', () => {
  test.each(CASES)('%s', (_name, codec, before, after) => {
    expect(edited(codec, before, { maxOutputTokens: 500 })).toBe(after);
    // What the pipeline then reads is the new limit, and doing it again changes nothing.
    const again = codec.inspectRequest(Buffer.from(after));
    expect(again.facts.maxOutputTokens).toBeLessThanOrEqual(500);
    expect(again.edit({ maxOutputTokens: 500 }).toString()).toBe(after);
  });

  test.each(CASES.filter(([name]) => !/none|null|empty|another|last/.test(name)))(
    '%s is never raised',
    (_name, codec, before) => {
      const body = Buffer.from(before);
      expect(codec.inspectRequest(body).edit({ maxOutputTokens: 1_000_000 })).toBe(body);
    },
  );

  test('the name that a provider knows is put in', () => {
    const text = `{"model":"a",${CHAT}}`;
    expect(edited(openAiChat, text, { model: 'b', maxOutputTokens: 7, maxTokensField: 'max_tokens' })).toBe(
      `{"model":"b","max_tokens":7,${CHAT}}`,
    );
  });

  test('together with the other edits', () => {
    expect(
      edited(openAiChat, `{"model":"a","stream":true,${CHAT}}`, {
        model: 'longer',
        includeUsage: true,
        maxOutputTokens: 7,
      }),
    ).toBe(
      `{"model":"longer","stream_options":{"include_usage":true},"max_completion_tokens":7,"stream":true,${CHAT}}`,
    );
    expect(edited(gemini, `{"model":"models/a",${CONTENTS}}`, { model: 'b', maxOutputTokens: 7 })).toBe(
      `{"generationConfig":{"maxOutputTokens":7},"model":"models/b",${CONTENTS}}`,
    );
    expect(edited(anthropicMessages, `{"model":"a",${CHAT}}`, { model: 'b', maxOutputTokens: 7 })).toBe(
      `{"model":"b","max_tokens":7,${CHAT}}`,
    );
  });

  test('nothing is written for embeddings, so nothing is cut', () => {
    const body = Buffer.from('{"model":"a","input":"x"}');
    expect(embeddings.inspectRequest(body).edit({ maxOutputTokens: 7 })).toBe(body);
  });

  describe('thinking is part of what Anthropic lets a model write', () => {
    const body = (thinking: string) => `{"model":"a","max_tokens":32000,"thinking":${thinking},${CHAT}}`;
    const cut = (thinking: string, max: number) => edited(anthropicMessages, body(thinking), { maxOutputTokens: max });
    test.each([
      [
        'a budget that still fits',
        '{"type":"enabled","budget_tokens": 2000 }',
        2001,
        '{"type":"enabled","budget_tokens": 2000 }',
      ],
      [
        'one that no longer does',
        '{"type":"enabled","budget_tokens": 2000 }',
        2000,
        '{"type":"enabled","budget_tokens": 1999 }',
      ],
      ['no room for any', '{"type":"enabled","budget_tokens":2000}', 1024, '{"type":"disabled"}'],
      ['adaptive', '{"type":"adaptive"}', 300, '{"type":"adaptive"}'],
      ['off', '{"type":"disabled"}', 300, '{"type":"disabled"}'],
    ])('%s', (_name, before, max, after) => {
      expect(cut(before, max)).toBe(body(after).replace('32000', String(max)));
    });
  });

  test('of any chat request, all else stays byte for byte', () => {
    const value = fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' });
    const keys = fc.string({ unit: 'grapheme', maxLength: 8 }).map((key) => `x${key}`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(keys, value), { maxLength: 4 }),
        fc.nat(9_999),
        fc.nat(9_998),
        (more, asked, wanted) => {
          const max = wanted + 1;
          const rest = more.map(([key, inner]) => `,${JSON.stringify(key)}: ${JSON.stringify(inner)}`).join('');
          const text = (limit: number) => `{"model":"a",${CHAT}${rest},"max_tokens":${limit}}`;
          expect(edited(openAiChat, text(asked + 1), { maxOutputTokens: max })).toBe(text(Math.min(asked + 1, max)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
