/**
 * The named edit that shortens an answer. Thinking is part of `max_tokens` and its budget must be smaller, so a budget that
 * no longer fits is lowered too; where less is left than the smallest budget there is, thinking is switched off.
 */
import { asObject } from '../../core/json-value.ts';
import { lowerNumbers, type Splice } from '../json/lower-numbers.ts';
import { type JsonRange, scanJson } from '../json/scan.ts';

/** Anthropic refuses less. */
const THINKING_TOKENS_MIN = 1_024;

/** `model`: where the client named the model; a limit that it left out goes behind that. */
export function lowerMaxTokens(
  body: Buffer,
  { maxTokens, model }: { maxTokens: JsonRange | undefined; model: JsonRange | undefined },
  max: number,
): readonly Splice[] {
  const lowered = lowerNumbers(body, [maxTokens], max);
  const own =
    lowered ?? (model === undefined ? [] : [{ start: model.end, end: model.end, text: `,"max_tokens":${max}` }]);
  if (own.length === 0) return own;
  const { members } = scanJson(body, 'the request body');
  return [...own, ...members.flatMap(({ key, value }) => (key === 'thinking' ? lowerThinking(body, value, max) : []))];
}

function lowerThinking(body: Buffer, range: JsonRange, max: number): Splice[] {
  const bytes = body.subarray(range.start, range.end);
  const budget = asObject(JSON.parse(bytes.toString('utf8')))?.budget_tokens;
  if (typeof budget !== 'number' || budget < max) return [];
  if (max <= THINKING_TOKENS_MIN) return [{ ...range, text: '{"type":"disabled"}' }];
  return scanJson(bytes, 'thinking').members.flatMap(({ key, value }) =>
    key === 'budget_tokens'
      ? [{ start: range.start + value.start, end: range.start + value.end, text: String(max - 1) }]
      : [],
  );
}
