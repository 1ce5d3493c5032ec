import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../proxy/contract/config.ts';
import { expectedCostNano, expectedOutputTokens, roughCostNano } from '../../../proxy/routing/expected-cost.ts';
import { type IndexedTarget, modelIndexOf } from '../../../proxy/routing/model-index.ts';
import { chooseMode, EQUIVALENT_WEIGHTS, MODE_WEIGHTS } from '../../../proxy/routing/modes.ts';
import { rankTargets, type ScoreFacts, spreadOverProviders } from '../../../proxy/routing/score.ts';
import { model, type ProviderFacts, provider, type StateFacts, shape, state } from './support/fixtures.ts';

type Facts = ProviderFacts & { readonly id: string };

function targets(...all: readonly Facts[]): IndexedTarget[] {
  const providers = all.map(({ id, ...facts }) => provider(id, facts));
  const index = modelIndexOf(new Map(providers.map((one) => [one.config.id, one])));
  return providers.flatMap((one) => one.models().map((info) => index.at(one, info.id)));
}

function facts(mode: Mode, health: StateFacts['health'] = {}, more: Partial<ScoreFacts> = {}): ScoreFacts {
  return { shape: shape('m'), mode, health: state([], { health }).health, unknownNeeds: () => 0, ...more };
}

const order = (list: readonly IndexedTarget[], given: ScoreFacts) =>
  rankTargets(list, given).map(({ target }) => target.scope.provider);

const CHEAP: Facts = { id: 'cheap', models: [model('m', [1, 2], { quality: 40, code: 95, tier: 'economy' })] };
const GOOD: Facts = { id: 'good', models: [model('m', [10, 20], { quality: 95, code: 50, tier: 'premium' })] };
const FAST: Facts = { id: 'fast', models: [model('m', [5, 10], { quality: 50, code: 50, tier: 'standard' })] };
const MEASURED = {
  'cheap/m': { firstTokenMs: 3_000, tokensPerSecond: 20 },
  'good/m': { firstTokenMs: 2_000, tokensPerSecond: 40 },
  'fast/m': { firstTokenMs: 100, tokensPerSecond: 400 },
};

