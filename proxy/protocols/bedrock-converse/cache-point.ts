/** A cache mark stands here as a block of its own behind what it closes. */
import type { CacheMark } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { ModelFacts } from './model-facts.ts';

/** Empty where there is no mark, or where the model refuses one. */
export function fromCacheMark(
  mark: CacheMark | undefined,
  place: 'message' | 'tool',
  model: ModelFacts,
  warnings: Warnings,
  field: string,
): readonly JsonObject[] {
  if (mark === undefined) return [];
  const allowed = place === 'tool' ? model.cachesTools : model.caches;
  if (!allowed) {
    warnings.add('dropped_cache_control', field);
    return [];
  }
  if (mark.ttl !== '1h') return [{ cachePoint: { type: 'default' } }];
  if (model.cachesAnHour) return [{ cachePoint: { type: 'default', ttl: '1h' } }];
  warnings.add('dropped_cache_ttl', field);
  return [{ cachePoint: { type: 'default' } }];
}
