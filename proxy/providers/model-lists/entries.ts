/** Loose reading of the entries of a list: what is not there, or is no such thing, is left out. */
import { asCount, asObject, asText, type JsonObject } from '../../core/json-value.ts';
import type { ModelInfo } from '../types.ts';

/** More would not be shown to anybody, and each is kept in memory. */
const MODELS_MAX = 5000;
const ID_LENGTH_MAX = 200;

/** Undefined when `list` is none. An id is listed once, however often the provider repeats it. */
export function readEntries(
  list: unknown,
  read: (entry: JsonObject) => ModelInfo | undefined,
): readonly ModelInfo[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const found = new Map<string, ModelInfo>();
  for (const item of list) {
    const entry = asObject(item);
    const model = entry === undefined ? undefined : read(entry);
    if (model === undefined || model.id.length > ID_LENGTH_MAX || found.has(model.id)) continue;
    found.set(model.id, model);
    if (found.size === MODELS_MAX) break;
  }
  return [...found.values()];
}

/** The first of these fields that holds a number of tokens; 0 is how some say that they do not know. */
export function tokensIn(entry: JsonObject | undefined, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const count = asCount(entry?.[name]);
    if (count !== undefined && count > 0) return count;
  }
  return undefined;
}

export function textsIn(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => asText(item) !== undefined) : undefined;
}

export function flagIn(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Leaves out what is undefined, as the exact optional types want it. */
export function modelInfo(info: { id: string } & { [K in keyof ModelInfo]: ModelInfo[K] | undefined }): ModelInfo {
  const known = Object.entries(info).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), id: info.id };
}
