/** A provider over HTTP: its kind's delta, a base URL, and models. The pipeline brings path, body and headers. */
import type { ProviderConfig } from '../contract/config.ts';
import { parseBaseUrl } from './base-url.ts';
import { fetchModelList } from './fetch-model-list.ts';
import type { Kind } from './kinds/kind.ts';
import type { LiveModels } from './live-models.ts';
import { createModelBook } from './model-book.ts';
import type { Transport } from './transport/transport.ts';
import type { ModelInfo, Provider } from './types.ts';

export interface HttpProviderParts {
  readonly kind: Kind;
  readonly config: ProviderConfig;
  readonly baseUrl: string;
  /** The catalog's with the config's laid over them. */
  readonly models: readonly ModelInfo[];
  readonly live: LiveModels;
  readonly transport: Transport;
  /** Instead of the kind's authentication by a header: for one that signs the whole request. */
  readonly send?: Provider['send'];
}

export function createHttpProvider(parts: HttpProviderParts): Provider {
  const { kind, config, baseUrl, transport } = parts;
  const base = parseBaseUrl(baseUrl);
  const book = createModelBook({ config, baseUrl, own: parts.models, live: parts.live, kind });
  const send: Provider['send'] = (request, secret, sink) =>
    transport.send(
      base.origin,
      base.path + request.path,
      { ...request, headers: kind.authenticate(request.headers, secret) },
      sink,
    );
  return {
    config,
    protocol: kind.protocols[0],
    protocols: kind.protocols,
    quirksOf: (modelId) => ({ ...kind.quirks, ...kind.quirksOfModel?.(modelId) }),
    baseUrl,
    models: book.models,
    model: book.model,
    send: parts.send ?? send,
    ...(kind.modelList === undefined
      ? {}
      : { listModels: fetchModelList(kind.modelList, kind.authenticate, base, transport) }),
  };
}
