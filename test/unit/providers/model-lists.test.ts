/** The shapes in which providers list their models. */
import { expect, suite, test } from 'vitest';
import { KINDS } from '../../../proxy/providers/kinds.ts';
import type { ModelList } from '../../../proxy/providers/model-lists/model-list.ts';

function listOf(kind: keyof typeof KINDS): ModelList {
  const { modelList } = KINDS[kind];
  if (modelList === undefined) throw new Error(`${kind} has no list`);
  return modelList;
}

suite('where the list is', () => {
  test.each([
    ['openai', '/v1', ['/v1/models']],
    ['anthropic', '/v1', ['/v1/models?limit=1000']],
    ['google', '/v1beta', ['/v1beta/models?pageSize=1000']],
    ['ollama', '/v1', ['/api/tags']],
    ['ollama', '/behind/v1', ['/behind/api/tags']],
    ['lmstudio', '/v1', ['/api/v0/models', '/v1/models']],
    ['openai-compatible', '', ['/models']],
  ] as const)('%s below %s', (kind, base, paths) => expect(listOf(kind).paths(base)).toEqual(paths));
});

suite("OpenAI's shape and its relatives", () => {
  const { read } = listOf('openai');
  test('OpenAI: ids alone', () => {
    const body = { object: 'list', data: [{ id: 'gpt-4o', object: 'model', created: 1, owned_by: 'system' }] };
    expect(read(body)).toEqual([{ id: 'gpt-4o' }]);
  });
  test('Groq: the context, and models that are switched off', () => {
    const data = [
      { id: 'a', active: true, context_window: 131072, max_completion_tokens: 32768 },
      { id: 'b', active: false, context_window: 8192 },
    ];
    expect(read({ data })).toEqual([{ id: 'a', contextTokens: 131072, maxOutputTokens: 32768 }]);
  });
  test('Together: the array alone; pictures and ranks are no calls of ours', () => {
    const body = [
      { id: 'chat', type: 'chat', context_length: 131072, pricing: { input: 0.88 } },
      { id: 'embed', type: 'embedding', context_length: 0 },
      { id: 'flux', type: 'image' },
      { id: 'rank', type: 'rerank' },
    ];
    // The price in the list is not read: prices come from the catalog and the config.
    expect(read(body)).toEqual([
      { id: 'chat', contextTokens: 131072 },
      { id: 'embed', purpose: 'embedding' },
    ]);
  });
  test('Mistral: the context and what it can do', () => {
    const data = [
      {
        id: 'mistral-small',
        max_context_length: 32768,
        capabilities: { function_calling: true, vision: true, completion_chat: true },
      },
      { id: 'codestral', capabilities: { function_calling: false, vision: false } },
    ];
    expect(read({ data })).toEqual([
      { id: 'mistral-small', contextTokens: 32768, tools: true, inputModalities: ['text', 'image'] },
      { id: 'codestral', tools: false, inputModalities: ['text'] },
    ]);
  });
  test('OpenRouter: modalities and parameters', () => {
    const data = [
      {
        id: 'a/b',
        context_length: 200000,
        architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
        top_provider: { max_completion_tokens: 64000 },
        supported_parameters: ['tools', 'reasoning', 'temperature'],
      },
    ];
    expect(read({ data })).toEqual([
      {
        id: 'a/b',
        contextTokens: 200000,
        maxOutputTokens: 64000,
        inputModalities: ['text', 'image'],
        outputModalities: ['text'],
        tools: true,
        reasoning: true,
        structuredOutput: false,
      },
    ]);
  });
  test('vLLM: the window', () =>
    expect(read({ data: [{ id: 'm', max_model_len: 4096 }] })).toEqual([{ id: 'm', contextTokens: 4096 }]));
});

test('Anthropic', () => {
  const body = {
    data: [
      { type: 'model', id: 'claude-x', display_name: 'X', max_input_tokens: 200000, max_tokens: 64000 },
      { id: 'claude-y', max_tokens: null },
    ],
    has_more: false,
  };
  expect(listOf('anthropic').read(body)).toEqual([
    { id: 'claude-x', contextTokens: 200000, maxOutputTokens: 64000 },
    { id: 'claude-y' },
  ]);
});

