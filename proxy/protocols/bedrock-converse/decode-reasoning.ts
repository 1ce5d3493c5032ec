/** A wish to think, which every family of models has under a name of its own in `additionalModelRequestFields`. */
import type { ReasoningWish } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

export interface DecodedReasoning {
  readonly reasoning: ReasoningWish | undefined;
  /** The model's own fields without those that said it. */
  readonly rest: JsonObject;
}

/** Total: what is no wish that we know stays in `rest`, as the model's own. */
export function toReasoning(body: JsonObject): DecodedReasoning {
  const fields = (asObject(body.additionalModelRequestFields) ?? {}) as JsonObject;
  const wishes = Object.entries(fields).flatMap(([name, value]) => {
    const wish = wishOf(name, value);
    return wish === undefined ? [] : [[name, wish] as const];
  });
  const read = new Set(wishes.map(([name]) => name));
  const effort = effortOf(asObject(body.outputConfig)?.effort);
  const wish: ReasoningWish = {
    ...(effort === undefined ? {} : { effort }),
    ...Object.assign({}, ...wishes.map(([, one]) => one)),
  };
  return {
    reasoning: Object.keys(wish).length === 0 ? undefined : wish,
    rest: Object.fromEntries(Object.entries(fields).filter(([name]) => !read.has(name))),
  };
}

function wishOf(name: string, value: Json): ReasoningWish | undefined {
  switch (name) {
    case 'thinking':
      return ofClaude((asObject(value) ?? {}) as JsonObject);
    case 'reasoningConfig':
      return ofNova((asObject(value) ?? {}) as JsonObject);
    case 'reasoning_effort':
      return ofEffort(value);
    case 'reasoning':
      return ofEffort(asObject(value)?.effort);
    default:
      return undefined;
  }
}

function ofClaude({ type, budget_tokens: budget, display }: JsonObject): ReasoningWish | undefined {
  const summary: ReasoningWish =
    display === 'omitted' ? { summary: 'none' } : display === 'summarized' ? { summary: 'auto' } : {};
  if (type === 'disabled') return { enabled: false };
  if (type === 'adaptive') return { adaptive: true, ...summary };
  if (type === 'enabled' && typeof budget === 'number') return { budgetTokens: budget, ...summary };
  return undefined;
}

function ofNova({ type, maxReasoningEffort }: JsonObject): ReasoningWish | undefined {
  if (type === 'disabled') return { enabled: false };
  return type === 'enabled' ? ofEffort(maxReasoningEffort) : undefined;
}

function ofEffort(value: unknown): ReasoningWish | undefined {
  const effort = effortOf(value);
  return effort === undefined ? undefined : { effort };
}

function effortOf(value: unknown): ReasoningWish['effort'] {
  return EFFORTS.find((known) => known === value);
}
