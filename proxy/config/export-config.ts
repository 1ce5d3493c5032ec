/** A config as the file a person would have written: schema order, no defaults, no noise. Secrets are never in a config. */
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type Config, config as configSchema } from '../contract/config.ts';
import { unwrapped } from './schema-at.ts';

const HEADER = [
  '# Gatehouse config. Fields that are left out have their defaults.',
  '# Secrets are not in here: credentials stay in the keychain (or env:NAME), access keys are stored hashed.',
  '# Check it with: gatehouse config check FILE',
  '',
].join('\n');
/** Written even when they equal the default, because a file without them would say something else or read oddly. */
const ALWAYS = new Set(['version', 'providers']);

/** Reading it back with `parseConfigYaml` gives an equal config. */
export function exportConfigYaml(config: Config): string {
  return `${HEADER}${stringify(essence(configSchema, config), { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** The value without fields that equal their default, in the order of the schema. */
function essence(schema: z.core.$ZodType, value: unknown): unknown {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject && typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>;
    const kept: Record<string, unknown> = {};
    for (const [name, field] of Object.entries<z.core.$ZodType>(inner.shape)) {
      const item = fields[name];
      if (item === undefined || (!ALWAYS.has(name) && isDefault(field, item))) continue;
      kept[name] = essence(field, item);
    }
    return kept;
  }
  if (inner instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => essence(inner.element, item));
  return value;
}

function isDefault(schema: z.core.$ZodType, value: unknown): boolean {
  return schema instanceof z.ZodDefault && isDeepStrictEqual(schema.def.defaultValue, value);
}
