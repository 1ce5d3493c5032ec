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

const WIRE: Readonly<Record<FinishReason['unified'], string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  // No word of the specification says "it broke" or "another reason", and `stop` would say that all is well. OpenRouter sends `error` too.
  error: 'error',
  other: 'other',
};

/** `callsTools`: agents run the tools of an answer only when it says so, whatever the provider called its end. */
export function fromFinishReason(reason: FinishReason, facts: { callsTools: boolean; legacy: boolean }): string {
  const calling = reason.unified === 'tool-calls' || (reason.unified === 'stop' && facts.callsTools);
  if (calling) return facts.legacy ? 'function_call' : 'tool_calls';
  return WIRE[reason.unified];
}
