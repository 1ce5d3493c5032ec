/** How much a model should think: each family on Bedrock is asked in its own field of `additionalModelRequestFields`. */
import type { Call, ReasoningWish } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import { fromReasoning as fromClaudeReasoning } from '../anthropic-messages/encode-reasoning.ts';
import type { ModelFacts } from './model-facts.ts';
import type { EncodedTurn } from './turn-order.ts';

export interface ReasoningFacts {
  readonly maxTokens: number | undefined;
  readonly forcedTool: boolean;
  readonly turns: readonly EncodedTurn[];
}

export interface EncodedReasoning {
  readonly fields: JsonObject;
  /** For `outputConfig`. */
  readonly effort?: string;
  /** Thinking is on, which restricts the sampling. */
  readonly thinks: boolean;
}

const NOTHING: EncodedReasoning = { fields: {}, thinks: false };
/** Claude's limit on Bedrock where none is set: a budget has to fit below it. */
const MAX_TOKENS_UNSET = 4_096;

export function fromReasoning(
  call: Call,
  model: ModelFacts,
  facts: ReasoningFacts,
  warnings: Warnings,
): EncodedReasoning {
  const { reasoning } = call;
  if (reasoning === undefined) return NOTHING;
  switch (model.family) {
    case 'claude':
      return forClaude(reasoning, model, facts, warnings);
    case 'nova-2':
      return forNova(call, reasoning, warnings);
    case 'gpt-oss':
      return forGptOss(reasoning, warnings);
    case 'openai':
      return forOpenAi(reasoning, warnings);
    case 'opaque':
      if (model.quirks.thinkingStyle !== undefined) return forClaude(reasoning, model, facts, warnings);
      return unless(isOff(reasoning), warnings);
    case 'nova':
    case 'mistral':
    case 'other':
      return unless(isOff(reasoning), warnings);
    default:
      return model.family satisfies never;
  }
}

function forClaude(
  wish: ReasoningWish,
  { quirks }: ModelFacts,
  { maxTokens, forcedTool, turns }: ReasoningFacts,
  warnings: Warnings,
): EncodedReasoning {
  const facts = { maxTokens: maxTokens ?? MAX_TOKENS_UNSET, forcedTool, thinkingLost: lostThinking(turns) };
  const { thinking, effort, thinks } = fromClaudeReasoning(wish, quirks, facts, warnings);
  // Models that think by a budget know no effort.
  const known = quirks.thinkingStyle === 'budget' ? undefined : effort;
  return {
    fields: thinking === undefined ? {} : { thinking },
    ...(known === undefined ? {} : { effort: known }),
    thinks,
  };
}

/** A turn in the middle of calling tools must begin with its thinking; another model's was left out of it. */
function lostThinking(turns: readonly EncodedTurn[]): boolean {
  const last = turns.at(-1);
  const opening = turns.at(-2)?.content[0];
  if (last?.role !== 'user' || !last.content.some((block) => 'toolResult' in block)) return false;
  return opening === undefined || !('reasoningContent' in opening);
}

/** Its high effort is refused beside a limit or any sampling. The client's limit bounds what the call costs, so it stays. */
function forNova(call: Call, wish: ReasoningWish, warnings: Warnings): EncodedReasoning {
  if (isOff(wish)) return { fields: { reasoningConfig: { type: 'disabled' } }, thinks: false };
  const effort = threeEfforts(wish, warnings);
  const restricted = [call.maxOutputTokens, call.temperature, call.topP, call.topK].some((set) => set !== undefined);
  if (effort === 'high' && restricted) warnings.add('reasoning_converted');
  const maxReasoningEffort = effort === 'high' && restricted ? 'medium' : effort;
  return { fields: { reasoningConfig: { type: 'enabled', maxReasoningEffort } }, thinks: false };
}

/** It always thinks; `low` is the least. */
function forGptOss(wish: ReasoningWish, warnings: Warnings): EncodedReasoning {
  if (isOff(wish)) warnings.add('reasoning_converted');
  return { fields: { reasoning_effort: isOff(wish) ? 'low' : threeEfforts(wish, warnings) }, thinks: false };
}

function forOpenAi(wish: ReasoningWish, warnings: Warnings): EncodedReasoning {
  const effort = isOff(wish) ? 'none' : (wish.effort ?? threeEfforts(wish, warnings));
  return { fields: { reasoning: { effort } }, thinks: false };
}

function threeEfforts({ effort, budgetTokens }: ReasoningWish, warnings: Warnings): 'low' | 'medium' | 'high' {
  if (effort === 'low' || effort === 'medium' || effort === 'high') return effort;
  warnings.add('reasoning_converted');
  if (effort === 'minimal') return 'low';
  if (effort === 'xhigh' || effort === 'max') return 'high';
  if (budgetTokens === undefined) return 'medium';
  return budgetTokens <= 4_096 ? 'low' : budgetTokens <= 12_288 ? 'medium' : 'high';
}

function isOff({ enabled, effort }: ReasoningWish): boolean {
  return enabled === false || effort === 'none';
}

function unless(off: boolean, warnings: Warnings): EncodedReasoning {
  if (!off) warnings.add('dropped_reasoning');
  return NOTHING;
}
