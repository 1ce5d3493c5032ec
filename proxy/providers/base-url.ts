/** A provider's address, split once for the transport. */
import { GatehouseError } from '../core/errors.ts';

export interface BaseUrl {
  readonly origin: string;
  /** Without a trailing slash; empty for the root. */
  readonly path: string;
}

/** Throws GatehouseError invalid_request: a user name, query or fragment in a base URL would silently be lost. */
export function parseBaseUrl(text: string): BaseUrl {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new GatehouseError(
      'invalid_request',
      'a baseUrl must not carry a user name or password: store it as the credential',
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new GatehouseError('invalid_request', 'a baseUrl must not carry a query or fragment');
  }
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '[::]']);

/** True when this address is our own listener: a gateway never accepts itself as an upstream. */
export function isOwnAddress(text: string, ownPort: number): boolean {
  const url = new URL(text);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return port === ownPort && (LOOPBACK.has(url.hostname) || url.hostname.startsWith('127.'));
}

/** True for this machine and for addresses that only its own network can reach. */
export function isOwnNetwork(text: string): boolean {
  const { hostname } = new URL(text);
  if (LOOPBACK.has(hostname) || /\.(?:localhost|local|lan|internal|home\.arpa)$/.test(hostname)) return true;
  return /^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname) || /^\[f[cd]/.test(hostname);
}
