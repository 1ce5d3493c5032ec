/** Whatever the providers, the config, the call and the state of health: what always holds of a plan. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Mode, Tier } from '../../proxy/contract/config.ts';
import { GatehouseError } from '../../proxy/core/errors.ts';
import type { Provider } from '../../proxy/providers/types.ts';
import { createGate } from '../../proxy/routing/eligibility.ts';
import { modelIndexOf } from '../../proxy/routing/model-index.ts';
import { planRoute, type RoutingState } from '../../proxy/routing/plan.ts';
import { CANDIDATES_MAX } from '../../proxy/routing/stage.ts';
import type { BreakerStateName, Caller, CallShape, RoutePlan } from '../../proxy/routing/types.ts';
import { call, model, provider, type RoutingInput, shape, state } from '../unit/routing/support/fixtures.ts';

const PROVIDER_IDS = ['p0', 'p1', 'p2', 'p3'];
const MODEL_IDS = ['m0', 'm1', 'm2', 'm3', 'm4'];
const ENDPOINTS = PROVIDER_IDS.flatMap((id) => MODEL_IDS.map((name) => `${id}/${name}`));
const TIERS: readonly Tier[] = ['economy', 'standard', 'premium'];
const MODES: readonly Mode[] = ['cheap', 'quality', 'latency', 'privacy', 'code'];
const NAMES = [...ENDPOINTS, ...MODEL_IDS, 'f0', 'f1', 'auto', 'auto:code', 'gatehouse/v', 'gatehouse/v:cheap', 'chat'];

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
/** What rules out most targets comes seldom, or nothing but refusals would be looked at. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const usd = fc.integer({ min: 0, max: 40 }).map((quarter) => quarter / 4);

const anyModel = fc.record({
  id: fc.constantFrom(...MODEL_IDS),
  usd: optional(fc.tuple(usd, usd, usd)),
  family: optional(fc.constantFrom('f0', 'f1')),
  tier: optional(fc.constantFrom(...TIERS)),
  tools: optional(fc.constantFrom(true, true, false)),
  contextTokens: optional(fc.constantFrom(5_000, 200_000, 200_000)),
  maxOutputTokens: optional(fc.constantFrom(50, 5_000, 5_000)),
  quality: optional(fc.integer({ min: 0, max: 100 })),
  purpose: optional(fc.constantFrom('chat' as const, 'chat' as const, 'embedding' as const)),
});

/** Unknown facts are left out, as they are everywhere in the program. */
function known<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

const anyProviders: fc.Arbitrary<readonly Provider[]> = fc.tuple(
  ...PROVIDER_IDS.map((id) =>
    fc
      .record({
        models: fc.uniqueArray(anyModel, { selector: (one) => one.id, minLength: 2, maxLength: 5, size: 'max' }),
        enabled: fc.constantFrom(true, true, true, false),
        retention: fc.constantFrom('none' as const, 'provider-default' as const),
        prefer: fc.boolean(),
        protocol: fc.constantFrom('openai-chat' as const, 'anthropic-messages' as const),
      })
      .map(({ models, protocol, enabled, ...more }) =>
        provider(id, {
          ...more,
          enabled: enabled || id === 'p0',
          protocols: [protocol],
          models: models.map(({ id: name, usd: rates, ...facts }) => model(name, rates, known(facts))),
        }),
      ),
  ),
);

const anyConfig: fc.Arbitrary<RoutingInput> = fc
  .record({
    targets: fc.array(fc.constantFrom(...ENDPOINTS), { minLength: 1, maxLength: 4 }),
    mode: optional(fc.constantFrom(...MODES)),
    fallbacks: fc.dictionary(
      fc.constantFrom(...NAMES),
      fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }),
      { maxKeys: 3 },
    ),
    equivalents: fc.boolean(),
    sticky: fc.boolean(),
    arms: fc.array(fc.constantFrom(...ENDPOINTS), { minLength: 1, maxLength: 3 }),
    rule: rarely(fc.record({ model: fc.constantFrom(...NAMES), use: fc.constantFrom(...NAMES) })),
  })
  .map(({ targets, mode, arms, rule, ...routing }) => ({
    virtualModels: [{ id: 'gatehouse/v', targets, ...(mode === undefined ? {} : { mode }) }],
    routing: {
      ...routing,
      splits: [{ name: 's', model: 'chat', targets: arms.map((use) => ({ use, weight: 1 })) }],
      ...(rule === undefined ? {} : { rules: [{ name: 'r', when: { model: rule.model }, use: rule.use }] }),
    },
  }));

interface Situation {
  readonly shape: CallShape;
  readonly caller: Caller;
  readonly state: RoutingState;
}

const endpointsBy = <T>(value: fc.Arbitrary<T>) => fc.dictionary(fc.constantFrom(...ENDPOINTS), value);
const breaker = fc.constantFrom<BreakerStateName>('closed', 'closed', 'closed', 'half-open', 'open');

