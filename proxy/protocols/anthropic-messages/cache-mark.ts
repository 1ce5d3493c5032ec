/** `cache_control` on a block or a tool. */
import type { CacheMark } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';

export function toCacheMark(value: unknown): { readonly cache?: CacheMark } {
  const mark = asObject(value);
  if (mark === undefined) return {};
  const { ttl } = mark;
  return { cache: ttl === '5m' || ttl === '1h' ? { ttl } : {} };
}

export function fromCacheMark(cache: CacheMark | undefined): { readonly cache_control?: JsonObject } {
  if (cache === undefined) return {};
  return { cache_control: { type: 'ephemeral', ...(cache.ttl === undefined ? {} : { ttl: cache.ttl }) } };
}
