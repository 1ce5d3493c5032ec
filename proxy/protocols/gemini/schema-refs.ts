/** Where a `$ref` points inside its own document. */
import type { Json, JsonObject } from '../../core/json.ts';
import { asJsonObject } from './wire.ts';

/** Undefined for what lies in another document or nowhere. Booleans are schemas too. */
export function resolveRef(root: JsonObject, ref: string): Json | undefined {
  if (ref === '#') return root;
  if (!ref.startsWith('#')) return undefined;
  if (!ref.startsWith('#/')) return findAnchor(root, ref.slice(1));
  let at: Json | undefined = root;
  for (const step of ref.slice(2).split('/')) {
    const key = unescapePointer(step);
    if (Array.isArray(at)) at = at[Number(key)];
    else {
      const object: JsonObject | undefined = asJsonObject(at);
      at = object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
    }
  }
  return asJsonObject(at) ?? (typeof at === 'boolean' ? at : undefined);
}

function findAnchor(root: JsonObject, anchor: string): Json | undefined {
  const definitions = { ...asJsonObject(root.definitions), ...asJsonObject(root.$defs) };
  return Object.values(definitions).find((definition) => asJsonObject(definition)?.$anchor === anchor);
}

function unescapePointer(step: string): string {
  const plain = step.includes('%') ? decodePercent(step) : step;
  return plain.replaceAll('~1', '/').replaceAll('~0', '~');
}

function decodePercent(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch (error) {
    if (error instanceof URIError) return step;
    throw error;
  }
}
