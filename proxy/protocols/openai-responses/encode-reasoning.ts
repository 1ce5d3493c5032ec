/** A wish for thinking in OpenAI's words, which know efforts and no budgets. */
import type { ReasoningWish } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { Quirks } from '../translation.ts';

type Effort = NonNullable<ReasoningWish['effort']>;

/** From little to much. */
export const EFFORTS: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/** Budgets up to these many tokens are these efforts. `minimal` is not known to all models. */
const BUDGETS: readonly (readonly [tokensMax: number, effort: Effort])[] = [
  [4_096, 'low'],
  [16_384, 'medium'],
];

/** Undefined when there is nothing to say. */
export function encodeReasoning(
  wish: ReasoningWish | undefined,
  quirks: Readonly<Quirks>,
  warnings: Warnings,
): JsonObject | undefined {
  if (wish === undefined) return undefined;
  if (quirks.reasoningWish === 'none') {
    // Nobody thinks here, so switching it off loses nothing.
    if (wish.enabled !== false && wish.effort !== 'none') warnings.add('dropped_reasoning', 'reasoning');
    return undefined;
  }
  const effort = effortOf(wish, quirks.efforts ?? EFFORTS, warnings);
  const summary = wish.summary === 'none' ? undefined : wish.summary;
  if (effort === undefined && summary === undefined) return undefined;
  return { ...(effort === undefined ? {} : { effort }), ...(summary === undefined ? {} : { summary }) };
}

function effortOf(wish: ReasoningWish, known: readonly Effort[], warnings: Warnings): Effort | undefined {
  if (wish.effort !== undefined) {
    const nearest = nearestOf(wish.effort, known);
    if (nearest !== wish.effort) warnings.add('reasoning_effort_changed', 'reasoning.effort');
    return nearest;
  }
  if (wish.enabled === false) {
    // Only some models take `none`, and those that never think refuse the field: all of them accept silence.
    warnings.add('reasoning_not_disabled', 'reasoning');
    return undefined;
  }
  const budget = wish.budgetTokens;
  if (budget === undefined) return undefined;
  warnings.add('reasoning_budget_as_effort', 'reasoning');
  return nearestOf(BUDGETS.find(([tokensMax]) => budget <= tokensMax)?.[1] ?? 'high', known);
}

/** `none` is no degree of thinking: it is never the nearest, nor has it one. */
function nearestOf(effort: Effort, known: readonly Effort[]): Effort | undefined {
  if (known.includes(effort)) return effort;
  if (effort === 'none') return undefined;
  const distance = (other: Effort) => Math.abs(EFFORTS.indexOf(other) - EFFORTS.indexOf(effort));
  return known.filter((other) => other !== 'none').sort((a, b) => distance(a) - distance(b))[0];
}
