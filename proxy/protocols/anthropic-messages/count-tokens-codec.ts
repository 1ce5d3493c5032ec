/** POST /v1/messages/count_tokens between two sides that speak this protocol: exact, by the provider, and free. */
import { asObject } from '../../core/json-value.ts';
import type { ObservedResult, PassThroughCodec } from '../codec.ts';
import { anthropicMessages } from './codec.ts';

export const anthropicCountTokens: PassThroughCodec = { ...anthropicMessages, inspectResult };

/** The count itself is the answer, so there is nothing to charge and nothing to estimate. */
function inspectResult(body: Buffer): ObservedResult {
  const observed = anthropicMessages.inspectResult(body);
  if (observed.error !== undefined) return observed;
  return isCount(body) ? { outputTokensEstimate: 0 } : { malformed: true, outputTokensEstimate: 0 };
}

function isCount(body: Buffer): boolean {
  try {
    return typeof asObject(JSON.parse(body.toString('utf8')))?.input_tokens === 'number';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
