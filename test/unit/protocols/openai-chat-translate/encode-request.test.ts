/** Calls as requests to OpenAI and to its many relatives. */
import { expect, suite, test } from 'vitest';
import type { Call } from '../../../../proxy/core/call.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../../../../proxy/protocols/openai-chat/translate/structured-output.ts';
import type { Quirks } from '../../../../proxy/protocols/translation.ts';
import { encodeRequest, type Json } from './helpers.ts';

const f = { kind: 'function', name: 'f', schema: { type: 'object' } } as const;
const g = { kind: 'function', name: 'g' } as const;
const wire = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } };
const schema = { type: 'object', properties: { a: { type: 'string' } } };

suite('fields under every quirk', () => {
  test.each<[string, Partial<Call>, Quirks, Json, string[]]>([
    ['nothing', {}, {}, {}, []],
    ['a stream asks for usage', { stream: true }, {}, { stream: true, stream_options: { include_usage: true } }, []],
    ['unless refused', { stream: true }, { noStreamUsage: true }, { stream: true }, []],
    ['a limit', { maxOutputTokens: 5 }, {}, { max_completion_tokens: 5 }, []],
    ['its older name', { maxOutputTokens: 5 }, { maxTokensField: 'max_tokens' }, { max_tokens: 5 }, []],
    ['stop', { stop: ['x'] }, {}, { stop: ['x'] }, []],
    ['no stop', { stop: ['x'] }, { noStop: true }, {}, ['dropped_stop']],
    ['penalties', { presencePenalty: 1, frequencyPenalty: 2 }, {}, { presence_penalty: 1, frequency_penalty: 2 }, []],
    ['no penalties', { presencePenalty: 1 }, { noPenalties: true }, {}, ['dropped_presence_penalty']],
    ['logprobs', { logprobs: { top: 2 } }, {}, { logprobs: true, top_logprobs: 2 }, []],
    ['no logprobs', { logprobs: { top: 2 } }, { noLogprobs: true }, {}, ['dropped_logprobs']],
    ['top_k where it is known', { topK: 3 }, { topK: true }, { top_k: 3 }, []],
    ['and where not', { topK: 3 }, {}, {}, ['dropped_top_k']],
    ['no sampling', { temperature: 1, topP: 1 }, { noSampling: true }, {}, ['dropped_temperature', 'dropped_top_p']],
    ['one of two', { temperature: 1, topP: 1 }, { oneSampling: true }, { temperature: 1 }, ['dropped_top_p']],
    ['one alone', { topP: 1 }, { oneSampling: true }, { top_p: 1 }, []],
    [
      "a tool of the provider's own, by its type",
      {
        tools: [{ kind: 'provider', name: 'search', raw: { type: 'search' }, origin: 'openai-chat' }],
        toolChoice: { kind: 'tool', name: 'search' },
      },
      {},
      { tools: [{ type: 'search' }], tool_choice: { type: 'search' } },
      [],
    ],
    ['n and user', { choices: 2, user: 'u' }, {}, { n: 2, user: 'u' }, []],
    ['refused by name', { user: 'u', choices: 2 }, { refusedFields: ['user'] }, { n: 2 }, ['dropped_user']],
    ['parallel calls', { tools: [f], parallelToolCalls: false }, {}, { tools: [wire], parallel_tool_calls: false }, []],
    ['not without tools', { parallelToolCalls: false }, {}, {}, []],
    [
      'nor where unknown',
      { tools: [f], parallelToolCalls: false },
      { noParallelToolCalls: true },
      { tools: [wire] },
      ['dropped_parallel_tool_calls'],
    ],
    [
      'true is what happens anyway',
      { tools: [f], parallelToolCalls: true },
      { noParallelToolCalls: true },
      { tools: [wire] },
      [],
    ],
    ['required', { tools: [f], toolChoice: { kind: 'required' } }, {}, { tools: [wire], tool_choice: 'required' }, []],
    [
      "Mistral's any",
      { tools: [f], toolChoice: { kind: 'required' } },
      { requiredIsAny: true },
      { tools: [wire], tool_choice: 'any' },
      [],
    ],
    [
      'some tools, as the others left out',
      { tools: [f, g], toolChoice: { kind: 'allowed', names: ['f'], required: true } },
      {},
      { tools: [wire], tool_choice: 'required' },
      [],
    ],
    [
      'some tools, in words',
      { tools: [f, g], toolChoice: { kind: 'allowed', names: ['f'], required: false } },
      { allowedTools: true },
      {
        tools: [wire, { type: 'function', function: { name: 'g' } }],
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] },
        },
      },
      [],
    ],
    [
      'tools of other providers',
      { tools: [f, { kind: 'provider', name: 'web', raw: {}, origin: 'openai-responses' }] },
      {},
      { tools: [wire] },
      ['dropped_tool'],
    ],
    ['tags of answers that are not stored', { metadata: { a: 'b' } }, {}, {}, ['dropped_metadata']],
    [
      'tags of stored ones',
      { metadata: { a: 'b' }, foreign: { protocol: 'openai-chat', fields: {}, quiet: { store: true } } },
      {},
      { metadata: { a: 'b' }, store: true },
      [],
    ],
    [
      "another protocol's fields",
      {
        foreign: {
          protocol: 'openai-responses',
          fields: { truncation: 'auto' },
          quiet: { store: false, safety_identifier: 's' },
        },
      },
      { openAiFields: true },
      { safety_identifier: 's' },
      ['dropped_truncation'],
    ],
    [
      "OpenAI's words at OpenAI",
      { verbosity: 'low', serviceTier: 'flex', cacheKey: 'k' },
      { openAiFields: true },
      { verbosity: 'low', service_tier: 'flex', prompt_cache_key: 'k' },
      [],
    ],
    [
      'and elsewhere',
      { verbosity: 'low', serviceTier: 'flex', cacheKey: 'k' },
      {},
      {},
      ['dropped_verbosity', 'dropped_service_tier'],
    ],
    ['an ordinary tier is no wish', { serviceTier: 'standard_only' }, {}, {}, []],
    ["Anthropic's tier", { serviceTier: 'standard_only' }, { openAiFields: true }, { service_tier: 'default' }, []],
    ['a tier nobody knows', { serviceTier: 'gold' }, { openAiFields: true }, {}, ['dropped_service_tier']],
    [
      'a long id of a person, by its hash',
      { user: 'u'.repeat(65) },
      {},
      { user: expect.stringMatching(/^[0-9a-f]{64}$/) },
      [],
    ],
    ['JSON', { output: { kind: 'json' } }, {}, { response_format: { type: 'json_object' } }, []],
    [
      'a schema without a name',
      { output: { kind: 'schema', schema, strict: true } },
      {},
      { response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } },
      [],
    ],
  ])('%s', (_name, call, quirks, expected, warnings) => {
    const { request, warnings: codes } = encodeRequest(call, quirks);
    const { model, messages, ...rest } = request;
    expect({ model, messages }).toEqual({ model: 'target', messages: [{ role: 'user', content: 'hi' }] });
    expect(rest).toEqual(expected);
    expect(codes).toEqual(warnings);
  });

  test.each([
    ['12479678939117453000', {}, '"seed":12479678939117453000}'],
    ['-1', { randomSeed: true }, '"random_seed":-1}'],
  ] as const)('seed %s keeps its digits', (seed, quirks, end) => {
    expect(encodeRequest({ seed }, quirks).text.endsWith(end)).toBe(true);
  });

  test.each<[string, Quirks]>([
    ['5', { noSeed: true }],
    ['5', { refusedFields: ['seed'] }],
    ['1.5', {}],
    ['{}', {}],
  ])('seed %s is left out', (seed, quirks) => {
    const { request, warnings } = encodeRequest({ seed }, quirks);
    expect([request.seed, warnings]).toEqual([undefined, ['dropped_seed']]);
  });

  test.each<[string, NonNullable<Call['reasoning']>, Quirks, Json, string[]]>([
    ['effort', { effort: 'low' }, {}, { reasoning_effort: 'low' }, []],
    [
      'an effort it does not know',
      { effort: 'max' },
      { efforts: ['low', 'high'] },
      { reasoning_effort: 'high' },
      ['reasoning_effort_changed'],
    ],
    ['none is no degree', { effort: 'none' }, { efforts: ['low', 'high'] }, {}, ['reasoning_effort_changed']],
    ['a budget at a step', { budgetTokens: 4_096 }, {}, { reasoning_effort: 'low' }, ['reasoning_budget_as_effort']],
    ['a budget', { budgetTokens: 8_000 }, {}, { reasoning_effort: 'medium' }, ['reasoning_budget_as_effort']],
    [
      'a large budget',
      { budgetTokens: 32_000, enabled: true },
      {},
      { reasoning_effort: 'high' },
      ['reasoning_budget_as_effort'],
    ],
    ['the model decides', { adaptive: true }, {}, {}, []],
    ['switched off', { enabled: false }, {}, {}, ['dropped_reasoning']],
    ['a model that does not think', { effort: 'high' }, { reasoningWish: 'none' }, {}, ['dropped_reasoning']],
    ['and need not', { enabled: false }, { reasoningWish: 'none' }, {}, []],
    [
      'a budget at OpenRouter',
      { budgetTokens: 9 },
      { reasoningWish: 'reasoning-object' },
      { reasoning: { max_tokens: 9 } },
      [],
    ],
    [
      'effort at OpenRouter',
      { effort: 'high', summary: 'none' },
      { reasoningWish: 'reasoning-object' },
      { reasoning: { effort: 'high', exclude: true } },
      [],
    ],
    [
      'off at OpenRouter',
      { enabled: false },
      { reasoningWish: 'reasoning-object' },
      { reasoning: { enabled: false } },
      [],
    ],
  ])('reasoning: %s', (_name, reasoning, quirks, expected, warnings) => {
    const { request, warnings: codes } = encodeRequest({ reasoning }, quirks);
    const { model: _model, messages: _messages, ...rest } = request;
    expect([rest, codes]).toEqual([expected, warnings]);
  });
});

