/** A whole answer, read for usage, finish reason and error. It is passed on as received, so nothing here throws. */
import { asObject, asText } from '../../core/json-value.ts';
import type { ObservedResult } from '../codec.ts';
import { callsTools } from './decode-answer.ts';
import { errorIn } from './errors.ts';
import { decodeFinishReason } from './finish-reason.ts';
import { parseJson } from './read-event.ts';
import { decodeUsage } from './usage.ts';
import { BYTES_PER_TOKEN_LIKELY, writtenBytes } from './written-bytes.ts';

export function inspectResult(body: Buffer): ObservedResult {
  const value = parseJson(body.toString('utf8'));
  if (value === undefined) return { malformed: true, outputTokensEstimate: 0 };
  return observe(value);
}

/** Also of the response in a stream's last event. */
export function observe(value: unknown): ObservedResult {
  const response = asObject(value) ?? {};
  const output = Array.isArray(response.output) ? response.output.map((item) => asObject(item) ?? {}) : [];
  const model = asText(response.model);
  const usage = decodeUsage(response.usage);
  const finishReason = decodeFinishReason(response, callsTools(output));
  const error = errorIn(value);
  const bytes = output.reduce((sum, item) => sum + writtenBytes(item), 0);
  return {
    ...(model === undefined ? {} : { model }),
    ...(usage === undefined ? {} : { usage }),
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(error === undefined ? {} : { error }),
    outputTokensEstimate: Math.ceil(bytes / BYTES_PER_TOKEN_LIKELY),
  };
}
