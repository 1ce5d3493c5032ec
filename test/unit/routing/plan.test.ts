import { describe, expect, it } from 'vitest';
import { patternsReady } from '../../../proxy/routing/pattern-engine.ts';
import { planRoute, routedNames } from '../../../proxy/routing/plan.ts';
import { ALL, ANTHROPIC, OPENAI, STANDARD } from './support/five-providers.ts';
import { call, leftOut, model, plan, provider, shape, state, tried } from './support/fixtures.ts';

await patternsReady('promptMatches');

/** What anybody would give to the best model there is. */
const HARD = call(
  'Prove step by step that there are infinitely many primes of the form 4k+3, and then analyse the trade-offs of three distributed consensus architectures in depth.',
);

describe('a forced model', () => {
  it('is served by nobody else', () => {
    const made = plan('openai/gpt-4o', ALL);
    expect(tried(made)).toEqual(['openai/gpt-4o asked']);
    expect(made).toMatchObject({ kind: 'forced', mode: undefined, tier: 'standard', sticky: false, excluded: [] });
  });

  it('has the fallbacks that the request and the config name, the request first', () => {
    const config = { routing: { fallbacks: { 'openai/gpt-4o': ['anthropic/claude-sonnet', 'llama'] } } };
    const asked = shape('openai/gpt-4o', { alternates: ['groq/tiny', 'no such model'] });
    const made = plan(asked, ALL, { config });
    expect(tried(made)).toEqual([
      'openai/gpt-4o asked',
      'groq/tiny request_fallback',
      'anthropic/claude-sonnet fallback',
      'groq/llama-8b fallback',
      'together/meta/llama fallback',
    ]);
    expect(made.reasons).toContain("Number 2 of the request's own fallbacks names no model that is known here.");
  });

  it('is served although nobody knows it', () => {
    expect(tried(plan('openai/ft:new', ALL))).toEqual(['openai/ft:new asked']);
  });

  it('has larger siblings only of its family at its provider', () => {
    const big = model('gpt-4o-long', [5, 20], { ...STANDARD, family: 'gpt-4o', contextTokens: 1_000_000 });
    const long = provider('openai', { models: [...OPENAI.models(), big] });
    const elsewhere = provider('azure', { models: [big] });
    const asked = shape('openai/gpt-4o', { inputTokensEstimate: 100_000 });
    const names = plan(asked, [long, elsewhere, ANTHROPIC]).largerContext.map(
      ({ view }) => `${view.provider}/${view.model}`,
    );
    expect(names).toEqual(['openai/gpt-4o-long']);
  });
});

describe('a known id', () => {
  it('goes to the cheapest provider that has it, then to its family, then to its like elsewhere', () => {
    const made = plan('gpt-4o', ALL);
    expect(tried(made)).toEqual([
      'openai/gpt-4o asked',
      'openrouter/gpt-4o asked',
      'anthropic/claude-sonnet equivalent',
    ]);
    expect(made).toMatchObject({ kind: 'model', mode: 'cheap', tier: 'standard' });
  });

  it('goes to its family at other providers, in the order of their scores', () => {
    const made = plan('meta/llama', ALL, { config: { routing: { equivalents: false } } });
    expect(tried(made)).toEqual(['together/meta/llama asked', 'groq/llama-8b family']);
  });

  it('has no equivalents where the config switches them off', () => {
    const made = plan('claude-sonnet', ALL, { config: { routing: { equivalents: false } } });
    expect(tried(made)).toEqual(['anthropic/claude-sonnet asked']);
  });

  it('has its configured fallbacks, and theirs, before anything that nobody named', () => {
    const fallbacks = { 'gpt-4o': ['claude-opus'], 'claude-opus': ['groq/tiny'], 'groq/tiny': ['gpt-4o'] };
    const made = plan('gpt-4o', ALL, { config: { routing: { fallbacks } } });
    expect(tried(made)).toEqual([
      'openai/gpt-4o asked',
      'openrouter/gpt-4o asked',
      'anthropic/claude-opus fallback',
      'groq/tiny fallback',
      'anthropic/claude-sonnet equivalent',
    ]);
  });

  it('has at most six targets', () => {
    const many = Array.from({ length: 9 }, (_, at) => provider(`p${at}`, { models: [model('m', [at + 1, 1])] }));
    expect(tried(plan('m', many))).toEqual(Array.from({ length: 6 }, (_, at) => `p${at}/m asked`));
  });

  it('is never stood in for when it makes vectors, but by itself', () => {
    const vectors = (id: string) => model(id, [0.1, 0], { tier: 'economy', purpose: 'embedding', family: id });
    const providers = [
      provider('a', { models: [vectors('e1')] }),
      provider('b', { models: [vectors('e2'), vectors('e1'), model('any', [0.1, 0], { tier: 'economy' })] }),
    ];
    const made = plan(shape('e1', { operation: 'embedding', translatable: false }), providers);
    expect(tried(made)).toEqual(['a/e1 asked', 'b/e1 asked']);
  });
});

