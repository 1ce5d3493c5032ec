/** countTokens where the provider is none of Google's: our own estimate in the protocol's words. */
import { inspectCountTokens } from './inspect-request.ts';

/** Likely input tokens of a request body. Throws like inspectCountTokens. */
export function estimateTokens(body: Buffer): number {
  return inspectCountTokens(body).facts.inputTokensEstimate;
}

export function encodeTokenCount(totalTokens: number): Buffer {
  return Buffer.from(JSON.stringify({ totalTokens }));
}
