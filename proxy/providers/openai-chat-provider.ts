/** Providers that speak `openai-chat` over HTTP: a base URL, a bearer credential, and models. */
import type { ProviderConfig } from '../contract/config.ts';
import { parseBaseUrl } from './base-url.ts';
import type { Transport } from './transport/transport.ts';
import type { ModelInfo, Provider } from './types.ts';

export interface OpenAiChatDelta {
  readonly config: ProviderConfig;
  readonly baseUrl: string;
  readonly models: readonly ModelInfo[];
  readonly transport: Transport;
}

export function createOpenAiChatProvider({ config, baseUrl, models, transport }: OpenAiChatDelta): Provider {
  const base = parseBaseUrl(baseUrl);
  const byId = new Map(models.map((model) => [model.id, model]));
  return {
    config,
    protocol: 'openai-chat',
    quirks: {},
    baseUrl,
    models: () => models,
    model: (id) => byId.get(id),
    send(request, secret, sink) {
      const headers =
        secret === undefined ? request.headers : { ...request.headers, authorization: `Bearer ${secret}` };
      return transport.send(base.origin, base.path + request.path, { ...request, headers }, sink);
    },
  };
}