test('Gemini: the id without its folder, and what it is called for', () => {
  const models = [
    {
      name: 'models/gemini-x',
      inputTokenLimit: 1048576,
      outputTokenLimit: 65536,
      supportedGenerationMethods: ['generateContent', 'countTokens'],
      thinking: true,
    },
    { name: 'models/embed', inputTokenLimit: 2048, outputTokenLimit: 1, supportedGenerationMethods: ['embedContent'] },
    { name: 'models/imagen', supportedGenerationMethods: ['predict'] },
  ];
  expect(listOf('google').read({ models })).toEqual([
    { id: 'gemini-x', contextTokens: 1048576, maxOutputTokens: 65536, reasoning: true, purpose: 'chat' },
    { id: 'embed', contextTokens: 2048, maxOutputTokens: 1, purpose: 'embedding' },
  ]);
});

test('Ollama: names old and new, encoders, and models of its cloud', () => {
  const models = [
    { name: 'llama3:8b', model: 'llama3:8b', size: 1, details: { family: 'llama', families: ['llama'] } },
    { name: 'nomic:latest', details: { families: ['nomic-bert'] } },
    { model: 'qwen3:8b', details: { context_length: 40960 }, capabilities: ['completion', 'tools', 'thinking'] },
    { model: 'gpt-oss:120b-cloud', remote_host: 'https://ollama.com:443', remote_model: 'gpt-oss:120b' },
  ];
  expect(listOf('ollama').read({ models })).toEqual([
    { id: 'llama3:8b' },
    { id: 'nomic:latest', purpose: 'embedding' },
    { id: 'qwen3:8b', contextTokens: 40960, purpose: 'chat', inputModalities: ['text'], tools: true, reasoning: true },
    { id: 'gpt-oss:120b-cloud', runsElsewhere: true },
  ]);
});

test('LM Studio: the window a model was loaded with, and its older list', () => {
  const { read } = listOf('lmstudio');
  const data = [
    { id: 'qwen2-vl', type: 'vlm', max_context_length: 32768, loaded_context_length: 4096, capabilities: ['tool_use'] },
    { id: 'nomic', type: 'embeddings', max_context_length: 2048 },
  ];
  expect(read({ object: 'list', data })).toEqual([
    { id: 'qwen2-vl', contextTokens: 4096, purpose: 'chat', inputModalities: ['text', 'image'], tools: true },
    { id: 'nomic', contextTokens: 2048, purpose: 'embedding', inputModalities: ['text'] },
  ]);
  expect(read({ object: 'list', data: [{ id: 'old', object: 'model', owned_by: 'organization_owner' }] })).toEqual([
    { id: 'old' },
  ]);
});

suite('what is no list', () => {
  const kinds = ['openai', 'anthropic', 'google', 'ollama', 'lmstudio'] as const;
  const bodies = [undefined, null, 'text', 7, {}, { data: 'x', models: 'x' }, { error: { message: 'no' } }];
  test.each(kinds)('%s says so', (kind) => {
    for (const body of bodies) expect(listOf(kind).read(body)).toBeUndefined();
  });
  test.each(kinds)('%s skips entries that name no model', (kind) => {
    const junk = [
      null,
      7,
      'x',
      [],
      {},
      { id: '', name: '', model: '' },
      { id: 3, name: 3 },
      { id: 'x'.repeat(201), name: `models/${'x'.repeat(201)}` },
    ];
    expect(listOf(kind).read({ data: junk, models: junk })).toEqual([]);
  });
  test.each(kinds)('%s takes an id once', (kind) => {
    const twice = [
      { id: 'a', name: 'a' },
      { id: 'a', name: 'a' },
    ];
    expect(listOf(kind).read({ data: twice, models: twice })).toHaveLength(1);
  });
});
