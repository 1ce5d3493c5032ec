/** Which transport this page has: the preload marks the desktop app; everything else is the web console. */
import type { Transport } from './control-client.ts';
import { forgetControlToken, takeControlToken } from './control-token.ts';
import { createHttpTransport } from './http-transport.ts';
import { createPortTransport } from './port-transport.ts';

declare global {
  interface Window {
    readonly gatehouseHost?: 'desktop';
  }
}

/** Undefined when the console was opened without its link, so nobody can be asked anything. */
export function chooseTransport(host: Window, onDenied: () => void): Transport | undefined {
  if (host.gatehouseHost === 'desktop') return createPortTransport(host);
  const token = takeControlToken({ location: host.location, history: host.history, storage: host.sessionStorage });
  if (token === undefined) return undefined;
  return createHttpTransport({
    origin: host.location.origin,
    token,
    onDenied: () => {
      forgetControlToken(host.sessionStorage);
      onDenied();
    },
  });
}
