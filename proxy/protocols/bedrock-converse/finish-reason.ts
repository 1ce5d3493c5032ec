/** Why a model on Bedrock stopped, in our words and back. */
import type { FinishReason } from '../../core/finish-reason.ts';

const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
  ['guardrail_intervened', 'content-filter'],
  ['content_filtered', 'content-filter'],
  ['malformed_model_output', 'error'],
  ['malformed_tool_use', 'error'],
]);

/** `callsTools` false: the only tool called was the one that stands for structured output, so nothing is left to run. */
export function toFinishReason(raw: string, callsTools: boolean): FinishReason {
  if (raw === 'tool_use' && !callsTools) return { unified: 'stop', raw };
  return { unified: UNIFIED.get(raw) ?? 'other', raw };
}

/** Undefined where Bedrock has no word: `end_turn` would say that all is well. */
export function fromFinishReason(
  { unified, raw }: FinishReason,
  facts: { readonly usesTools: boolean; readonly stopSequence: boolean },
): string | undefined {
  if (unified === 'stop' && facts.usesTools) return 'tool_use';
  if (UNIFIED.get(raw) === unified) return raw;
  switch (unified) {
    case 'stop':
      return facts.stopSequence ? 'stop_sequence' : 'end_turn';
    case 'length':
      return 'max_tokens';
    case 'tool-calls':
      return 'tool_use';
    case 'content-filter':
      return 'content_filtered';
    case 'error':
      return 'malformed_model_output';
    case 'other':
      return undefined;
    default:
      return unified satisfies never;
  }
}
