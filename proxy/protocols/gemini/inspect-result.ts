/** A whole answer, read for usage, finish reason and error. It is passed on as received, so nothing here throws. */
import type { ObservedResult } from '../codec.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { blockedFinish, toFinishReason } from './finish-reason.ts';
import { GroundingCounts } from './grounding-counts.ts';
import { readChunk } from './read-chunk.ts';
import { isShallow } from './shallow.ts';
import { mergeUsageMetadata, toUsage } from './usage.ts';
import { asJsonObject, countField } from './wire.ts';

const BYTES_PER_TOKEN_LIKELY = 4;
const MALFORMED: ObservedResult = { malformed: true, outputTokensEstimate: 0 };

export function inspectResult(body: Buffer): ObservedResult {
  const value = tryParseLossless(body.toString('utf8'));
  const facts = value === undefined || !isShallow(value) ? undefined : readChunk(value);
  if (facts === undefined) return MALFORMED;
  if (facts.error !== undefined) return { error: facts.error, outputTokensEstimate: 0 };
  const first = facts.candidates.find(({ finish }) => finish !== undefined);
  if (facts.candidates.length === 0 && facts.blocked === undefined) return MALFORMED;
  const grounding = new GroundingCounts();
  for (const { raw } of facts.candidates) grounding.note(raw);
  const usage = toUsage(mergeUsageMetadata({}, facts.usageMetadata), grounding.counts(facts.model));
  const finishReason =
    first?.finish !== undefined
      ? toFinishReason(first.finish, first.hasToolCall)
      : facts.blocked !== undefined && facts.candidates.length === 0
        ? blockedFinish(facts.blocked)
        : undefined;
  const textBytes = facts.candidates.reduce((sum, candidate) => sum + candidate.textBytes, 0);
  return {
    ...(facts.model === undefined ? {} : { model: facts.model }),
    ...(usage === undefined ? {} : { usage }),
    ...(finishReason === undefined ? {} : { finishReason }),
    outputTokensEstimate: Math.ceil(textBytes / BYTES_PER_TOKEN_LIKELY),
  };
}

/** The count itself is the answer, so there is nothing to charge and nothing to estimate. */
export function inspectCount(body: Buffer): ObservedResult {
  const value = tryParseLossless(body.toString('utf8'));
  const error = readChunk(value)?.error;
  if (error !== undefined) return { error, outputTokensEstimate: 0 };
  return countField(asJsonObject(value), 'totalTokens') === undefined ? MALFORMED : { outputTokensEstimate: 0 };
}
