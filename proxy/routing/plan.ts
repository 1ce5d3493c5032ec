/**
 * From a call to the targets that may serve it, in the order they are tried, with the trace of why:
 * what was asked for (or what a rule or a split says) -> the request's own `models` -> the config's fallbacks -> the same
 * model at other providers -> models of the same tier at other providers. Pure: the same call, caller and state give the
 * same plan.
 */
import type { RuleConfig } from '../contract/config.ts';
import { GatehouseError } from '../core/errors.ts';
import { tierRank } from '../core/tiers.ts';
import { resolveAlias } from './aliases.ts';
import { autoTier } from './auto.ts';
import { conversationKey } from './conversation.ts';
import { createGate, type Gate } from './eligibility.ts';
import { configuredFallbacks, elsewhere, equivalentsOf } from './fallbacks.ts';
import { largerSiblings } from './larger-context.ts';
import { type IndexedTarget, type ModelIndex, modelIndexOf } from './model-index.ts';
import { chooseMode, type ModeChoice } from './modes.ts';
import { AUTO, type Named, resolveName } from './names.ts';
import { noTarget } from './no-target.ts';
import { matchingRule } from './rules.ts';
import { rankTargets, type Scored, type ScoreFacts, spreadOverProviders } from './score.ts';
import { armsFor } from './splits.ts';
import { createStages, type Refusal, type Stages } from './stage.ts';
import type { RoutingState } from './state.ts';
import { stayWithCache } from './sticky.ts';
import { otherTiers } from './tiers.ts';
import type { Caller, CallShape, RoutePlan } from './types.ts';
import { unknownModel } from './unknown-model.ts';

export type { RoutingState } from './state.ts';

/** What every stage needs. */
interface Decision {
  readonly shape: CallShape;
  readonly caller: Caller;
  readonly state: RoutingState;
  readonly index: ModelIndex;
  readonly gate: Gate;
  readonly stages: Stages;
  readonly mode: ModeChoice;
  readonly facts: Omit<ScoreFacts, 'likeTo'>;
  readonly reasons: string[];
}

/** What the first stage found beside its candidates. */
interface Primary {
  /** All that were asked for, eligible or not. */
  readonly targets: readonly IndexedTarget[];
  /** Whose scores put them in order; false: they stand as they were written. */
  readonly scored: boolean;
  readonly tier?: RoutePlan['tier'];
  readonly split?: NonNullable<RoutePlan['split']>;
  readonly sticky?: boolean;
  readonly conversation?: string;
}

/**
 * Throws GatehouseError: model_not_found; refused_by_rule; and when every target is ruled out, the code that says why
 * (model_not_allowed, kill_switch, credential_missing, invalid_request, price_unknown, budget_exceeded), or
 * no_target_available where there is more than one reason. Also what decoding a bad request throws.
 */