describe('a family', () => {
  it('is chosen from by the mode, which may stand behind its name', () => {
    expect(tried(plan('llama', ALL)).slice(0, 2)).toEqual(['groq/llama-8b family', 'together/meta/llama family']);
    const health = { 'together/meta/llama': { firstTokenMs: 100 }, 'groq/llama-8b': { firstTokenMs: 9_000 } };
    const made = plan('gatehouse/llama:latency', ALL, { health });
    expect(tried(made).slice(0, 2)).toEqual(['together/meta/llama family', 'groq/llama-8b family']);
    expect(made).toMatchObject({ kind: 'family', mode: 'latency' });
  });
});

describe('a virtual model', () => {
  const virtualModels = [
    { id: 'gatehouse/order', targets: ['together/meta/llama', 'groq/llama-8b'] },
    { id: 'gatehouse/cheap', mode: 'cheap' as const, targets: ['together/meta/llama', 'groq/llama-8b'] },
  ];
  const config = { virtualModels, routing: { equivalents: false } };

  it('without a mode is tried as it is written', () => {
    const made = plan('gatehouse/order', ALL, { config });
    expect(tried(made)).toEqual(['together/meta/llama virtual_model', 'groq/llama-8b virtual_model']);
    expect(made).toMatchObject({ kind: 'virtual_model', mode: undefined });
  });

  it('keeps its order where only the config has a mode, and gives it up to one that was asked for', () => {
    const withDefault = { ...config, routing: { equivalents: false, defaultMode: 'cheap' as const } };
    expect(tried(plan('gatehouse/order', ALL, { config: withDefault }))[0]).toBe('together/meta/llama virtual_model');
    expect(tried(plan('gatehouse/order', ALL, { config }, { mode: 'cheap' }))[0]).toBe('groq/llama-8b virtual_model');
    expect(tried(plan('gatehouse/order:cheap', ALL, { config }))[0]).toBe('groq/llama-8b virtual_model');
  });

  it('with a mode is ordered by it', () => {
    expect(tried(plan('gatehouse/cheap', ALL, { config }))[0]).toBe('groq/llama-8b virtual_model');
  });

  it('is listed among the names that routing offers', () => {
    expect(routedNames(state([], { config }))).toEqual(['auto', 'gatehouse/order', 'gatehouse/cheap']);
  });
});

