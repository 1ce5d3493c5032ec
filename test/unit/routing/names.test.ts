import { describe, expect, it } from 'vitest';
import { modelIndexOf } from '../../../proxy/routing/model-index.ts';
import { resolveName } from '../../../proxy/routing/names.ts';
import { model, provider, routing } from './support/fixtures.ts';

const PROVIDERS = new Map(
  [
    provider('openai', { models: [model('gpt-4o', [2.5, 10], { family: 'gpt-4o' }), model('gpt-4o-mini')] }),
    provider('backup', { models: [model('gpt-4o', [3, 11]), model('meta/llama-3', [1, 1], { family: 'llama-3' })] }),
    provider('groq', { models: [model('llama-3-8b', [1, 1], { family: 'llama-3' })], unlisted: ['secret-model'] }),
    provider('sim', { kind: 'simulator', models: [model('echo')], unlisted: ['lorem-50'] }),
    provider('ollama', { kind: 'ollama', models: [model('qwen3')], unlisted: ['anything', 'gpt-4p'] }),
  ].map((one) => [one.config.id, one] as const),
);
const RULES = routing({
  virtualModels: [
    { id: 'gatehouse/fast', mode: 'latency', targets: ['groq/llama-3-8b', 'openai/gpt-4o-mini'] },
    { id: 'gatehouse/nested', targets: ['gatehouse/fast', 'backup/gpt-4o'] },
    { id: 'house', targets: ['gatehouse/llama-3', 'gone/model'] },
    { id: 'gatehouse/snake', targets: ['gatehouse/tail', 'openai/gpt-4o'] },
    { id: 'gatehouse/deep', targets: ['gatehouse/snake', 'gatehouse/tail', 'openai/gpt-4o'] },
    { id: 'gatehouse/tail', targets: ['gatehouse/snake', 'openai/gpt-4o-mini'] },
  ],
  routing: { splits: [{ name: 'ab', model: 'gatehouse/chat', targets: [{ use: 'openai/gpt-4o', weight: 1 }] }] },
});

function said(written: string): string {
  const named = resolveName(written, modelIndexOf(PROVIDERS), RULES);
  if (named === undefined) return 'nothing';
  const mode = named.mode === undefined ? '' : ` :${named.mode}`;
  const own = named.ownMode === undefined ? '' : ` own ${named.ownMode}`;
  return `${named.kind}${mode}${own} ${named.targets.map(({ endpoint }) => endpoint).join(' ')}`.trim();
}

describe('what a name stands for', () => {
  const rows: [written: string, says: string][] = [
    ['openai/gpt-4o', 'forced openai/gpt-4o'],
    ['openai/ft:gpt-4o:acme::1', 'forced openai/ft:gpt-4o:acme::1'],
    ['ollama/qwen:code', 'forced ollama/qwen:code'],
    ['backup/meta/llama-3', 'forced backup/meta/llama-3'],
    ['gpt-4o', 'model openai/gpt-4o backup/gpt-4o'],
    ['meta/llama-3', 'model backup/meta/llama-3'],
    ['llama-3', 'family backup/meta/llama-3 groq/llama-3-8b'],
    ['gatehouse/llama-3', 'family backup/meta/llama-3 groq/llama-3-8b'],
    ['gatehouse/gpt-4o-mini', 'model openai/gpt-4o-mini'],
    ['auto', 'auto'],
    ['gatehouse/auto', 'auto'],
    ['auto:code', 'auto :code'],
    ['gatehouse/auto:latency', 'auto :latency'],
    ['gatehouse/fast', 'virtual_model own latency groq/llama-3-8b openai/gpt-4o-mini'],
    ['gatehouse/fast:cheap', 'virtual_model :cheap own latency groq/llama-3-8b openai/gpt-4o-mini'],
    ['gatehouse/nested', 'virtual_model groq/llama-3-8b openai/gpt-4o-mini backup/gpt-4o'],
    ['house', 'virtual_model backup/meta/llama-3 groq/llama-3-8b'],
    ['gatehouse/snake', 'virtual_model openai/gpt-4o-mini openai/gpt-4o'],
    ['gatehouse/deep', 'virtual_model openai/gpt-4o-mini openai/gpt-4o'],
    ['gatehouse/chat', 'virtual_model openai/gpt-4o'],
    ['gpt-4o:privacy', 'model :privacy openai/gpt-4o backup/gpt-4o'],
    ['claude/auto:code', 'auto :code'],
    ['claude/openai/gpt-4o', 'forced openai/gpt-4o'],
    ['claude/gpt-4o', 'model openai/gpt-4o backup/gpt-4o'],
    ['sim/lorem-50', 'forced sim/lorem-50'],
    ['lorem-50', 'model sim/lorem-50'],
    ['secret-model', 'model groq/secret-model'],
    ['sim/nope', 'nothing'],
    ['openai/', 'nothing'],
    ['sim/echo:code', 'nothing'],
    ['gpt-4p', 'nothing'],
    ['auto:fast', 'nothing'],
    [':code', 'nothing'],
    ['/', 'nothing'],
    ['', 'nothing'],
  ];
  it.each(rows)('"%s" is %s', (written, says) => expect(said(written)).toBe(says));

  it('lets a provider that is really called claude or gatehouse have its name', () => {
    const own = new Map([...PROVIDERS, ['claude', provider('claude')], ['gatehouse', provider('gatehouse')]] as const);
    const kindOf = (written: string) => resolveName(written, modelIndexOf(own), routing())?.targets[0]?.endpoint;
    expect(kindOf('claude/x')).toBe('claude/x');
    expect(kindOf('gatehouse/x')).toBe('gatehouse/x');
  });
});

describe('the index of models', () => {
  it('is kept while the lists are the same, and built anew when one of them changes', () => {
    let models = [model('one')];
    const changing = { ...provider('p'), models: () => models };
    const providers = new Map([['p', changing]]);
    const before = modelIndexOf(providers);
    expect(modelIndexOf(providers)).toBe(before);
    models = [model('one'), model('two')];
    expect(modelIndexOf(providers).listed('two')).toHaveLength(1);
    providers.set('q', { ...provider('q'), models: () => [model('three')] });
    expect(modelIndexOf(providers).listed('three')).toHaveLength(1);
  });

  it('keeps drills, embeddings and models that only draw out of what is chosen from', () => {
    const tier = 'economy' as const;
    const drawing = model('draws', [1, 1], { tier, outputModalities: ['image'] });
    const vectors = model('embeds', [1, 0], { tier, purpose: 'embedding' });
    const real = provider('real', { models: [model('talks', [1, 1], { tier }), drawing, vectors] });
    const sim = provider('sim', { kind: 'simulator', models: [model('echo', [1, 1], { tier })] });
    const pool = (...providers: readonly ReturnType<typeof provider>[]) =>
      modelIndexOf(new Map(providers.map((one) => [one.config.id, one])))
        .pool(tier)
        .map(({ endpoint }) => endpoint);
    expect(pool(real, sim)).toEqual(['real/talks']);
    expect(pool(sim)).toEqual(['sim/echo']);
    expect(pool(sim, provider('off', { enabled: false }))).toEqual(['sim/echo']);
  });
});