export function planRoute(shape: CallShape, caller: Caller, state: RoutingState): RoutePlan {
  const index = modelIndexOf(state.providers);
  const asked = resolveName(shape.asked, index, state.rules);
  const rule = ruleFor(shape, caller, state, asked);
  const named = namedBy(rule, asked, shape, index, state);
  const forced = asked?.kind === 'forced';
  const mode = chooseMode({
    name: asked?.mode,
    header: caller.mode,
    rule: rule?.mode ?? (rule?.use === undefined ? undefined : named.mode),
    key: caller.policy?.mode,
    virtualModel: named.ownMode,
    config: state.rules.defaultMode,
  });
  const gate = createGate(shape, caller, state, mode.mode);
  const facts = { shape, mode: mode.mode, health: state.health, unknownNeeds: gate.unknownNeeds };
  const stages = createStages(shape, gate);
  const reasons = rule === undefined ? [] : [ruleReason(rule)];
  const decision: Decision = { shape, caller, state, index, gate, stages, mode, facts, reasons };

  const primary = addPrimary(decision, named, forced, rule?.use !== undefined);
  addRequested(decision);
  addConfigured(decision, [shape.asked, asked?.name, named.name], primary.targets);
  const blocking = [...stages.refused];
  if (!forced && named.kind !== 'auto') addStandIns(decision, primary.targets);

  const [first] = stages.candidates;
  if (first === undefined) throw refusal(decision, named.kind === 'auto' ? stages.refused : blocking);
  const kind = (asked ?? named).kind;
  const modeMatters = primary.scored || mode.mode === 'privacy';
  if (modeMatters) reasons.push(mode.reason);
  const firstTarget = index.at(first.target.provider, first.target.modelId);
  return {
    candidates: stages.candidates,
    excluded: stages.excluded(),
    kind,
    mode: modeMatters ? mode.mode : undefined,
    tier: primary.tier ?? firstTarget.tier,
    rule: rule?.name,
    split: primary.split,
    sticky: primary.sticky ?? false,
    ...(primary.conversation === undefined ? {} : { conversation: primary.conversation }),
    reasons,
    largerContext: largerSiblings(firstTarget, forced, index, gate, facts),
  };
}

function ruleFor(
  shape: CallShape,
  caller: Caller,
  state: RoutingState,
  asked: Named | undefined,
): RuleConfig | undefined {
  const names = [shape.asked, resolveAlias(shape.asked, state.providers), ...(asked === undefined ? [] : [asked.name])];
  const rule = matchingRule(state.rules.rules, names, shape, caller, state);
  if (rule?.refuse === undefined) return rule;
  throw new GatehouseError('refused_by_rule', rule.refuse, { facts: { rule: rule.name } });
}

function ruleReason({ name, use, mode }: RuleConfig): string {
  const does = [use === undefined ? [] : [`sends this call to ${use}`], mode === undefined ? [] : [`asks for ${mode}`]];
  return `The rule "${name}" ${does.flat().join(' and ')}.`;
}

/** Throws GatehouseError model_not_found. */
function namedBy(
  rule: RuleConfig | undefined,
  asked: Named | undefined,
  shape: CallShape,
  index: ModelIndex,
  state: RoutingState,
): Named {
  if (rule?.use === undefined) {
    if (asked === undefined) throw unknownModel(shape.asked, state.providers);
    return asked;
  }
  const named = resolveName(rule.use, index, state.rules);
  if (named !== undefined) return named;
  throw new GatehouseError(
    'model_not_found',
    `the rule "${rule.name}" sends this call to "${rule.use}", which no provider here serves; correct it under Routing`,
    { param: 'model', facts: { rule: rule.name } },
  );
}

function addPrimary(decision: Decision, named: Named, forced: boolean, byRule: boolean): Primary {
  const split = addSplit(decision, named);
  if (split !== undefined) return split;
  if (named.kind === 'auto') return addAuto(decision);
  const { stages, mode, reasons } = decision;
  const { targets, kind, name } = named;
  const eligible = stages.eligible(targets, forced && !byRule);
  const because = byRule ? 'rule' : kind === 'family' ? 'family' : kind === 'virtual_model' ? 'virtual_model' : 'asked';
  const scored = kind === 'model' || kind === 'family' || (kind === 'virtual_model' && mode.wished);
  if (!scored || targets.length === 1) {
    if (kind === 'virtual_model') reasons.push(`The targets of ${name} are tried in the order they are written.`);
    stages.add(
      eligible.map((target) => ({ target })),
      because,
    );
    return { targets, scored: false };
  }
  if (kind !== 'virtual_model') reasons.push(`${name} is there at ${targets.length} places.`);
  return { targets, scored: true, ...addRanked(decision, rankTargets(eligible, decision.facts), because, eligible) };
}

