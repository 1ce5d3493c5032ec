/** An answer as a Gemini client reads it. */
import type { Answer, AnswerChoice } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { printLossless } from '../json/lossless.ts';
import type { EncodeFacts } from '../translation.ts';
import { isMadeCallId } from './call-ids.ts';
import { encodeCitations } from './citations.ts';
import { encodeParts, type PartEncoding } from './encode-parts.ts';
import { fromFinishReason } from './finish-reason.ts';
import { encodeLogprobs } from './logprobs.ts';
import { fromUsage } from './usage.ts';

/** Answers have no place for warnings: what a Gemini client can't be told is left out. */
export const ANSWER_PARTS: PartEncoding = {
  keepForeignThinking: true,
  callId: (id) => (isMadeCallId(id) ? undefined : id),
  lost: () => undefined,
};

export function encodeAnswer(answer: Answer, facts: EncodeFacts): Buffer {
  const body: JsonObject = {
    candidates: answer.choices.map((choice) => encodeChoice(choice)),
    ...(answer.usage === undefined ? {} : { usageMetadata: fromUsage(answer.usage) }),
    modelVersion: answer.model ?? facts.model,
    responseId: answer.id ?? facts.newId('resp_'),
  };
  return Buffer.from(printLossless(body));
}

function encodeChoice(choice: AnswerChoice): JsonObject {
  const citations = choice.parts.flatMap((part) => (part.kind === 'text' ? (part.citations ?? []) : []));
  const text = choice.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  const logprobsResult = choice.logprobs === undefined ? undefined : encodeLogprobs([choice.logprobs]);
  return {
    content: { parts: encodeParts(choice.parts, ANSWER_PARTS), role: 'model' },
    ...(choice.finishReason === undefined ? {} : { finishReason: fromFinishReason(choice.finishReason) }),
    index: choice.index,
    ...encodeCitations(citations, text),
    ...(logprobsResult === undefined ? {} : { logprobsResult }),
  };
}
