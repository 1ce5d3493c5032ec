/** A small value that fits a JSON schema, always the same one: what the simulator fills into tool arguments and JSON. */
import { asObject, type JsonObject } from '../../core/json-value.ts';

const DEPTH_MAX = 12;

export function sampleFromSchema(schema: unknown): unknown {
  return sample(schema, asObject(schema) ?? {}, 0);
}

function sample(schema: unknown, root: JsonObject, depth: number): unknown {
  const node = asObject(schema);
  if (node === undefined || depth > DEPTH_MAX) return null;
  if ('const' in node) return node.const;
  if (Array.isArray(node.enum)) return node.enum[0] ?? null;
  if (typeof node.$ref === 'string') return sample(resolveRef(node.$ref, root), root, depth + 1);
  const option = [node.anyOf, node.oneOf, node.allOf].find(Array.isArray);
  if (option !== undefined && node.type === undefined) return sample(option[0], root, depth + 1);
  const type = Array.isArray(node.type) ? node.type[0] : node.type;
  switch (type) {
    case 'string':
      return 'example';
    case 'integer':
    case 'number':
      return typeof node.minimum === 'number' ? node.minimum : 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return [sample(node.items ?? { type: 'string' }, root, depth + 1)];
    default:
      return sampleObject(node, root, depth);
  }
}

function sampleObject(node: JsonObject, root: JsonObject, depth: number): JsonObject {
  const properties = asObject(node.properties) ?? {};
  const required = Array.isArray(node.required)
    ? new Set<unknown>(node.required)
    : new Set<unknown>(Object.keys(properties));
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.has(name))
      .map(([name, inner]) => [name, sample(inner, root, depth + 1)]),
  );
}

/** Local references only: `#/$defs/name`. */
function resolveRef(ref: string, root: JsonObject): unknown {
  if (!ref.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const step of ref
    .slice(1)
    .split('/')
    .filter((part) => part !== '')) {
    at = asObject(at)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return at;
}
