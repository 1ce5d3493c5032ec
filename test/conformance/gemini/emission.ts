/** What we send to Gemini clients against what the API's description requires, and against what clients can't read. */
import { expect } from 'vitest';
import type { Json } from './reading.ts';

const FINISH_REASONS = new Set(
  'STOP MAX_TOKENS SAFETY RECITATION LANGUAGE OTHER BLOCKLIST PROHIBITED_CONTENT SPII MALFORMED_FUNCTION_CALL IMAGE_SAFETY IMAGE_PROHIBITED_CONTENT IMAGE_OTHER NO_IMAGE IMAGE_RECITATION UNEXPECTED_TOOL_CALL TOO_MANY_TOOL_CALLS MISSING_THOUGHT_SIGNATURE MALFORMED_RESPONSE ESCALATION'.split(
    ' ',
  ),
);
const ANSWER_FIELDS = new Set(['candidates', 'usageMetadata', 'modelVersion', 'responseId', 'promptFeedback']);
const CANDIDATE_FIELDS = new Set([
  'content',
  'finishReason',
  'index',
  'groundingMetadata',
  'citationMetadata',
  'logprobsResult',
]);
const PART_FIELDS = new Set(
  'text thought thoughtSignature functionCall inlineData fileData executableCode codeExecutionResult toolCall toolResponse'.split(
    ' ',
  ),
);

export function checkAnswer(answer: Json, { isLast }: { isLast: boolean }): void {
  expect(Object.keys(answer).filter((key) => !ANSWER_FIELDS.has(key))).toEqual([]);
  expect(typeof answer.modelVersion).toBe('string');
  expect(typeof answer.responseId).toBe('string');
  for (const [name, count] of Object.entries((answer.usageMetadata ?? {}) as Json)) {
    const counts = name.endsWith('Details') ? (count as Json[]).map(({ tokenCount }) => tokenCount) : [count];
    for (const each of counts) expect(Number.isInteger(each), name).toBe(true);
  }
  for (const candidate of answer.candidates as Json[]) {
    expect(Object.keys(candidate).filter((key) => !CANDIDATE_FIELDS.has(key))).toEqual([]);
    expect(Number.isInteger(candidate.index)).toBe(true);
    const { role, parts } = candidate.content as Json;
    expect(role).toBe('model');
    for (const part of parts as Json[]) checkPart(part);
    if (isLast) expect(FINISH_REASONS.has(String(candidate.finishReason)), String(candidate.finishReason)).toBe(true);
    else expect(candidate.finishReason).toBeUndefined();
  }
}

function checkPart(part: Json): void {
  expect(Object.keys(part).filter((key) => !PART_FIELDS.has(key))).toEqual([]);
  const call = part.functionCall as Json | undefined;
  if (call === undefined) return;
  expect(typeof call.name).toBe('string');
  expect(typeof call.args === 'object' && call.args !== null && !Array.isArray(call.args)).toBe(true);
}

/** Events only: no comment, no event name, no [DONE]. */
export function checkEvents(text: string): Json[] {
  const frames = text.split('\r\n\r\n');
  expect(frames.pop()).toBe('');
  const chunks = frames.map((frame) => {
    expect(frame).toMatch(/^data: \{.*\}$/);
    return JSON.parse(frame.slice(6)) as Json;
  });
  for (const [place, chunk] of chunks.entries()) checkAnswer(chunk, { isLast: place === chunks.length - 1 });
  return chunks;
}
