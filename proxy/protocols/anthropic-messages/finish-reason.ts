/** Why Claude stopped, in our words and back. */
import type { FinishReason } from '../../core/finish-reason.ts';

const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
  ['refusal', 'content-filter'],
  // The provider's own tools want another turn; the client sends the answer back as it is.
  ['pause_turn', 'other'],
  ['compaction', 'other'],
]);

export function toFinishReason(raw: string): FinishReason {
  return { unified: UNIFIED.get(raw) ?? 'other', raw };
}

const STOP_REASON: Readonly<Record<FinishReason['unified'], string | null>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  // No word of this protocol says "it broke" or "nobody knows why", and end_turn would say that all is well.
  error: null,
  other: null,
};

/** `callsTools`: agents run the tools of an answer only when it says `tool_use`, whatever the provider called its end. */
export function toStopReason(
  reason: FinishReason,
  facts: { callsTools: boolean; stopSequence: boolean },
): string | null {
  if (reason.unified === 'stop' && facts.callsTools) return 'tool_use';
  if (UNIFIED.get(reason.raw) === reason.unified && !(reason.raw === 'stop_sequence' && !facts.stopSequence)) {
    return reason.raw;
  }
  if (reason.unified === 'stop' && facts.stopSequence) return 'stop_sequence';
  return STOP_REASON[reason.unified];
}
