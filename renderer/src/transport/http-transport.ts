/** The web console's way to the gateway: oRPC over HTTP on the console's own origin. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ControlClient, Transport } from './control-client.ts';

export interface HttpTransportOptions {
  readonly origin: string;
  readonly token: string;
  /** Called when the gateway no longer accepts the token (it restarted, or the link is an old one). */
  readonly onDenied: () => void;
}

export function createHttpTransport({ origin, token, onDenied }: HttpTransportOptions): Transport {
  const link = new RPCLink({
    url: `${origin}/_gatehouse/control`,
    headers: () => ({ authorization: `Bearer ${token}` }),
    fetch: async (request, init) => {
      const response = await fetch(request, init);
      if (response.status === 401) onDenied();
      return response;
    },
  });
  return { client: createORPCClient<ControlClient>(link), onReplaced: () => () => undefined };
}
