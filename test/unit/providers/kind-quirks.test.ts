/** The quirks of each kind, as the request that they make of a call. */
import { expect, suite, test } from 'vitest';
import type { ProviderKind } from '../../../proxy/contract/config.ts';
import type { Call } from '../../../proxy/core/call.ts';
import { encodeRequest, type Json, userSays } from '../protocols/openai-chat-translate/helpers.ts';
import { providerOf } from './provider-of.ts';

suite('a quirk as the request it makes', () => {
  const quirksOf = (kind: ProviderKind, model: string) => providerOf(kind).quirksOf(model);
  const developer: Partial<Call> = {
    messages: [{ role: 'developer', parts: [{ kind: 'text', text: 'be brief' }] }, userSays('hi')],
  };
  const asDeveloper = [
    { role: 'developer', content: 'be brief' },
    { role: 'user', content: 'hi' },
  ];
  const asSystem = [
    { role: 'system', content: 'be brief' },
    { role: 'user', content: 'hi' },
  ];
  const tool = { kind: 'function', name: 'f', schema: { type: 'object' } } as const;
  const wireTool = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } };
  const thought: Partial<Call> = {
    messages: [
      userSays('hi'),
      {
        role: 'assistant',
        parts: [
          { kind: 'reasoning', text: 'hm' },
          { kind: 'text', text: 'ho' },
        ],
      },
      userSays('more'),
    ],
  };
  const answered = (fields: Json) => [
    { role: 'user', content: 'hi' },
    { role: 'assistant', ...fields },
    { role: 'user', content: 'more' },
  ];

  test.each<[kind: ProviderKind, what: string, model: string, call: Partial<Call>, fields: Json, warnings: string[]]>([
    ['openai', 'the newer limit', 'gpt-4o', { maxOutputTokens: 5 }, { max_completion_tokens: 5 }, []],
    ['openai', 'developers', 'gpt-4o', developer, { messages: asDeveloper }, []],
    ['openai', 'sampling', 'gpt-4o', { temperature: 0.5, stop: ['x'] }, { temperature: 0.5, stop: ['x'] }, []],
    [
      'openai',
      'none where it thinks',
      'gpt-5.1',
      { temperature: 0.5, stop: ['x'] },
      {},
      ['dropped_temperature', 'dropped_stop'],
    ],
    ['openai', 'penalties, o-series', 'o4-mini', { presencePenalty: 1 }, {}, ['dropped_presence_penalty']],
    ['openai', 'logprobs, o-series', 'o3', { logprobs: {} }, {}, ['dropped_logprobs']],
    ['openai', 'a wish to think', 'gpt-5', { reasoning: { effort: 'low' } }, { reasoning_effort: 'low' }, []],
    ['openai', 'not where nobody thinks', 'gpt-4o', { reasoning: { effort: 'low' } }, {}, ['dropped_reasoning']],
    [
      'openai',
      'nor in the chat model',
      'gpt-5-chat-latest',
      { reasoning: { effort: 'low' }, temperature: 1 },
      { temperature: 1 },
      ['dropped_reasoning'],
    ],
    [
      'openai',
      'allowed tools',
      'gpt-4o',
      { tools: [tool], toolChoice: { kind: 'allowed', names: ['f'], required: true } },
      {
        tools: [wireTool],
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'f' } }] },
        },
      },
      [],
    ],
    [
      'openai',
      'free-text tools',
      'gpt-5',
      { tools: [{ kind: 'custom', name: 'c' }] },
      { tools: [{ type: 'custom', custom: { name: 'c' } }] },
      [],
    ],

    ['groq', 'logprobs', 'llama-3.3-70b-versatile', { logprobs: {} }, {}, ['dropped_logprobs']],
    ['groq', 'penalties', 'llama-3.3-70b-versatile', { frequencyPenalty: 1 }, {}, ['dropped_frequency_penalty']],
    [
      'groq',
      'no wish to think',
      'llama-3.3-70b-versatile',
      { reasoning: { effort: 'low' } },
      {},
      ['dropped_reasoning'],
    ],
    [
      'groq',
      'three efforts',
      'openai/gpt-oss-120b',
      { reasoning: { effort: 'xhigh' } },
      { reasoning_effort: 'high' },
      ['reasoning_effort_changed'],
    ],
    ['groq', 'on or off', 'qwen/qwen3-32b', { reasoning: { effort: 'none' } }, { reasoning_effort: 'none' }, []],
    [
      'groq',
      'thinking goes back',
      'openai/gpt-oss-120b',
      thought,
      { messages: answered({ content: 'ho', reasoning: 'hm' }) },
      [],
    ],

    ['together', 'the older limit', 'm', { maxOutputTokens: 5 }, { max_tokens: 5 }, []],
    ['together', 'no developers', 'm', developer, { messages: asSystem }, []],
    ['together', 'top_k', 'm', { topK: 4 }, { top_k: 4 }, []],
    ['together', 'logprobs are another thing', 'm', { logprobs: {} }, {}, ['dropped_logprobs']],
    ['together', 'usage comes unasked', 'm', { stream: true }, { stream: true }, []],
    [
      'together',
      'parallel calls',
      'm',
      { tools: [tool], parallelToolCalls: false },
      { tools: [wireTool] },
      ['dropped_parallel_tool_calls'],
    ],

    ['xai', 'no developers', 'grok-4', developer, { messages: asSystem }, []],
    [
      'xai',
      'stop and penalties',
      'grok-4',
      { stop: ['x'], presencePenalty: 1 },
      {},
      ['dropped_stop', 'dropped_presence_penalty'],
    ],
    ['xai', 'stop where it does not think', 'grok-4-fast-non-reasoning', { stop: ['x'] }, { stop: ['x'] }, []],
    ['xai', 'no effort', 'grok-4-0709', { reasoning: { effort: 'low' } }, {}, ['dropped_reasoning']],
    [
      'xai',
      'two efforts',
      'grok-3-mini',
      { reasoning: { effort: 'medium' } },
      { reasoning_effort: 'low' },
      ['reasoning_effort_changed'],
    ],
    ['xai', 'efforts again', 'grok-4.3', { reasoning: { effort: 'medium' } }, { reasoning_effort: 'medium' }, []],
    [
      'xai',
      'thinking goes back',
      'grok-3-mini',
      thought,
      { messages: answered({ content: 'ho', reasoning_content: 'hm' }) },
      [],
    ],

    ['mistral', 'the older limit', 'm', { maxOutputTokens: 5 }, { max_tokens: 5 }, []],
    ['mistral', 'no developers', 'm', developer, { messages: asSystem }, []],
    ['mistral', 'its own seed', 'm', { seed: '7' }, { random_seed: 7 }, []],
    [
      'mistral',
      'any',
      'm',
      { tools: [tool], toolChoice: { kind: 'required' } },
      { tools: [wireTool], tool_choice: 'any' },
      [],
    ],
    ['mistral', 'no user', 'm', { user: 'u' }, {}, ['dropped_user']],
    [
      'mistral',
      'on or off',
      'mistral-small-latest',
      { reasoning: { effort: 'low' } },
      { reasoning_effort: 'high' },
      ['reasoning_effort_changed'],
    ],
    ['mistral', 'never told', 'magistral-medium-latest', { reasoning: { effort: 'low' } }, {}, ['dropped_reasoning']],
    [
      'mistral',
      'thinking goes back as parts',
      'm',
      thought,
      {
        messages: answered({
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
            { type: 'text', text: 'ho' },
          ],
        }),
      },
      [],
    ],
    [
      'mistral',
      'call ids of nine letters',
      'm',
      {
        messages: [
          userSays('hi'),
          { role: 'assistant', parts: [{ kind: 'tool-call', id: 'a12345678', name: 'f', arguments: '{}' }] },
          {
            role: 'tool',
            parts: [{ kind: 'tool-result', callId: 'a12345678', parts: [{ kind: 'text', text: 'ok' }] }],
          },
        ],
        tools: [tool],
      },
      {
        tools: [wireTool],
        messages: [
          { role: 'user', content: 'hi' },
          expect.objectContaining({ tool_calls: [expect.objectContaining({ id: 'a12345678' })] }),
          expect.objectContaining({ role: 'tool', tool_call_id: 'a12345678' }),
        ],
      },
      [],
    ],

    ['deepinfra', 'the older limit', 'm', { maxOutputTokens: 5, topK: 2 }, { max_tokens: 5, top_k: 2 }, []],
    ['deepinfra', 'no developers', 'm', developer, { messages: asSystem }, []],
    [
      'deepinfra',
      'parallel calls',
      'm',
      { tools: [tool], parallelToolCalls: false },
      { tools: [wireTool] },
      ['dropped_parallel_tool_calls'],
    ],
    [
      'deepinfra',
      'four efforts',
      'm',
      { reasoning: { effort: 'max' } },
      { reasoning_effort: 'high' },
      ['reasoning_effort_changed'],
    ],

    [
      'openrouter',
      'reasoning as an object',
      'm',
      { reasoning: { budgetTokens: 2000 } },
      { reasoning: { max_tokens: 2000 } },
      [],
    ],
    ['openrouter', 'every effort', 'm', { reasoning: { effort: 'max' } }, { reasoning: { effort: 'max' } }, []],
    ['openrouter', 'top_k', 'm', { topK: 4 }, { top_k: 4 }, []],
    [
      'openrouter',
      'marks of a cached prefix',
      'm',
      { messages: [{ role: 'user', parts: [{ kind: 'text', text: 'hi', cache: {} }] }] },
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'hi', cache_control: { type: 'ephemeral' } }] }] },
      [],
    ],

    ['ollama', 'the older limit', 'm', { maxOutputTokens: 5 }, { max_tokens: 5 }, []],
    ['ollama', 'no developers', 'm', developer, { messages: asSystem }, []],
    ['ollama', 'one answer', 'm', { choices: 2 }, {}, ['dropped_n']],
    [
      'ollama',
      'efforts',
      'm',
      { reasoning: { effort: 'minimal' } },
      { reasoning_effort: 'low' },
      ['reasoning_effort_changed'],
    ],
    [
      'ollama',
      'parallel calls',
      'm',
      { tools: [tool], parallelToolCalls: false },
      { tools: [wireTool] },
      ['dropped_parallel_tool_calls'],
    ],

    ['lmstudio', 'the older limit', 'm', { maxOutputTokens: 5, topK: 3 }, { max_tokens: 5, top_k: 3 }, []],
    ['lmstudio', 'no developers', 'm', developer, { messages: asSystem }, []],
    ['lmstudio', 'logprobs', 'm', { logprobs: {} }, {}, ['dropped_logprobs']],
    [
      'lmstudio',
      'instructions in the middle',
      'm',
      { messages: [userSays('hi'), { role: 'system', parts: [{ kind: 'text', text: 'be brief' }] }] },
      {
        messages: [
          { role: 'user', content: 'hi' },
          { role: 'user', content: '<system>\nbe brief\n</system>' },
        ],
      },
      ['system_message_as_user'],
    ],

    [
      'openai-compatible',
      'the words that all know',
      'm',
      { ...developer, maxOutputTokens: 5 },
      { messages: asSystem, max_tokens: 5 },
      [],
    ],
  ])('%s: %s (%s)', (kind, _what, model, call, fields, warnings) => {
    const encoded = encodeRequest(call, quirksOf(kind, model));
    expect(encoded.request).toEqual({
      model: 'target',
      messages: expect.anything(),
      ...fields,
    });
    expect(encoded.warnings).toEqual(warnings);
  });

  test.each(['ollama', 'lmstudio'] as const)('%s fetches no images', (kind) => {
    const image: Partial<Call> = {
      messages: [userSays({ kind: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } })],
    };
    expect(() => encodeRequest(image, quirksOf(kind, 'm'))).toThrowError(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});