describe('auto', () => {
  it('chooses in the tier of the call and says why', () => {
    const made = plan('auto', ALL);
    expect(made).toMatchObject({ kind: 'auto', tier: 'economy', mode: 'cheap' });
    expect(tried(made)[0]).toBe('groq/tiny mode');
    expect(made.reasons[0]).toMatch(/^The call looks economy: .+\.$/);
  });

  it('has the best of other providers before the second best of the same', () => {
    expect(tried(plan('auto', ALL)).slice(0, 4)).toEqual([
      'groq/tiny mode',
      'openai/gpt-4o-mini mode',
      'together/meta/llama mode',
      'groq/llama-8b mode',
    ]);
  });

  it('goes a tier up, and then down, where nothing in the tier can serve the call', () => {
    const eligibleTiers = (...tiers: readonly string[]) => ({
      killed: (scope: { provider: string; model: string }) =>
        !ALL.some((one) =>
          one
            .models()
            .some(
              (info) => one.config.id === scope.provider && info.id === scope.model && tiers.includes(info.tier ?? ''),
            ),
        ),
    });
    const made = plan('auto', ALL, eligibleTiers('standard', 'premium'));
    expect(tried(made)[0]).toBe('openai/gpt-4o mode');
    expect(made.reasons).toContain('No economy model can serve it, so other tiers are looked at.');
    const hard = shape('auto', { decoded: HARD });
    const down = plan(hard, ALL, eligibleTiers('economy'));
    expect(down.candidates[0]?.view.tier).toBe('economy');
  });

  it('takes models whose tier nobody knows last, so that a gateway with nothing else still answers', () => {
    const local = provider('ollama', { kind: 'ollama', url: 'http://127.0.0.1:11434/v1', models: [model('qwen3')] });
    expect(tried(plan('auto', [local]))).toEqual(['ollama/qwen3 mode']);
    const sim = provider('sim', { kind: 'simulator', models: [model('echo', [1, 2])] });
    expect(tried(plan('auto', [sim]))).toEqual(['sim/echo mode']);
    expect(() => plan('auto', [sim, provider('real')])).toThrowError(
      expect.objectContaining({ code: 'no_target_available' }),
    );
  });

  it('stays in the tier where equivalents are switched off', () => {
    const made = plan('auto', ALL, { config: { routing: { equivalents: false } } });
    expect(new Set(made.candidates.map(({ view }) => view.tier))).toEqual(new Set(['economy']));
    expect(plan('auto', ALL).candidates.some(({ view }) => view.tier === 'standard')).toBe(true);
  });

  it('is no name for an embedding', () => {
    expect(() => plan(shape('auto', { operation: 'embedding' }), ALL)).toThrowError(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});

describe('a rule', () => {
  const rules = [
    { name: 'no-secrets', when: { promptMatches: '(?i)top secret' }, refuse: 'Secrets stay in the house.' },
    { name: 'code', when: { promptMatches: '(?i)stack trace', model: 'gpt-*' }, use: 'anthropic/claude-sonnet' },
    { name: 'ci', when: { key: 'ci' }, mode: 'latency' as const },
    { name: 'new-names', when: { model: 'gpt-9' }, use: 'auto:quality' },
    { name: 'gone', when: { client: 'old' }, use: 'nowhere/at-all' },
  ];
  const config = { routing: { rules, equivalents: false } };
  const said = (text: string, asked = 'gpt-4o') => shape(asked, { decoded: call(text) });

  it('sends a call elsewhere, where others may step in although it names one target', () => {
    const made = plan(said('a Stack Trace'), ALL, { config: { routing: { rules } } });
    expect(tried(made)[0]).toBe('anthropic/claude-sonnet rule');
    expect(tried(made).length).toBeGreaterThan(1);
    expect(made).toMatchObject({ kind: 'model', rule: 'code' });
    expect(made.reasons[0]).toBe('The rule "code" sends this call to anthropic/claude-sonnet.');
  });

  it('leaves a forced model to nobody else but the target it names', () => {
    const always = [{ name: 'all', when: {}, use: 'anthropic/claude-sonnet' }];
    const made = plan('openai/gpt-4o', ALL, { config: { routing: { rules: always } } });
    expect(tried(made)).toEqual(['anthropic/claude-sonnet rule']);
    expect(made.kind).toBe('forced');
  });

  it('spares its own target nothing, as it is not the one that was forced', () => {
    const always = [{ name: 'all', when: {}, use: 'anthropic/claude-sonnet' }];
    const long = shape('openai/gpt-4o', { inputTokensEstimate: 250_000 });
    expect(() => plan(long, ALL, { config: { routing: { rules: always } } })).toThrowError(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });

  it('sets the mode, unless the call says another', () => {
    expect(plan('llama', ALL, { config }, { accessKeyId: 'ci' }).mode).toBe('latency');
    expect(plan('llama', ALL, { config }, { accessKeyId: 'ci', mode: 'quality' }).mode).toBe('quality');
  });

  it('refuses in its own words', () => {
    expect(() => plan(said('this is TOP SECRET'), ALL, { config })).toThrowError(
      expect.objectContaining({ code: 'refused_by_rule', message: 'Secrets stay in the house.', status: 403 }),
    );
  });

  it('gives a meaning to a name that has none', () => {
    const made = plan('gpt-9', ALL, { config });
    expect(made).toMatchObject({ kind: 'auto', mode: 'quality', rule: 'new-names' });
  });

  it('that names nothing is told, not passed over', () => {
    expect(() => plan('gpt-4o', ALL, { config }, { client: 'old' })).toThrowError(
      expect.objectContaining({ code: 'model_not_found', message: expect.stringContaining('"gone"') }),
    );
  });
});

describe('a split', () => {
  const splits = [
    {
      name: 'ab',
      model: 'gatehouse/chat',
      targets: [
        { use: 'openai/gpt-4o', weight: 90 },
        { use: 'groq/llama-8b', weight: 10 },
      ],
    },
  ];
  const config = { routing: { splits, equivalents: false } };

  it('draws an arm, has the other one behind it, and says which it was', () => {
    const made = plan('gatehouse/chat', ALL, { config, freshRandom: () => 0.95 });
    expect(tried(made).slice(0, 2)).toEqual(['groq/llama-8b split', 'openai/gpt-4o split']);
    expect(made.split).toEqual({ name: 'ab', arm: 'groq/llama-8b' });
  });

  it('says the arm that can serve the call, where the drawn one cannot', () => {
    const killed = ({ provider: id }: { provider: string }) => id === 'groq';
    const made = plan('gatehouse/chat', ALL, { config, killed, freshRandom: () => 0.95 });
    expect(made.split).toEqual({ name: 'ab', arm: 'openai/gpt-4o' });
  });

  it('also divides a name that a provider has', () => {
    const [ab] = splits;
    const own = ab === undefined ? [] : [{ ...ab, model: 'openai/gpt-4o' }];
    const made = plan('openai/gpt-4o', ALL, { config: { routing: { splits: own } }, freshRandom: () => 0.95 });
    expect(tried(made)).toEqual(['groq/llama-8b split', 'openai/gpt-4o split']);
  });
});

describe('stickiness', () => {
  const held = (endpoint: string) => ({ stickyTarget: () => endpoint });

  it('keeps a conversation where its cache is', () => {
    const cheaper = provider('cheaper', { models: [model('gpt-4o', [2, 10], { ...STANDARD, family: 'gpt-4o' })] });
    const asked = shape('gpt-4o', { inputTokensEstimate: 50_000 });
    expect(tried(plan(asked, [cheaper, OPENAI]))[0]).toBe('cheaper/gpt-4o asked');
    const made = plan(asked, [cheaper, OPENAI], held('openai/gpt-4o'));
    expect(tried(made)).toEqual(['openai/gpt-4o sticky', 'cheaper/gpt-4o asked']);
    expect(made.sticky).toBe(true);
    expect(made.conversation).toBeTypeOf('string');
  });

  it('is given up where the config says so, or where there is no choice', () => {
    const config = { routing: { sticky: false } };
    expect(plan('gpt-4o', ALL, { config, ...held('openrouter/gpt-4o') })).toMatchObject({ sticky: false });
    expect(plan('gpt-4o', ALL, { config }).conversation).toBeUndefined();
    expect(plan('openai/gpt-4o', ALL, held('openai/gpt-4o')).conversation).toBeUndefined();
  });

  it('is kept while the others are out, too: whoever serves holds the cache when they are back', () => {
    const killed = ({ provider: id }: { provider: string }) => id === 'openrouter';
    expect(plan('gpt-4o', ALL, { killed }).conversation).toBeDefined();
  });

  it('of auto lasts in a higher tier and ends in a lower one', () => {
    const cached = provider('cached', { models: [model('big', [2, 2, 0.01], { tier: 'standard' })] });
    const cheap = provider('plain', { models: [model('small', [0.9, 0.9], { tier: 'economy' })] });
    const asked = shape('auto', { inputTokensEstimate: 100_000 });
    expect(tried(plan(asked, [cheap, cached], held('cached/big')))[0]).toBe('cached/big sticky');
    const hard = shape('auto', { decoded: HARD, inputTokensEstimate: 100_000 });
    const premium = provider('best', { models: [model('huge', [9, 30], { tier: 'premium' })] });
    expect(tried(plan(hard, [cheap, cached, premium], held('plain/small')))[0]).toBe('best/huge mode');
  });
});

describe('privacy', () => {
  const quiet = provider('quiet', { retention: 'none', models: [model('gpt-4o', [9, 9], STANDARD)] });

  it('leaves out whoever may keep the prompt, whoever asked for the mode', () => {
    const made = plan('gpt-4o', [OPENAI, quiet], {}, { mode: 'privacy' });
    expect(tried(made)).toEqual(['quiet/gpt-4o asked']);
    expect(leftOut(made)).toContain('openai/gpt-4o: not_private');
    expect(made.mode).toBe('privacy');
    const config = { routing: { defaultMode: 'privacy' as const } };
    expect(() => plan('openai/gpt-4o', [OPENAI, quiet], { config })).toThrowError(
      expect.objectContaining({ code: 'model_not_allowed' }),
    );
  });
});

describe('a plan', () => {
  it('is made without decoding the call of a forced model', () => {
    const closed = () => {
      throw new Error('decoded');
    };
    const asked = { ...shape('openai/gpt-4o'), needs: closed, call: closed };
    expect(() => planRoute(asked, {}, state(ALL))).not.toThrow();
  });

  it('tells what a call will most likely cost at each place', () => {
    const [first] = plan(shape('openai/gpt-4o', { inputTokensEstimate: 3_000 }), ALL).candidates;
    expect(first?.view).toEqual({
      provider: 'openai',
      model: 'gpt-4o',
      tier: 'standard',
      estimatedCostNano: 3_000 * 2_500 + 1_000 * 10_000,
      because: 'asked',
    });
  });

  it('has larger siblings of the same tier for a call that may not fit', () => {
    const asked = shape('gpt-4o', { inputTokensEstimate: 100_000 });
    const others = provider('others', {
      models: [
        model('same', [3, 15], { ...STANDARD, contextTokens: 128_000 }),
        model('nobody knows', [3, 15], STANDARD),
      ],
    });
    const names = plan(asked, [OPENAI, ANTHROPIC, others]).largerContext.map(
      ({ view }) => `${view.model} ${view.because}`,
    );
    expect(names).toEqual(['claude-sonnet larger_context']);
    expect(plan('gpt-4o', [OPENAI, ANTHROPIC]).largerContext).toEqual([]);
  });
});
