/**
 * A wish for reasoning as thinkingConfig. Gemini 3 takes a level, 2.5 a budget of tokens (0 switches off, -1 leaves it to the
 * model; 2.5 Pro can't be switched off), and models before them refuse the field.
 */
import type { ReasoningWish } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { Generation } from './models.ts';

type Effort = NonNullable<ReasoningWish['effort']>;

/** What Google's own OpenAI-compatible endpoint makes of an effort. */
const BUDGETS: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1_024,
  low: 1_024,
  medium: 8_192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
};
const PRO_BUDGET_MIN = 128;

const LEVELS: Readonly<Record<Effort, string>> = {
  none: 'MINIMAL',
  minimal: 'MINIMAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  xhigh: 'HIGH',
  max: 'HIGH',
};
/** Gemini 3 Pro knows two levels only. */
const PRO_LEVELS: Readonly<Record<string, string>> = { MINIMAL: 'LOW', MEDIUM: 'HIGH' };

/** Undefined: the request says nothing of thinking. */
export function encodeThinking(
  wish: ReasoningWish,
  generation: Generation,
  warnings: Warnings,
): JsonObject | undefined {
  const effort: Effort | undefined = wish.enabled === false ? 'none' : wish.effort;
  if (!generation.thinks) {
    if (effort !== 'none') warnings.add('dropped_reasoning', 'reasoning');
    return undefined;
  }
  const amount = generation.third
    ? forThird(wish, effort, generation, warnings)
    : forSecond(wish, effort, generation, warnings);
  const shown = showsThoughts(wish);
  const config = { ...amount, ...(shown === undefined ? {} : { includeThoughts: shown }) };
  return Object.keys(config).length === 0 ? undefined : config;
}

function forThird(
  wish: ReasoningWish,
  effort: Effort | undefined,
  { pro, version }: Generation,
  warnings: Warnings,
): JsonObject {
  // Still understood, and exact.
  if (wish.budgetTokens !== undefined) return { thinkingBudget: wish.budgetTokens };
  if (effort === undefined) return {};
  if (wish.enabled === false && !pro) return { thinkingBudget: 0 };
  const level = LEVELS[effort];
  const taken = pro && version === 3 ? (PRO_LEVELS[level] ?? level) : level;
  if (effort === 'none' || effort === 'xhigh' || effort === 'max' || taken !== level)
    warnings.add('reasoning_rounded', 'reasoning');
  return { thinkingLevel: taken };
}

function forSecond(
  wish: ReasoningWish,
  effort: Effort | undefined,
  { pro }: Generation,
  warnings: Warnings,
): JsonObject {
  if (wish.adaptive === true) return { thinkingBudget: -1 };
  const budget =
    wish.enabled === false ? 0 : (wish.budgetTokens ?? (effort === undefined ? undefined : BUDGETS[effort]));
  if (budget === undefined) return {};
  if (!pro || budget >= PRO_BUDGET_MIN) return { thinkingBudget: budget };
  warnings.add('reasoning_rounded', 'reasoning');
  return { thinkingBudget: PRO_BUDGET_MIN };
}

/** A client that set a budget or switched thinking on (Anthropic's) gets to see it; one that set an effort (OpenAI's) asks for it. */
function showsThoughts({ summary, budgetTokens, enabled, adaptive, effort }: ReasoningWish): boolean | undefined {
  if (summary !== undefined) return summary !== 'none';
  if (effort !== undefined || enabled === false) return undefined;
  return enabled === true || adaptive === true || budgetTokens !== undefined ? true : undefined;
}
