/** Which call the guided start waits for. Pure. */
import type { RequestView, SetupView } from '../../contract-views.ts';

/** What the guide's own button sends: see `providers.test`. */
const TEST_CLIENT = 'gatehouse-test';
/** A check of a tool comes with the tool's key, but is no call of the tool. */
const OWN_CLIENTS: ReadonlySet<string> = new Set([TEST_CLIENT, 'gatehouse-check']);

/**
 * The first that came with the key made in the guide; without one, the first that came with any key since the guide was
 * begun. `requests`: newest first.
 */
export function firstCall(
  requests: readonly RequestView[],
  { keyId, sinceMs }: { readonly keyId: SetupView['keyId']; readonly sinceMs: SetupView['sinceMs'] },
): RequestView | undefined {
  const ofTools = ({ client }: RequestView) => client === undefined || !OWN_CLIENTS.has(client);
  if (keyId !== undefined) return requests.findLast((request) => request.accessKeyId === keyId && ofTools(request));
  if (sinceMs === undefined) return undefined;
  return requests.findLast(
    (request) => request.accessKeyId !== undefined && request.startedAtMs >= sinceMs && ofTools(request),
  );
}

/** The newest call of the guide's own button. */
export function lastTestCall(requests: readonly RequestView[], provider: string): RequestView | undefined {
  return requests.find((request) => request.client === TEST_CLIENT && request.provider === provider);
}
