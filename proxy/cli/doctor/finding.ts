/** One line of `gatehouse doctor`. */

export type FindingState = 'ok' | 'warn' | 'fail';

export interface Finding {
  /** A stable name for programs, e.g. `port`. */
  readonly check: string;
  readonly state: FindingState;
  /** What was found. */
  readonly message: string;
  /** What to do about it; always there with `fail`. */
  readonly todo?: string;
}

export function ok(check: string, message: string): Finding {
  return { check, state: 'ok', message };
}

export function warn(check: string, message: string, todo: string): Finding {
  return { check, state: 'warn', message, todo };
}

export function fail(check: string, message: string, todo: string): Finding {
  return { check, state: 'fail', message, todo };
}

export function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