const anySituation: fc.Arbitrary<Situation> = fc
  .record({
    providers: anyProviders,
    config: anyConfig,
    asked: fc.constantFrom(...NAMES),
    alternates: fc.array(fc.constantFrom(...NAMES, 'no such name'), { maxLength: 2 }),
    inputTokensEstimate: fc.constantFrom(10, 1_000, 8_000, 100_000),
    maxOutputTokens: optional(fc.constantFrom(10, 1_000)),
    tools: fc.boolean(),
    text: fc.constantFrom('Hello', 'Prove step by step that there are infinitely many primes of the form 4k+3.'),
    caller: fc.record({
      mode: rarely(fc.constantFrom(...MODES)),
      maxTier: rarely(fc.constantFrom(...TIERS)),
      models: rarely(fc.constantFrom<string[]>(['p0/*'], ['*/m1', 'p2/m0'])),
    }),
    health: endpointsBy(fc.record({ breaker, errorRate: fc.constantFrom(0, 0.3, 0.9), firstTokenMs: fc.nat(5_000) })),
    killed: fc.subarray(ENDPOINTS, { maxLength: 3 }),
    missing: fc.subarray(PROVIDER_IDS, { maxLength: 1 }),
    leftNano: rarely(fc.constantFrom(0, 1_000_000, 1_000_000_000)),
    budgeted: fc.constantFrom(false, false, true),
    held: optional(fc.constantFrom(...ENDPOINTS)),
    fresh: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })
  .map((facts) => {
    const { providers, config, asked, caller, health, killed, missing, held, fresh, leftNano, budgeted } = facts;
    const { alternates, inputTokensEstimate, maxOutputTokens, tools, text } = facts;
    const { mode, ...policy } = caller;
    return {
      shape: shape(asked, {
        alternates,
        inputTokensEstimate,
        maxOutputTokens,
        needs: { tools },
        decoded: call(text),
      }),
      caller: { ...(mode === undefined ? {} : { mode }), policy: known(policy) },
      state: state(providers, {
        config,
        health,
        killed: ({ provider: id, model: name }) => killed.includes(`${id}/${name}`),
        credential: (id) => (missing.includes(id) ? 'missing' : 'ok'),
        leftNano: () => leftNano,
        budgeted,
        stickyTarget: () => held,
        freshRandom: () => fresh,
      }),
    };
  });

/** Undefined: nothing could serve the call, and a refusal from the catalogue said so. */
function planOf({ shape: asked, caller, state: given }: Situation): RoutePlan | undefined {
  try {
    return planRoute(asked, caller, given);
  } catch (error) {
    if (error instanceof GatehouseError && error.code !== 'internal_error') return undefined;
    throw error;
  }
}

const endpoints = (plan: RoutePlan): string[] => plan.candidates.map(({ view }) => `${view.provider}/${view.model}`);
const RUNS = { numRuns: 1_500 };

describe('every plan', () => {
  it('is the same when it is made again', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const [one, two] = [planOf(situation), planOf(situation)];
        const shown = (plan: RoutePlan | undefined) =>
          plan === undefined
            ? undefined
            : JSON.stringify({
                ...plan,
                candidates: plan.candidates.map(({ view }) => view),
                largerContext: plan.largerContext.map(({ view }) => view),
              });
        return shown(one) === shown(two);
      }),
      RUNS,
    );
  });

  it('has no target that may not serve the call, none twice, and six at most', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const plan = planOf(situation);
        if (plan === undefined) return true;
        const { shape: asked, caller, state: given } = situation;
        const index = modelIndexOf(given.providers);
        const gate = createGate(asked, caller, given, plan.mode ?? 'cheap');
        const forced = plan.kind === 'forced';
        const allowed = [...plan.candidates, ...plan.largerContext].every(({ target, view }) => {
          const named = forced && view.because === 'asked';
          return gate.check(index.at(target.provider, target.modelId), named) === undefined;
        });
        const names = endpoints(plan);
        return allowed && names.length > 0 && names.length <= CANDIDATES_MAX && new Set(names).size === names.length;
      }),
      RUNS,
    );
  });

  it('for a forced model has nobody whom neither the client nor the config named', () => {
    const named = new Set(['asked', 'rule', 'split', 'request_fallback', 'fallback']);
    fc.assert(
      fc.property(anySituation, fc.constantFrom(...ENDPOINTS), (situation, asked) => {
        const plan = planOf({ ...situation, shape: { ...situation.shape, asked } });
        // A rule is the person's own word: it may send the call to auto.
        if (plan === undefined || plan.rule !== undefined) return true;
        return plan.candidates.every(({ view }) => named.has(view.because));
      }),
      RUNS,
    );
    const bare = anySituation.map(({ state: given, ...more }) => ({
      ...more,
      state: { ...given, rules: { ...given.rules, rules: [], splits: new Map(), fallbacks: new Map() } },
    }));
    fc.assert(
      fc.property(bare, fc.constantFrom(...ENDPOINTS), (situation, asked) => {
        const plan = planOf({ ...situation, shape: { ...situation.shape, asked, alternates: [] } });
        return plan === undefined || (endpoints(plan).length === 1 && endpoints(plan)[0] === asked);
      }),
      RUNS,
    );
  });

  it('in privacy mode keeps the promise at every place', () => {
    fc.assert(
      fc.property(anySituation, ({ shape: asked, caller, state: given }) => {
        const plan = planOf({ shape: asked, caller: { ...caller, mode: 'privacy' }, state: given });
        const own = plan?.mode === 'privacy' ? [...plan.candidates, ...plan.largerContext] : [];
        return own.every(({ target }) => target.provider.config.retention === 'none');
      }),
      RUNS,
    );
  });

  it('stays in the order that was written where nobody asked for a mode', () => {
    fc.assert(
      fc.property(anySituation, ({ shape: asked, state: given }) => {
        const plan = planOf({ shape: { ...asked, asked: 'gatehouse/v' }, caller: {}, state: given });
        const virtual = given.rules.virtualModels.get('gatehouse/v');
        if (plan === undefined || virtual === undefined || virtual.mode !== undefined || plan.rule !== undefined)
          return true;
        const shown = plan.candidates.filter(({ view }) => view.because === 'virtual_model');
        const places = shown.map(({ view }) => virtual.targets.indexOf(`${view.provider}/${view.model}`));
        return places.every((place, at) => place >= 0 && place > (places[at - 1] ?? -1));
      }),
      RUNS,
    );
  });
});
