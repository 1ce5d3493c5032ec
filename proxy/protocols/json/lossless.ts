/**
 * JSON whose numbers are not rounded: one that a JavaScript number can't hold is kept as its source text (JSON.rawJSON),
 * which JSON.stringify writes again as it was. Tool arguments are objects on some wires, and full of 64-bit ids.
 */
import type { Json, JsonObject } from '../../core/json.ts';

/** What V8 offers since 11.4 and TypeScript's library does not describe yet. */
interface SourceAwareJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): Json;
  rawJSON(text: string): JsonObject;
  isRawJSON(value: unknown): value is { readonly rawJSON: string };
}
const sourceAware = JSON as unknown as SourceAwareJson;

/** Sixteen digits in a row, or an exponent: only such numbers can be rounded, and most documents have none. */
const MAY_ROUND = /[\d.]{16}|\d[eE][+-]?\d/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Throws SyntaxError. */
export function parseLossless(text: string): Json {
  if (!MAY_ROUND.test(text)) return JSON.parse(text) as Json;
  return sourceAware.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined || isExact(value, source)) return value;
    return sourceAware.rawJSON(source);
  });
}

/** Undefined when the text is not JSON. */
export function tryParseLossless(text: string): Json | undefined {
  try {
    return parseLossless(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The JSON text of a value out of `parseLossless`. */
export function printLossless(value: unknown): string {
  return JSON.stringify(value);
}

/** True for a number that is kept as text: an object to JavaScript, a number on the wire. */
export function isRawNumber(value: unknown): value is { readonly rawJSON: string } {
  return sourceAware.isRawJSON(value);
}

/** A number's own text; undefined when the value is no number. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return isRawNumber(value) ? value.rawJSON : undefined;
}

/** The value that prints as this number; undefined when the text is none. */
export function numberFrom(text: string): Json | undefined {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return isExact(value, text) ? value : sourceAware.rawJSON(text);
}

/** The same with ordinary numbers, for those who look inside: a rounded bound in a schema is still a bound. */
export function toPlain(value: JsonObject): JsonObject;
export function toPlain(value: Json): Json;
export function toPlain(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isRawNumber(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) return value.map((element: Json) => toPlain(element));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toPlain(inner)]));
}

function isExact(value: number, source: string): boolean {
  if (Number.isSafeInteger(value)) return !/[eE.]/.test(source) || Math.abs(value) < 1e15;
  if (!Number.isFinite(value)) return false;
  return String(value) === source || (!Number.isInteger(value) && source.length < 16);
}
