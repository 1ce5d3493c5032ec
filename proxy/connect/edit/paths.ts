/** Entries' paths on plain data, whatever the format. */
import { isDeepStrictEqual } from 'node:util';
import type { EntryPath, EntryValue, Step } from '../types.ts';

export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
  return plain ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** As people write it: `models[Gatehouse].apiBase`. */
export function pathText(path: EntryPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step !== 'string') return `${text}[${step.is}]`;
    const name = /^[A-Za-z0-9_-]+$/.test(step) ? step : JSON.stringify(step);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** Undefined where nothing is. */
export function valueAt(data: unknown, path: EntryPath): unknown {
  return path.reduce<unknown>(down, data);
}

function down(value: unknown, step: Step): unknown {
  if (typeof step === 'string') {
    const record = asRecord(value);
    return record !== undefined && Object.hasOwn(record, step) ? record[step] : undefined;
  }
  return Array.isArray(value) ? value.find((item) => asRecord(item)?.[step.where] === step.is) : undefined;
}

/** The data with the entry in it; what is on the way is made. Undefined takes it out. Nothing is changed in place. */
export function withEntry(data: unknown, path: EntryPath, value: EntryValue | undefined): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'string') {
    const record = asRecord(data) ?? {};
    const inner = withEntry(Object.hasOwn(record, step) ? record[step] : undefined, rest, value);
    if (inner !== undefined) return { ...record, [step]: inner };
    return Object.fromEntries(Object.entries(record).filter(([name]) => name !== step));
  }
  const list = Array.isArray(data) ? data : [];
  const index = list.findIndex((item) => asRecord(item)?.[step.where] === step.is);
  const inner = withEntry(index < 0 ? undefined : list[index], rest, value);
  if (inner === undefined) return list.filter((_, place) => place !== index);
  return index < 0 ? [...list, inner] : list.map((item, place) => (place === index ? inner : item));
}

export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

/** Parsers differ in prototypes; data is what counts. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  const record = asRecord(value);
  return record === undefined
    ? value
    : Object.fromEntries(Object.entries(record).map(([name, inner]) => [name, plain(inner)]));
}
