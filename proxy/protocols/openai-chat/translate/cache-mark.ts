/**
 * Marks of a prefix to cache. Anthropic's `cache_control` travels through OpenRouter and other gateways on parts, messages,
 * tool calls and tools; OpenAI has `prompt_cache_breakpoint` on parts.
 */
import type { CacheMark } from '../../../core/call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Quirks } from '../../translation.ts';
import { asJsonObject } from './json.ts';

export function toCacheMark(from: JsonObject): { readonly cache?: CacheMark } {
  const control = asJsonObject(from.cache_control);
  if (control !== undefined) {
    const { ttl } = control;
    return { cache: ttl === '5m' || ttl === '1h' ? { ttl } : {} };
  }
  return asJsonObject(from.prompt_cache_breakpoint) === undefined ? {} : { cache: {} };
}

/** Nothing where the provider finds its prefixes by itself: a mark is advice, and most of these servers refuse unknown fields. */
export function fromCacheMark(cache: CacheMark | undefined, quirks: Readonly<Quirks>): JsonObject {
  if (cache === undefined) return {};
  switch (quirks.cacheMarks) {
    case undefined:
      return {};
    case 'cache_control':
      return { cache_control: { type: 'ephemeral', ...(cache.ttl === undefined ? {} : { ttl: cache.ttl }) } };
    case 'prompt_cache_breakpoint':
      return { prompt_cache_breakpoint: { mode: 'explicit' } };
    default:
      return quirks.cacheMarks satisfies never;
  }
}