/** Undefined: the name has no split. */
function addSplit({ state, caller, index, stages, reasons }: Decision, named: Named): Primary | undefined {
  const split = state.rules.splits.get(named.name);
  if (split === undefined) return undefined;
  const arms = armsFor(split, caller, state).map(({ use }) => ({
    use,
    targets: resolveName(use, index, { ...state.rules, splits: new Map() })?.targets ?? [],
  }));
  const open = arms.map(({ use, targets }) => ({ use, eligible: stages.eligible(targets) }));
  const taken = open.find(({ eligible }) => eligible.length > 0);
  for (const { eligible } of open)
    stages.add(
      eligible.map((target) => ({ target })),
      'split',
    );
  const targets = arms.flatMap((arm) => arm.targets);
  if (taken === undefined) return { targets, scored: false };
  reasons.push(`The split "${split.name}" draws ${taken.use}.`);
  return { targets, scored: false, split: { name: split.name, arm: taken.use } };
}

/** The tier's own models first; where there are none or too few, those of the tiers above, then of those below. */
function addAuto(decision: Decision): Primary {
  const { shape, state, index, stages, gate, reasons } = decision;
  const { tier, reasons: why } = autoTier(shape);
  reasons.push(...why);
  const { conversation, held } = heldBy(decision);
  const own = [...stages.eligible(index.pool(tier))];
  const extra = own.some(({ endpoint }) => endpoint === held?.endpoint) ? undefined : held;
  // A conversation that began in a higher tier may stay there; one that began in a lower one has outgrown it.
  if (extra?.tier !== undefined && tierRank(extra.tier) > tierRank(tier) && gate.check(extra, false) === undefined)
    own.push(extra);
  const ranked = rankTargets(own, decision.facts);
  const { sticky, ranked: ordered, reason } = stayWithCache(ranked, held?.endpoint, shape, state.health);
  if (reason !== undefined) reasons.push(reason);
  addStuck(stages, ordered, sticky, 'mode', true);
  if (own.length === 0) reasons.push(`No ${tier} model can serve it, so other tiers are looked at.`);
  for (const next of [...otherTiers(tier), undefined]) {
    if (stages.isFull() || (stages.candidates.length > 0 && !state.rules.equivalents)) break;
    const others = rankTargets(stages.eligible(index.pool(next)), decision.facts);
    stages.add(spreadOverProviders(others), own.length === 0 ? 'mode' : 'equivalent');
  }
  return { targets: own, scored: true, tier, sticky, ...(conversation === undefined ? {} : { conversation }) };
}

/** The candidates of a stage whose order is free: the holder of the conversation's cache may come before the best. */
function addRanked(
  decision: Decision,
  ranked: readonly Scored[],
  because: string,
  eligible: readonly IndexedTarget[],
): Pick<Primary, 'sticky' | 'conversation'> {
  const { stages, shape, state, reasons } = decision;
  // With one that is eligible there is nothing to choose, but it will hold the cache when the others are back.
  if (eligible.length === 0) return {};
  const { conversation, held } = heldBy(decision);
  const { ranked: ordered, sticky, reason } = stayWithCache(ranked, held?.endpoint, shape, state.health);
  if (reason !== undefined) reasons.push(reason);
  addStuck(stages, ordered, sticky, because, false);
  return { sticky, ...(conversation === undefined ? {} : { conversation }) };
}

function addStuck(stages: Stages, ordered: readonly Scored[], sticky: boolean, because: string, spread: boolean): void {
  const held = sticky ? ordered.slice(0, 1) : [];
  stages.add(held, 'sticky');
  stages.add(spread ? spreadOverProviders(ordered) : ordered, because);
}

/** The call's conversation, and the target that served it last, if it is still there. */
function heldBy({ shape, caller, state, index }: Decision): { conversation?: string; held?: IndexedTarget } {
  if (!state.rules.sticky || shape.operation !== 'chat') return {};
  const conversation = conversationKey(shape, caller);
  if (conversation === undefined) return {};
  const endpoint = state.stickyTarget(conversation);
  const slash = endpoint?.indexOf('/') ?? -1;
  const provider = endpoint === undefined ? undefined : index.providers.get(endpoint.slice(0, slash));
  if (endpoint === undefined || provider === undefined) return { conversation };
  return { conversation, held: index.at(provider, endpoint.slice(slash + 1)) };
}