suite('structured output by a tool', () => {
  const output = { kind: 'schema', schema } as const;
  const answer = {
    type: 'function',
    function: { name: STRUCTURED_OUTPUT_TOOL, description: expect.any(String), parameters: schema },
  };

  test.each<[string, Partial<Call>, Json]>([
    [
      'alone it is forced',
      {},
      { tools: [answer], tool_choice: { type: 'function', function: { name: STRUCTURED_OUTPUT_TOOL } } },
    ],
    ['beside others one of them must be called', { tools: [f] }, { tools: [wire, answer], tool_choice: 'required' }],
    [
      'others that may not be called are left out',
      { tools: [f], toolChoice: { kind: 'none' } },
      { tools: [answer], tool_choice: { type: 'function', function: { name: STRUCTURED_OUTPUT_TOOL } } },
    ],
  ])('%s', (_name, call, expected) => {
    for (const quirks of [{ schemaByTool: true }, { noJsonSchema: true }]) {
      const { request } = encodeRequest({ output, ...call }, quirks);
      expect(request).toMatchObject(expected);
      expect(request.response_format).toBeUndefined();
    }
  });

  test('JSON without a schema needs it only where response_format is unknown', () => {
    expect(encodeRequest({ output: { kind: 'json' } }, { noJsonSchema: true }).request.response_format).toEqual({
      type: 'json_object',
    });
    expect(encodeRequest({ output: { kind: 'json' } }, { schemaByTool: true }).request.tools).toHaveLength(1);
  });
});
