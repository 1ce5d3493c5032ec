/** An answer as a whole message. */
import type { Answer, AnswerChoice } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import type { EncodeFacts } from '../translation.ts';
import { toBlocks } from './encode-block.ts';
import { toStopReason } from './finish-reason.ts';
import { messageUsage } from './usage.ts';

/** There is one answer a message here: the first choice. */
export function encodeAnswer(answer: Answer, facts: EncodeFacts): Buffer {
  const choice = answer.choices.find(({ index }) => index === 0) ?? answer.choices[0];
  const message = {
    ...messageHead(answer.id, facts),
    ...endOf(choice, facts),
    usage: messageUsage(answer.usage),
  };
  return Buffer.from(JSON.stringify(message));
}

export function messageHead(id: string | undefined, facts: EncodeFacts) {
  return {
    id: id?.startsWith('msg_') === true ? id : facts.newId('msg_'),
    type: 'message',
    role: 'assistant',
    model: facts.model,
  } as const;
}

/** The words of a refusal belong to `stop_details` where the provider set them there; other models refuse in their answer. */
export function refusalDetails(explanation: string | undefined): JsonObject {
  return { type: 'refusal', category: null, explanation: explanation ?? null };
}

function endOf(choice: AnswerChoice | undefined, facts: EncodeFacts) {
  const parts = choice?.parts ?? [];
  const refusals = parts.flatMap((part) => (part.kind === 'refusal' ? [part.text] : []));
  const explained = choice?.finishReason?.raw === 'refusal';
  const content = parts.flatMap((part): readonly JsonObject[] => {
    if (part.kind === 'refusal') return explained ? [] : [{ type: 'text', text: part.text, citations: null }];
    return toBlocks(part, facts.newId);
  });
  const refused = refusals.length > 0;
  const stopSequence = choice?.stopSequence;
  const stopReason =
    choice?.finishReason === undefined
      ? null
      : toStopReason(choice.finishReason, {
          callsTools: content.some((block) => block.type === 'tool_use'),
          stopSequence: stopSequence !== undefined,
        });
  return {
    content,
    stop_reason: refused && stopReason === 'end_turn' ? 'refusal' : stopReason,
    stop_sequence: stopSequence ?? null,
    stop_details: refused ? refusalDetails(explained ? refusals.join('\n') : undefined) : null,
    container: null,
  };
}
