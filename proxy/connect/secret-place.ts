/** KEY_PLACEHOLDER in our entries: filled with a key, and found again in what a file holds. */
import { KEY_PLACEHOLDER } from '../contract/connect.ts';
import { asRecord } from './edit/paths.ts';
import type { Entry, EntryValue } from './types.ts';

export function holdsKey(entries: readonly Entry[]): boolean {
  return entries.some(({ value }) => value !== undefined && JSON.stringify(value).includes(KEY_PLACEHOLDER));
}

export function withSecret(entries: readonly Entry[], secret: string): Entry[] {
  return entries.map((entry) => (entry.value === undefined ? entry : { ...entry, value: filled(entry.value, secret) }));
}

function filled(value: EntryValue, secret: string): EntryValue {
  if (typeof value === 'string') return value === KEY_PLACEHOLDER ? secret : value;
  if (Array.isArray(value)) return value.map((item: EntryValue) => filled(item, secret));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, secret)]));
}

export interface Match {
  /** All but the key is as expected. */
  readonly same: boolean;
  /** What stands where the key goes. */
  readonly secret?: string;
}

export function matchValue(expected: unknown, actual: unknown): Match {
  if (expected === KEY_PLACEHOLDER)
    return typeof actual === 'string' && actual !== '' ? { same: true, secret: actual } : { same: false };
  const [wanted, found] = [partsOf(expected), partsOf(actual)];
  if (wanted === undefined || found === undefined) return { same: expected === actual };
  const matches = Object.entries(wanted).map(([name, inner]) => matchValue(inner, found[name]));
  const secret = matches.find((match) => match.secret !== undefined)?.secret;
  const same = matches.every((match) => match.same) && Object.keys(found).length === Object.keys(wanted).length;
  return { same, ...(secret === undefined ? {} : { secret }) };
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : asRecord(value);
}
