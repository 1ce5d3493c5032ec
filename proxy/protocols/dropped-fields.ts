/** What a request of another protocol has no place for, said field by field. */
import type { Call } from '../core/call.ts';
import type { Protocol } from '../core/protocol.ts';
import type { Warnings } from '../core/warnings.ts';

/** A warning for each of the named fields that the client did set, and for every field of its own protocol. */
export function warnOfDropped(
  fields: readonly (readonly [name: string, value: unknown])[],
  { foreign }: Call,
  own: Protocol,
  warnings: Warnings,
): void {
  for (const [field, value] of fields) if (value !== undefined) warnings.add(`dropped_${field}`, field);
  if (foreign === undefined || foreign.protocol === own) return;
  for (const field of Object.keys(foreign.fields)) warnings.add(`dropped_${field}`, field);
}
