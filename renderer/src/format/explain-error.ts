/** A sentence for people out of whatever a control call threw. The gateway's own sentences pass as they are. */
import { ORPCError } from '@orpc/client';

export function explainError(error: unknown): string {
  if (error instanceof ORPCError) {
    if (error.status === 401) return 'This link to the gateway is no longer valid. Open the console with a fresh one.';
    return error.message === '' ? `The gateway answered with ${error.code}.` : error.message;
  }
  // What fetch throws when nobody listens: its own words ("Failed to fetch") help nobody.
  if (error instanceof TypeError) return 'The gateway does not answer. Check that it is still running, then try again.';
  return error instanceof Error && error.message !== '' ? error.message : 'Something went wrong. Try again.';
}
