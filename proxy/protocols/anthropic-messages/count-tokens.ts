/** POST /v1/messages/count_tokens where the provider has no such route: our own estimate in the protocol's words. */
import { inspectRequest } from './inspect-request.ts';

/** Likely input tokens of a request body. Throws like inspectRequest: the fields that both routes have are the same. */
export function estimateTokens(body: Buffer): number {
  return inspectRequest(body).facts.inputTokensEstimate;
}

export function encodeTokenCount(inputTokens: number): Buffer {
  return Buffer.from(JSON.stringify({ input_tokens: inputTokens }));
}
