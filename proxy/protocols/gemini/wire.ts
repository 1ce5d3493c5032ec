/**
 * Reads of Gemini's JSON. Protobuf's JSON form allows every field in camelCase and in snake_case (the Python SDK mixes both
 * in one body), and null for "not set".
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { isRawNumber } from '../json/lossless.ts';

const snakeNames = new Map<string, string>();

/** The field under either of its names; undefined for null. */
export function field(object: JsonObject | undefined, name: string): Json | undefined {
  if (object === undefined) return undefined;
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  if (value !== undefined && value !== null) return value;
  const snake = snakeName(name);
  const other = Object.hasOwn(object, snake) ? object[snake] : undefined;
  return other === null ? undefined : other;
}

export function objectField(object: JsonObject | undefined, name: string): JsonObject | undefined {
  return asJsonObject(field(object, name));
}

/** Empty for anything but a list. */
export function listField(object: JsonObject | undefined, name: string): readonly Json[] {
  const value = field(object, name);
  return Array.isArray(value) ? value : [];
}

/** Undefined for the empty string too. */
export function textField(object: JsonObject | undefined, name: string): string | undefined {
  const value = field(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberField(object: JsonObject | undefined, name: string): number | undefined {
  const value = field(object, name);
  return typeof value === 'number' ? value : undefined;
}

/** A whole number from 0 up. Protobuf writes 64-bit ones as strings. */
export function countField(object: JsonObject | undefined, name: string): number | undefined {
  const value = field(object, name);
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

export function booleanField(object: JsonObject | undefined, name: string): boolean | undefined {
  const value = field(object, name);
  return typeof value === 'boolean' ? value : undefined;
}

export function asJsonObject(value: unknown): JsonObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isRawNumber(value)) return undefined;
  return value as JsonObject;
}

/** `allowed_function_names` to `allowedFunctionNames`. */
export function camelName(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
}

function snakeName(name: string): string {
  const known = snakeNames.get(name);
  if (known !== undefined) return known;
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, snake);
  return snake;
}
