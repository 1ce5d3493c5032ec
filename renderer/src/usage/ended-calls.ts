/** Which changes of the live feed make sums of usage stale. Pure. */
import type { RequestView } from '../contract-views.ts';
import { isOpen } from '../request/request-words.ts';

/** True when a request of `after` ended that `before` did not have as ended. Views are replaced when they change. */
export function someEnded(before: readonly RequestView[], after: readonly RequestView[]): boolean {
  if (before === after) return false;
  const known = new Set(before);
  return after.some((request) => !isOpen(request) && !known.has(request));
}
