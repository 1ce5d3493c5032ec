/** A wish for thinking in the provider's words. */
import type { ReasoningWish } from '../../../core/call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Warnings } from '../../../core/warnings.ts';
import type { Quirks } from '../../translation.ts';
import { EFFORTS } from './decode-reasoning-wish.ts';
import { optional } from './json.ts';

type Effort = NonNullable<ReasoningWish['effort']>;

/** As OpenRouter counts: budgets up to these many tokens are these efforts. */
const BUDGET_STEPS: readonly (readonly [tokensMax: number, effort: Effort])[] = [
  [1_024, 'minimal'],
  [4_096, 'low'],
  [16_384, 'medium'],
];

export function fromReasoningWish(
  wish: ReasoningWish | undefined,
  quirks: Readonly<Quirks>,
  warnings: Warnings,
): JsonObject {
  if (wish === undefined) return {};
  const effort = effortOf(wish, quirks, warnings);
  switch (quirks.reasoningWish) {
    case 'none':
      // Nobody thinks here, so switching it off loses nothing.
      if (wish.enabled !== false && wish.effort !== 'none') warnings.add('dropped_reasoning', 'reasoning');
      return {};
    case 'reasoning-object':
      return asObject(wish, effort);
    case undefined:
    case 'reasoning_effort':
      if (effort !== undefined) return { reasoning_effort: effort };
      if (wish.enabled !== undefined) warnings.add('dropped_reasoning', 'reasoning');
      return {};
    default:
      return quirks.reasoningWish satisfies never;
  }
}

function asObject(wish: ReasoningWish, effort: Effort | undefined): JsonObject {
  const budget = wish.effort === undefined ? wish.budgetTokens : undefined;
  const reasoning: JsonObject = {
    ...(budget === undefined ? optional('effort', effort) : { max_tokens: budget }),
    ...optional('enabled', budget === undefined && effort === undefined ? (wish.enabled ?? wish.adaptive) : undefined),
    ...(wish.summary === 'none' ? { exclude: true } : optional('summary', wish.summary)),
  };
  return Object.keys(reasoning).length === 0 ? {} : { reasoning };
}

function effortOf(wish: ReasoningWish, quirks: Readonly<Quirks>, warnings: Warnings): Effort | undefined {
  const known = quirks.efforts ?? EFFORTS;
  if (wish.effort !== undefined) {
    const nearest = nearestOf(wish.effort, known);
    if (nearest !== wish.effort) warnings.add('reasoning_effort_changed', 'reasoning_effort');
    return nearest;
  }
  // Servers that cannot be told so think as they do; an effort of none is refused by models that never think.
  if (wish.enabled === false || wish.budgetTokens === undefined) return undefined;
  const budget = wish.budgetTokens;
  if (quirks.reasoningWish !== 'reasoning-object') warnings.add('reasoning_budget_as_effort', 'reasoning');
  return nearestOf(BUDGET_STEPS.find(([tokensMax]) => budget <= tokensMax)?.[1] ?? 'high', known);
}

/** `none` is no degree of thinking: it is never the nearest, nor has it one. */
function nearestOf(effort: Effort, known: readonly Effort[]): Effort | undefined {
  if (known.includes(effort)) return effort;
  if (effort === 'none') return undefined;
  const distance = (other: Effort) => Math.abs(EFFORTS.indexOf(other) - EFFORTS.indexOf(effort));
  return known.filter((other) => other !== 'none').sort((a, b) => distance(a) - distance(b))[0];
}
