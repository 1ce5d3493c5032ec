/** A list of embeddings, read for its usage and error. */
import type { ObservedResult } from '../codec.ts';
import { inspectResult as inspectChatResult } from '../openai-chat/inspect-result.ts';

/** Embeddings have no output by their nature, so a usage that names the input is the whole of it. */
export function inspectResult(body: Buffer): ObservedResult {
  const observed = inspectChatResult(body);
  if (observed.usage === undefined) return observed;
  return { ...observed, usage: { outputTokens: 0, ...observed.usage } };
}
