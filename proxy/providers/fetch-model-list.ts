/** Asks a provider for its list of models. */
import { GatehouseError } from '../core/errors.ts';
import type { Authenticate } from './authentication.ts';
import type { BaseUrl } from './base-url.ts';
import { LOOKUP_TIMEOUTS, lookup } from './lookup.ts';
import type { ModelList } from './model-lists/model-list.ts';
import type { Transport } from './transport/transport.ts';
import type { Provider } from './types.ts';

export function fetchModelList(
  list: ModelList,
  authenticate: Authenticate,
  base: BaseUrl,
  transport: Transport,
): NonNullable<Provider['listModels']> {
  return async (secret, signal) => {
    const headers = authenticate({ accept: 'application/json' }, secret);
    let refused: GatehouseError | undefined;
    for (const path of list.paths(base.path)) {
      const { status, body } = await lookup(
        (request, sink) => transport.send(base.origin, path, request, sink),
        { method: 'GET', path, headers, timeouts: LOOKUP_TIMEOUTS },
        signal,
      );
      const models = status === 200 ? list.read(parsed(body)) : undefined;
      if (models !== undefined) return models;
      refused ??= status === 200 ? noList(base.origin) : refusal(base.origin, status);
    }
    throw refused ?? noList(base.origin);
  };
}

function refusal(origin: string, status: number): GatehouseError {
  const words =
    status === 401 || status === 403
      ? `${origin} refused the key (HTTP ${status}) when it was asked for its models`
      : `${origin} answered HTTP ${status} when it was asked for its models`;
  return new GatehouseError('upstream_malformed', words);
}

function noList(origin: string): GatehouseError {
  return new GatehouseError('upstream_malformed', `${origin} answered with something that is no list of models`);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // A page of some proxy, say: it reads as no list, and the caller says so.
    return undefined;
  }
}
