/** How much the model shall think: `reasoning_effort` (OpenAI), `reasoning` (OpenRouter), `thinking` (DeepSeek, Moonshot, Z.ai). */
import type { ReasoningWish } from '../../../core/call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { asCount } from '../../../core/json-value.ts';
import { asJsonObject, optional } from './json.ts';

type Effort = NonNullable<ReasoningWish['effort']>;
type Summary = NonNullable<ReasoningWish['summary']>;

export const EFFORTS: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];
const SUMMARIES: readonly Summary[] = ['auto', 'concise', 'detailed', 'none'];

/** `used`: the fields that are in the wish; words it has no place for stay outside as they are. */
export function toReasoningWish(fields: JsonObject): { reasoning?: ReasoningWish; used: ReadonlySet<string> } {
  const used = new Set<string>();
  const effort = effortOf(fields.reasoning_effort);
  if (effort !== undefined) used.add('reasoning_effort');
  const object = asJsonObject(fields.reasoning);
  if (object !== undefined) used.add('reasoning');
  const thinking = asJsonObject(fields.thinking);
  const switched = thinking?.type === 'enabled' ? true : thinking?.type === 'disabled' ? false : undefined;
  if (switched !== undefined) used.add('thinking');
  const wish: ReasoningWish = {
    ...optional('effort', effort ?? effortOf(object?.effort)),
    ...optional('budgetTokens', asCount(object?.max_tokens) ?? asCount(thinking?.budget_tokens)),
    ...optional('enabled', typeof object?.enabled === 'boolean' ? object.enabled : switched),
    ...optional('summary', object?.exclude === true ? 'none' : SUMMARIES.find((word) => word === object?.summary)),
  };
  return Object.keys(wish).length === 0 ? { used } : { reasoning: wish, used };
}

function effortOf(value: Json | undefined): Effort | undefined {
  return EFFORTS.find((effort) => effort === value);
}
