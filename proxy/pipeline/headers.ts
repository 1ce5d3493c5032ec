/** Which headers cross the gate. Open lists: what is not named here passes, in both directions. */
import type { IncomingHttpHeaders } from 'node:http';
import type { UpstreamHeaders } from '../core/upstream.ts';

const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
];

/** Addressed to the gateway itself, or about this connection, or saying who the person is. */
const NOT_UPSTREAM = new Set([
  ...HOP_BY_HOP,
  'host',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'authorization',
  'x-api-key',
  'x-goog-api-key',
  'api-key',
  'cookie',
  'origin',
  'referer',
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'x-client-id',
  'x-project',
  'idempotency-key',
  // They name an account at the provider; the account in use is the credential's.
  'openai-organization',
  'openai-project',
]);

const NOT_DOWNSTREAM = new Set([
  ...HOP_BY_HOP,
  'content-length',
  'content-encoding',
  'set-cookie',
  'alt-svc',
  'strict-transport-security',
  'x-request-id',
  'date',
  'server',
]);

/** Client -> provider. `x-gatehouse-*`, `sec-*` and `access-control-*` are between client and gateway. */
export function upstreamHeaders(
  headers: IncomingHttpHeaders,
  hop: string,
  sameProtocol: boolean,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || NOT_UPSTREAM.has(name)) continue;
    if (name.startsWith('x-gatehouse-') || name.startsWith('sec-') || name.startsWith('access-control-')) continue;
    if (!sameProtocol && PROTOCOL_PREFIX.test(name)) continue;
    kept[name] = typeof value === 'string' ? value : value.join(', ');
  }
  kept['content-type'] = 'application/json';
  kept[HOP_HEADER] = hop;
  return kept;
}

/** Versions and beta switches of one protocol mean nothing, or something else, in another. */
const PROTOCOL_PREFIX = /^(anthropic|openai|x-goog|x-stainless|x-amzn?)-/;

/** Provider -> client. The provider's own request id stays readable under another name. */
export function downstreamHeaders(headers: UpstreamHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || NOT_DOWNSTREAM.has(name) || name.startsWith('access-control-')) continue;
    kept[name] = value;
  }
  const upstreamId = headers['x-request-id'];
  if (upstreamId !== undefined) kept['x-gatehouse-upstream-request-id'] = upstreamId;
  return kept;
}

/** Carries this gateway's instance id: seeing our own come in means that a provider points back at us. */
export const HOP_HEADER = 'x-gatehouse-hop';
