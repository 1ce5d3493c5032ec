/** An error answer of a provider, told by its status or by its body. */
import type { ProviderError } from '../codec.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { toProviderError } from './provider-error.ts';

const WORDS_MAX = 500;

/** Undefined when the answer is no error. Never throws. */
export function decodeError(status: number, body: Buffer): ProviderError | undefined {
  const text = body.toString('utf8').trim();
  // Under text/event-stream an error may come as an event.
  const json = /^data:/.test(text) ? text.replace(/^data:\s*/, '') : text;
  const error = toProviderError(tryParseLossless(json));
  if (error !== undefined) return { ...error, status: error.status ?? (status >= 400 ? status : 502) };
  if (status < 400) return undefined;
  // A proxy's page, or nothing at all.
  const plain =
    text === '' || text.startsWith('<') ? `the provider answered with status ${status}` : text.slice(0, WORDS_MAX);
  return { message: plain, status };
}
