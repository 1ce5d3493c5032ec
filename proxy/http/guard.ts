/** Who may speak to the listener at all: a Host of this machine (DNS rebinding), and no foreign web page. */
import type { IncomingHttpHeaders } from 'node:http';
import { GatehouseError } from '../core/errors.ts';

const HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Throws GatehouseError host_not_allowed or origin_not_allowed. */
export function guard(headers: IncomingHttpHeaders, port: number): void {
  const host = headers.host;
  if (host === undefined || !isOwnHost(host, port)) {
    throw new GatehouseError(
      'host_not_allowed',
      `this gateway answers to 127.0.0.1:${port} and localhost:${port} only; send the request to one of these`,
    );
  }
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin, port)) {
    throw new GatehouseError(
      'origin_not_allowed',
      'web pages of other origins may not use this gateway; call it from a program on this machine',
    );
  }
}

function isOwnHost(host: string, port: number): boolean {
  const match = /^(\[[0-9a-f:]+\]|[^:]+)(?::(\d+))?$/i.exec(host);
  if (match === null) return false;
  const [, name = '', given] = match;
  return HOSTS.has(name.toLowerCase()) && Number(given ?? 80) === port;
}

function isOwnOrigin(origin: string, port: number): boolean {
  return origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length), port);
}
