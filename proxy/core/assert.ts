/** A broken promise inside our own code: never the user's fault, never caught and carried on from. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new InvariantError(what);
}

export function unreachable(value: never): never {
  throw new InvariantError(`unreachable case: ${String(value)}`);
}
