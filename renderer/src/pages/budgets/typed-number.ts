/** What a number field holds: a number, or the text of one that is not finished (empty, "-"). */
export type TypedNumber = number | string;

/** Undefined where nothing usable is typed. */
export function numberTyped(typed: TypedNumber): number | undefined {
  if (typeof typed === 'number') return Number.isFinite(typed) ? typed : undefined;
  const text = typed.trim();
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? undefined : value;
}

/** For fields that may stay empty: a problem only where something else than a whole number from `min` is typed. */
export function wholeNumberProblem(typed: TypedNumber, min: number, max = Number.MAX_SAFE_INTEGER): string | undefined {
  if (typeof typed === 'string' && typed.trim() === '') return undefined;
  const value = numberTyped(typed);
  if (value !== undefined && Number.isInteger(value) && value >= min && value <= max) return undefined;
  return max === Number.MAX_SAFE_INTEGER ? `A whole number from ${min}` : `A whole number from ${min} to ${max}`;
}
