/** A whole answer, read for usage, finish reason and error. It is passed on as received, so nothing here throws. */
import { asObject, asText, type JsonObject, parseJson } from '../../core/json-value.ts';
import type { ObservedResult } from '../codec.ts';
import { providerCostNano } from '../extra-counts.ts';
import { callsTools } from './decode-answer.ts';
import { errorIn } from './errors.ts';
import { decodeFinishReason } from './finish-reason.ts';
import { decodeUsage } from './usage.ts';
import { BYTES_PER_TOKEN_LIKELY, writtenBytes } from './written-bytes.ts';

export function inspectResult(body: Buffer): ObservedResult {
  const value = parseJson(body.toString('utf8'));
  if (value === undefined) return { malformed: true, outputTokensEstimate: 0 };
  return observe(value);
}

/** Also of the response in a stream's last event; `toolUses`: those that the stream named, for an end that repeats nothing. */
export function observe(value: unknown, toolUses: readonly JsonObject[] = []): ObservedResult {
  const response = asObject(value) ?? {};
  const output = Array.isArray(response.output) ? response.output.map((item) => asObject(item) ?? {}) : [];
  const model = asText(response.model);
  const usage = decodeUsage(response.usage, output.length > 0 ? output : toolUses);
  const cost = providerCostNano(response.usage);
  const finishReason = decodeFinishReason(response, callsTools(output));
  const error = errorIn(value);
  const bytes = output.reduce((sum, item) => sum + writtenBytes(item), 0);
  return {
    ...(model === undefined ? {} : { model }),
    ...(usage === undefined ? {} : { usage }),
    ...(cost === undefined ? {} : { providerCostNano: cost }),
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(error === undefined ? {} : { error }),
    outputTokensEstimate: Math.ceil(bytes / BYTES_PER_TOKEN_LIKELY),
  };
}