/** `models: [...]` of the request: the client's own words, in its order. */
function addRequested(decision: Decision): void {
  const { shape, index, state, reasons } = decision;
  shape.alternates.forEach((name, at) => {
    const named = resolveName(name, index, state.rules);
    if (named !== undefined) addNamed(decision, named, 'request_fallback');
    else reasons.push(`Number ${at + 1} of the request's own fallbacks names no model that is known here.`);
  });
}

function addConfigured(
  decision: Decision,
  names: readonly (string | undefined)[],
  targets: readonly IndexedTarget[],
): void {
  const { index, state } = decision;
  const known = names.filter((name) => name !== undefined);
  for (const { named } of configuredFallbacks(known, targets, index, state.rules))
    addNamed(decision, named, 'fallback');
}

/** A fallback in any of a model's names. */
function addNamed(decision: Decision, named: Named, because: string): void {
  const { stages, index, facts, shape } = decision;
  if (stages.isFull()) return;
  const pool = named.kind === 'auto' ? index.pool(autoTier(shape).tier) : named.targets;
  const mode = named.mode ?? named.ownMode ?? facts.mode;
  const written = named.kind === 'forced' || (named.kind === 'virtual_model' && !wishesMode(named, decision));
  const eligible = stages.eligible(pool);
  stages.add(written ? eligible.map((target) => ({ target })) : rankTargets(eligible, { ...facts, mode }), because);
}

function wishesMode({ mode, ownMode }: Named, decision: Decision): boolean {
  return mode !== undefined || ownMode !== undefined || decision.mode.wished;
}

/** Nobody named these: the same model elsewhere, then models of the same tier elsewhere. */
function addStandIns(decision: Decision, targets: readonly IndexedTarget[]): void {
  const { stages, index, state, facts, shape } = decision;
  if (!stages.isFull()) stages.add(rankTargets(stages.eligible(elsewhere(targets, index)), facts), 'family');
  // Vectors of two models can't be compared, so only the same model may stand in for an embedding.
  if (stages.isFull() || !state.rules.equivalents || shape.operation === 'embedding') return;
  const model = stages.candidates[0]?.target;
  const likeTo = model === undefined ? targets[0] : index.at(model.provider, model.modelId);
  if (likeTo === undefined) return;
  const eligible = stages.eligible(equivalentsOf(likeTo, index));
  stages.add(spreadOverProviders(rankTargets(eligible, { ...facts, likeTo })), 'equivalent');
}

function refusal({ gate, state }: Decision, refused: readonly Refusal[]): GatehouseError {
  const [first] = refused;
  if (
    first !== undefined &&
    state.budgetRefusal !== undefined &&
    refused.every(({ reason }) => reason === 'over_budget')
  )
    return state.budgetRefusal(first.target, gate.neededNano(first.target) ?? 0);
  const onlyBreakers = refused.length > 0 && refused.every(({ reason }) => reason === 'breaker_open');
  const retryAtMs = onlyBreakers
    ? refused.flatMap(({ target }) => state.health(target.endpoint).retryAtMs ?? []).sort((one, two) => one - two)[0]
    : undefined;
  return noTarget(
    refused.map(({ target, reason }) => gate.explain(target, reason)),
    retryAtMs === undefined ? undefined : Math.max(0, retryAtMs - state.nowMs),
  );
}

/** Names that routing itself offers beside the models of providers: `auto`, virtual models and splits. */
export function routedNames({ rules }: Pick<RoutingState, 'rules'>): readonly string[] {
  return [...new Set([AUTO, ...rules.virtualModels.keys(), ...rules.splits.keys()])];
}
