/**
 * JSON whose numbers are not rounded: one that a JavaScript number can't hold is kept as its source text (JSON.rawJSON),
 * which JSON.stringify writes again as it was. Tool arguments are full of 64-bit ids.
 */
import type { Json, JsonObject } from '../../core/json.ts';

/** What V8 offers (since 11.4) and TypeScript's library does not describe yet. */
interface SourceAwareJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): Json;
  rawJSON(text: string): object;
  isRawJSON(value: unknown): value is { readonly rawJSON: string };
}
const sourceAware = JSON as unknown as SourceAwareJson;

/** Sixteen digits in a row, or an exponent: only such numbers can be rounded, and most documents have none. */
const MAY_ROUND = /\d{16}|\d[eE][+-]?\d/;

/** Throws SyntaxError. */
export function parseLossless(text: string): Json {
  if (!MAY_ROUND.test(text)) return JSON.parse(text) as Json;
  return sourceAware.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    return isExact(value, source) ? value : sourceAware.rawJSON(source);
  });
}

/** The JSON text of a value out of `parseLossless`. */
export function printLossless(value: Json): string {
  return JSON.stringify(value);
}

/** The same with ordinary numbers, for those who look inside: a rounded bound in a schema is still a bound. */
export function toPlain(value: JsonObject): JsonObject;
export function toPlain(value: Json): Json;
export function toPlain(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (sourceAware.isRawJSON(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) return value.map((element: Json) => toPlain(element));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toPlain(inner)]));
}

/** A number's text, digits kept; undefined when the value is no number. */
export function numberText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return sourceAware.isRawJSON(value) ? value.rawJSON : undefined;
}

function isExact(value: number, source: string): boolean {
  if (Number.isSafeInteger(value)) return true;
  if (!Number.isFinite(value)) return false;
  return String(value) === source || (!Number.isInteger(value) && source.length < 16);
}
