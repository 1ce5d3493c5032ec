/** Which call the guided start waits for. Pure. */
import type { RequestView, SetupView } from '../../contract-views.ts';

/** What the guide's own button sends: see `providers.test`. */
export const TEST_CLIENT = 'gatehouse-test';

/**
 * The first that came with the key made in the guide; without one, the first that came with any key since the guide was
 * begun. Calls that the window makes itself have no key. `requests`: newest first.
 */
export function firstCall(
  requests: readonly RequestView[],
  { keyId, sinceMs }: { readonly keyId: SetupView['keyId']; readonly sinceMs: SetupView['sinceMs'] },
): RequestView | undefined {
  if (keyId !== undefined) return requests.findLast(({ accessKeyId }) => accessKeyId === keyId);
  if (sinceMs === undefined) return undefined;
  return requests.findLast(({ accessKeyId, startedAtMs }) => accessKeyId !== undefined && startedAtMs >= sinceMs);
}

/** The newest call of the guide's own button. */
export function lastTestCall(requests: readonly RequestView[], provider: string): RequestView | undefined {
  return requests.find((request) => request.client === TEST_CLIENT && request.provider === provider);
}
