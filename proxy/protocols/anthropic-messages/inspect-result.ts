/** A whole message, read for usage, stop reason and error. It is passed on as received, so nothing here throws. */
import { asObject, asText } from '../../core/json-value.ts';
import type { ObservedResult } from '../codec.ts';
import { providerCostNano } from '../extra-counts.ts';
import { toFinishReason } from './finish-reason.ts';
import { toProviderError } from './provider-error.ts';
import { toUsage } from './usage.ts';

const BYTES_PER_TOKEN_LIKELY = 3.5;
/** Members of a block that the model did not write. */
const NOT_WRITTEN: ReadonlySet<string> = new Set([
  'id',
  'type',
  'tool_use_id',
  'encrypted_content',
  'signature',
  'data',
]);

export function inspectResult(body: Buffer): ObservedResult {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return { malformed: true, outputTokensEstimate: 0 };
    throw error;
  }
  const message = asObject(value);
  if (message === undefined) return { malformed: true, outputTokensEstimate: 0 };
  const error = toProviderError(message);
  const model = asText(message.model);
  const usage = toUsage(message.usage);
  const cost = providerCostNano(message.usage);
  const raw = asText(message.stop_reason);
  return {
    ...(model === undefined ? {} : { model }),
    ...(usage === undefined ? {} : { usage }),
    ...(cost === undefined ? {} : { providerCostNano: cost }),
    ...(raw === undefined ? {} : { finishReason: toFinishReason(raw) }),
    ...(error === undefined ? {} : { error }),
    outputTokensEstimate: Math.ceil(writtenBytes(message.content) / BYTES_PER_TOKEN_LIKELY),
  };
}

function writtenBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => (NOT_WRITTEN.has(key) ? sum : sum + writtenBytes(inner)),
    0,
  );
}
