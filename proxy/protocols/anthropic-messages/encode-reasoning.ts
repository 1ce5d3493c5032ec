/** How much a model should think, in the way that it understands: a budget of tokens, or its own judgement and an effort. */
import type { ReasoningWish } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { Quirks } from '../translation.ts';

export interface ReasoningFacts {
  readonly maxTokens: number;
  /** A tool must be called: no model thinks then. */
  readonly forcedTool: boolean;
  /** The running turn called tools, and its thinking is gone or was another model's. */
  readonly thinkingLost: boolean;
}

export interface EncodedReasoning {
  readonly thinking?: JsonObject;
  readonly effort?: string;
  /** Thinking is on, which restricts the sampling. */
  readonly thinks: boolean;
}

type Effort = NonNullable<ReasoningWish['effort']>;

/** The provider's least, and a share of the answer's limit for each effort, as OpenRouter has it. */
const BUDGET_TOKENS_MIN = 1_024;
const BUDGET_TOKENS_MAX = 32_000;
const BUDGET_SHARE: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 0.1,
  low: 0.2,
  medium: 0.5,
  high: 0.8,
  xhigh: 0.95,
  max: 0.95,
};
/** Beyond these the budget is written as that effort. */
const EFFORT_FROM_BUDGET: readonly (readonly [number, Effort])[] = [
  [4_096, 'low'],
  [12_288, 'medium'],
];

export function fromReasoning(
  wish: ReasoningWish | undefined,
  quirks: Readonly<Quirks>,
  facts: ReasoningFacts,
  warnings: Warnings,
): EncodedReasoning {
  if (wish === undefined) return { thinks: false };
  if (wish.enabled === false || wish.effort === 'none') return { thinking: { type: 'disabled' }, thinks: false };
  const byBudget =
    quirks.thinkingStyle === 'budget' || (wish.budgetTokens !== undefined && quirks.thinkingStyle !== 'adaptive');
  const encoded = byBudget ? asBudget(wish, facts, warnings) : asAdaptive(wish, warnings);
  if (encoded.thinking === undefined) return encoded;
  if (facts.forcedTool || (facts.thinkingLost && encoded.thinking.type === 'enabled')) {
    warnings.add('dropped_reasoning');
    return { ...(encoded.effort === undefined ? {} : { effort: encoded.effort }), thinks: false };
  }
  return encoded;
}

function asBudget(wish: ReasoningWish, { maxTokens }: ReasoningFacts, warnings: Warnings): EncodedReasoning {
  const asked = wish.budgetTokens ?? budgetOf(wish.effort ?? 'medium', maxTokens);
  if (wish.budgetTokens === undefined) warnings.add('reasoning_converted');
  // The budget is part of the answer's limit and must leave room for an answer.
  const budget = Math.min(Math.max(asked, BUDGET_TOKENS_MIN), maxTokens - 1);
  if (budget < BUDGET_TOKENS_MIN) {
    warnings.add('dropped_reasoning');
    return { thinks: false };
  }
  if (wish.budgetTokens !== undefined && budget !== asked) warnings.add('clamped_reasoning_budget');
  const effort = wish.budgetTokens === undefined ? undefined : wish.effort;
  return {
    thinking: { type: 'enabled', budget_tokens: budget, ...display(wish) },
    ...(effort === undefined ? {} : { effort }),
    thinks: true,
  };
}

function budgetOf(effort: Effort, maxTokens: number): number {
  return Math.min(Math.floor(BUDGET_SHARE[effort] * maxTokens), BUDGET_TOKENS_MAX);
}

function asAdaptive(wish: ReasoningWish, warnings: Warnings): EncodedReasoning {
  const effort = wish.effort ?? (wish.budgetTokens === undefined ? undefined : effortOf(wish.budgetTokens));
  const known = effort === 'minimal' ? 'low' : effort;
  if (known !== wish.effort) warnings.add('reasoning_converted');
  return {
    thinking: { type: 'adaptive', ...display(wish) },
    ...(known === undefined ? {} : { effort: known }),
    thinks: true,
  };
}

function effortOf(budgetTokens: number): Effort {
  return EFFORT_FROM_BUDGET.find(([below]) => budgetTokens <= below)?.[1] ?? 'high';
}

function display({ summary }: ReasoningWish): JsonObject {
  if (summary === undefined) return {};
  return { display: summary === 'none' ? 'omitted' : 'summarized' };
}
