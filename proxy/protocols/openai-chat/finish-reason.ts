/** What OpenAI-compatible providers call the end of an answer, in our words. */
import type { FinishReason } from '../../core/finish-reason.ts';

const UNIFIED: Readonly<Record<string, FinishReason['unified']>> = {
  stop: 'stop',
  // Together's older models.
  eos: 'stop',
  end_turn: 'stop',
  length: 'length',
  max_tokens: 'length',
  // Mistral, when the context is full.
  model_length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  error: 'error',
};

export function toFinishReason(raw: string): FinishReason {
  return { unified: Object.hasOwn(UNIFIED, raw) ? (UNIFIED[raw] ?? 'other') : 'other', raw };
}
