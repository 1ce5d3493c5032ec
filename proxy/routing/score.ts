/** Scores and the order they make. Pure: the same targets, facts and mode give the same order, whatever order they came in. */
import type { Mode, Tier } from '../contract/config.ts';
import type { RouteScore } from '../contract/routes.ts';
import type { ModelInfo } from '../providers/types.ts';
import { expectedOutputTokens, roughCostNano } from './expected-cost.ts';
import type { IndexedTarget } from './model-index.ts';
import { EQUIVALENT_WEIGHTS, MODE_WEIGHTS } from './modes.ts';
import type { CallShape, EndpointHealth, EndpointId } from './types.ts';

export interface Scored {
  readonly target: IndexedTarget;
  /** Parts that nobody knows are left out; the total takes a cautious figure for them. */
  readonly score: RouteScore;
}

export interface ScoreFacts {
  readonly shape: CallShape;
  readonly mode: Mode;
  readonly health: (endpoint: EndpointId) => EndpointHealth;
  /** How many of the call's needs nobody knows the target to meet. Not asked of a target that stands alone. */
  readonly unknownNeeds: (target: IndexedTarget) => number;
  /** The targets stand in for this one: then quality is how alike they are. */
  readonly likeTo?: IndexedTarget;
}

/** Where a model has no benchmark score, its tier is a coarse one. */
const TIER_QUALITY: Readonly<Record<Tier, number>> = { economy: 0.4, standard: 0.6, premium: 0.8 };
/** For what nobody knows: the worst price, the quality of an economy model, neither fast nor slow, no failure seen. */
const CAUTIOUS = { price: 0, quality: TIER_QUALITY.economy, latency: 0.5, health: 1 } as const;
/** Below this much (a hundred-thousandth of a dollar) nobody cares which of two calls is cheaper. */
const PRICE_FLOOR_NANO = 10_000;
const TOKENS_PER_SECOND_USUAL = 50;
const HALF_OPEN_HEALTH = 0.5;
/** "About as good": preferred targets win against those that lead by less than this. */
const PREFER_BONUS = 0.05;
/** Quality scores this far apart have nothing in common. */
const UNLIKE_QUALITY_POINTS = 50;

/** Best first. Ties: preferred first, then by the order of the config, then by name. */
export function rankTargets(targets: readonly IndexedTarget[], facts: ScoreFacts): readonly Scored[] {
  const { shape, mode, likeTo } = facts;
  const seen = targets.map(({ endpoint }) => facts.health(endpoint));
  const costs = targets.map(({ info }) => roughCostNano(shape, info));
  const times = targets.map(({ info }, at) => answerMs(seen[at], shape, info));
  const cheapest = Math.max(PRICE_FLOOR_NANO, leastOf(costs));
  const fastest = leastOf(times);
  const likeCost = roughCostNano(shape, likeTo?.info);
  const weights = likeTo === undefined ? MODE_WEIGHTS[mode] : EQUIVALENT_WEIGHTS;
  const alone = targets.length === 1;
  const ranked = targets.map((target, at) => {
    const cost = costs[at];
    const time = times[at];
    const price = cost === undefined ? undefined : cheapest / Math.max(cost, cheapest);
    const latency = time === undefined ? undefined : fastest / time;
    const quality = likeTo === undefined ? qualityOf(target, mode) : likeness(target, cost, likeTo, likeCost);
    const health = healthScore(seen[at]);
    const total =
      weights.price * (price ?? CAUTIOUS.price) +
      weights.quality * (quality ?? CAUTIOUS.quality) +
      weights.latency * (latency ?? CAUTIOUS.latency) +
      weights.health * (health ?? CAUTIOUS.health);
    return new Ranked(target, { total, price, quality, latency, health }, alone ? 0 : facts.unknownNeeds(target));
  });
  return ranked.sort(
    (one, two) =>
      one.unknown - two.unknown ||
      two.key - one.key ||
      Number(two.target.prefer) - Number(one.target.prefer) ||
      one.target.order - two.target.order ||
      (one.target.endpoint < two.target.endpoint ? -1 : 1),
  );
}

type Parts = { readonly [K in keyof Required<RouteScore>]: number | undefined };

/** Of the hundreds that are ranked only a few are ever shown. */
class Ranked implements Scored {
  readonly target: IndexedTarget;
  readonly unknown: number;
  /** Rounded, so that the noise of fractions never decides what the config's order should. */
  readonly key: number;
  readonly #parts: Parts;

  constructor(target: IndexedTarget, parts: Parts, unknown: number) {
    this.target = target;
    this.unknown = unknown;
    this.key = Math.round(((parts.total ?? 0) + (target.prefer ? PREFER_BONUS : 0)) * 1e6);
    this.#parts = parts;
  }

  get score(): RouteScore {
    const { total = 0 } = this.#parts;
    const score: RouteScore = { total: rounded(total) };
    for (const part of ['price', 'quality', 'latency', 'health'] as const) {
      const value = this.#parts[part];
      if (value !== undefined) score[part] = rounded(value);
    }
    return score;
  }
}

/**
 * The best first, then the best of every other provider, then the rest: what fails at one provider often fails for all its
 * models.
 */
export function spreadOverProviders(ranked: readonly Scored[]): readonly Scored[] {
  const seen = new Set<string>();
  const firsts: Scored[] = [];
  const rest: Scored[] = [];
  for (const scored of ranked) {
    const { provider } = scored.target.scope;
    (seen.has(provider) ? rest : firsts).push(scored);
    seen.add(provider);
  }
  return [...firsts, ...rest];
}

function qualityOf({ info, tier }: IndexedTarget, mode: Mode): number | undefined {
  const points = mode === 'code' ? (info?.code ?? info?.quality) : info?.quality;
  if (points !== undefined) return points / 100;
  return tier === undefined ? undefined : TIER_QUALITY[tier];
}

/** Benchmark scores where both have one, else the price of this call: dear models cost about the same everywhere. */
function likeness(
  one: IndexedTarget,
  cost: number | undefined,
  other: IndexedTarget,
  otherCost: number | undefined,
): number | undefined {
  if (one.info?.quality !== undefined && other.info?.quality !== undefined)
    return Math.max(0, 1 - Math.abs(one.info.quality - other.info.quality) / UNLIKE_QUALITY_POINTS);
  if (cost === undefined || otherCost === undefined) return undefined;
  const [less, more] = cost < otherCost ? [cost, otherCost] : [otherCost, cost];
  return more === 0 ? 1 : less / more;
}

function answerMs(
  health: EndpointHealth | undefined,
  shape: CallShape,
  info: ModelInfo | undefined,
): number | undefined {
  if (health?.firstTokenMs === undefined) return undefined;
  const { firstTokenMs, tokensPerSecond } = health;
  const writingMs = (expectedOutputTokens(shape, info) / (tokensPerSecond ?? TOKENS_PER_SECOND_USUAL)) * 1000;
  return Math.max(1, firstTokenMs + writingMs);
}

function healthScore(health: EndpointHealth | undefined): number | undefined {
  if (health === undefined) return undefined;
  const { errorRate, breaker, providerBreaker } = health;
  const probing = breaker === 'half-open' || providerBreaker === 'half-open';
  if (errorRate === undefined) return probing ? HALF_OPEN_HEALTH : undefined;
  return (1 - errorRate) * (probing ? HALF_OPEN_HEALTH : 1);
}

function leastOf(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((least, value) => Math.min(least, value ?? least), Number.POSITIVE_INFINITY);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