describe('a mode', () => {
  const rows: [mode: Mode, best: string][] = [
    ['cheap', 'cheap'],
    ['quality', 'good'],
    ['latency', 'fast'],
    ['code', 'cheap'],
  ];
  it.each(rows)('%s puts %s first', (mode, best) => {
    expect(order(targets(GOOD, FAST, CHEAP), facts(mode, MEASURED))[0]).toBe(best);
  });

  it.each([...Object.values(MODE_WEIGHTS), EQUIVALENT_WEIGHTS])('weighs its parts to 1 in all: %o', (weights) => {
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('is the first that is said: name, header, rule, key, virtual model, config', () => {
    const wishes = {
      name: 'code',
      header: 'latency',
      rule: 'quality',
      key: 'privacy',
      virtualModel: 'latency',
      config: 'quality',
    } as const;
    const said: (Mode | undefined)[] = [];
    let left: Parameters<typeof chooseMode>[0] = wishes;
    for (const who of ['name', 'header', 'rule', 'key', 'virtualModel', 'config'] as const) {
      said.push(chooseMode(left).mode);
      left = { ...left, [who]: undefined };
    }
    expect(said).toEqual(['code', 'latency', 'quality', 'privacy', 'latency', 'quality']);
    expect(chooseMode(left)).toEqual({
      mode: 'cheap',
      wished: false,
      reason: 'The mode is cheap, since nobody asked for another.',
    });
    expect(chooseMode({ ...left, config: 'code' }).wished).toBe(false);
    expect(chooseMode({ ...left, virtualModel: 'code' }).wished).toBe(true);
  });
});

describe('a score', () => {
  it('has its parts as worked out by hand', () => {
    // 1,000 tokens in, a third of it out: 1,000 + 2 * 334 and 5 times that, and 10 times; 334 tokens of answer take
    // 3,000 + 16,700 ms, 2,000 + 8,350 ms and 100 + 835 ms.
    const health = { ...MEASURED, 'good/m': { ...MEASURED['good/m'], errorRate: 0.1 } };
    const ranked = rankTargets(targets(CHEAP, GOOD, FAST), facts('cheap', health));
    expect(ranked.map(({ target, score }) => [target.scope.provider, score])).toEqual([
      ['cheap', { total: 0.892, price: 1, quality: 0.4, latency: 0.047 }],
      ['fast', { total: 0.39, price: 0.2, quality: 0.5, latency: 1 }],
      ['good', { total: 0.305, price: 0.1, quality: 0.95, latency: 0.09, health: 0.9 }],
    ]);
  });

  it('leaves out what nobody knows, and takes a cautious figure for it', () => {
    const list = targets({ id: 'a', models: [model('m')] }, { id: 'b', models: [model('m', [1, 1])] });
    expect(rankTargets(list, facts('cheap')).map(({ score }) => score)).toEqual([
      { total: 0.915, price: 1 },
      { total: 0.215 },
    ]);
  });

  it('has the tier for a coarse quality where there is no benchmark', () => {
    const list = targets(
      { id: 'a', models: [model('m', [1, 1], { tier: 'economy' })] },
      { id: 'b', models: [model('m', [1, 1], { tier: 'premium' })] },
    );
    expect(rankTargets(list, facts('quality')).map(({ score }) => score.quality)).toEqual([0.8, 0.4]);
  });

  it('of a target that is failing or being probed is lower', () => {
    const same = (id: string): Facts => ({ id, models: [model('m', [1, 1])] });
    const health = { 'a/m': { errorRate: 0.5 }, 'b/m': { breaker: 'half-open' as const, errorRate: 0 } };
    expect(order(targets(same('a'), same('b'), same('c')), facts('cheap', health))).toEqual(['c', 'a', 'b']);
  });
});

describe('the order', () => {
  const even = (id: string, more: Partial<Facts> = {}): Facts => ({ id, models: [model('m', [1, 1])], ...more });

  it('does not look at differences that nobody would pay for', () => {
    const tiny = shape('m', { inputTokensEstimate: 1, maxOutputTokens: 1 });
    const list = targets(even('a', { models: [model('m', [2, 2])] }), even('b'));
    expect(order(list, facts('cheap', {}, { shape: tiny }))).toEqual(['a', 'b']);
    expect(order(list, facts('cheap'))).toEqual(['b', 'a']);
  });

  it('of equals is that of the config, however they come in', () => {
    const list = targets(even('b'), even('a'), even('c'));
    expect(order([...list].reverse(), facts('cheap'))).toEqual(['b', 'a', 'c']);
  });

  it('has preferred targets before others that are about as good, but not before better ones', () => {
    expect(order(targets(even('a'), even('b', { prefer: true })), facts('cheap'))).toEqual(['b', 'a']);
    expect(order(targets(even('a'), even('b', { settings: [{ id: 'm', prefer: true }] })), facts('cheap'))).toEqual([
      'b',
      'a',
    ]);
    const dear: Facts = { id: 'dear', prefer: true, models: [model('m', [2, 2])] };
    expect(order(targets(even('a'), dear), facts('cheap'))).toEqual(['a', 'dear']);
  });

  it('has targets that surely can before those that perhaps can', () => {
    const unknownNeeds = ({ scope }: IndexedTarget) => (scope.provider === 'cheap' ? 1 : 0);
    expect(order(targets(CHEAP, GOOD, FAST), facts('cheap', {}, { unknownNeeds }))).toEqual(['fast', 'good', 'cheap']);
  });

  it('of stand-ins is how alike they are', () => {
    const [asked, ...others] = targets(
      { id: 'asked', models: [model('m', [2.5, 10])] },
      { id: 'small', models: [model('m', [0.5, 1])] },
      { id: 'alike', models: [model('m', [3, 15])] },
      { id: 'large', models: [model('m', [20, 90])] },
    );
    if (asked === undefined) throw new Error('no target');
    expect(order(others, facts('cheap', {}, { likeTo: asked }))[0]).toBe('alike');
  });

  it('of stand-ins goes by benchmarks where both have one', () => {
    const [asked, ...others] = targets(
      { id: 'asked', models: [model('m', [2.5, 10], { quality: 80 })] },
      { id: 'worse', models: [model('m', [2.5, 10], { quality: 30 })] },
      { id: 'alike', models: [model('m', [5, 20], { quality: 78 })] },
    );
    if (asked === undefined) throw new Error('no target');
    expect(order(others, facts('cheap', {}, { likeTo: asked }))).toEqual(['alike', 'worse']);
  });

  it('over providers takes one of each before the second of any', () => {
    const list = targets(
      { id: 'a', models: [model('1', [1, 1]), model('2', [1.1, 1.1]), model('3', [1.2, 1.2])] },
      { id: 'b', models: [model('4', [5, 5]), model('5', [6, 6])] },
    );
    const spread = spreadOverProviders(rankTargets(list, facts('cheap'))).map(({ target }) => target.modelId);
    expect(spread).toEqual(['1', '4', '2', '3', '5']);
  });
});

describe('the expected cost', () => {
  const info = model('m', [3, 6, 0.3]);
  const rows: [what: string, facts: Parameters<typeof shape>[1], output: number][] = [
    ['a third of the input', { inputTokensEstimate: 3_000 }, 1_000],
    ['at least 200', { inputTokensEstimate: 30 }, 200],
    ['at most 2,000', { inputTokensEstimate: 90_000 }, 2_000],
    ['no more than the call allows', { inputTokensEstimate: 3_000, maxOutputTokens: 50 }, 50],
    ['of every answer', { inputTokensEstimate: 3_000, choices: 3 }, 3_000],
    ['none of an embedding', { operation: 'embedding' }, 0],
  ];
  it.each(rows)('counts %s', (_what, given, output) =>
    expect(expectedOutputTokens(shape('m', given), info)).toBe(output),
  );

  it('is the same whether it is rough or exact', () => {
    const given = shape('m', { inputTokensEstimate: 3_000 });
    expect(expectedCostNano(given, info)).toBe(3_000 * 3_000 + 1_000 * 6_000);
    expect(roughCostNano(given, info)).toBe(3_000 * 3_000 + 1_000 * 6_000);
    expect(roughCostNano(given, info, true)).toBe(3_000 * 300 + 1_000 * 6_000);
    expect(expectedCostNano(given, model('unpriced'))).toBeUndefined();
    expect(roughCostNano(given, undefined)).toBeUndefined();
  });

  it('takes the rates of a long context', () => {
    const long = model('m', [1, 1], {
      price: {
        inputNanoPerMTok: 1e9,
        outputNanoPerMTok: 1e9,
        longContext: {
          aboveInputTokens: 10_000,
          rates: { inputNanoPerMTok: 2e9, outputNanoPerMTok: 3e9 },
          next: { aboveInputTokens: 20_000, rates: { inputNanoPerMTok: 4e9, outputNanoPerMTok: 5e9 } },
        },
      },
    });
    for (const inputTokensEstimate of [9_000, 15_000, 30_000]) {
      const given = shape('m', { inputTokensEstimate });
      expect(roughCostNano(given, long)).toBe(expectedCostNano(given, long));
    }
  });
});
