/** The providers of one config, built once when it is applied. */
import type { ProviderConfig } from '../contract/config.ts';
import { InvariantError } from '../core/assert.ts';
import type { Clock } from '../core/clock.ts';
import { parseBaseUrl } from './base-url.ts';
import { bedrockSend } from './bedrock/send.ts';
import { createHttpProvider } from './http-provider.ts';
import { baseUrlOf, KINDS } from './kinds.ts';
import type { LiveModels } from './live-models.ts';
import type { Transport } from './transport/transport.ts';
import type { ModelInfo, Provider } from './types.ts';

export interface RegistryParts {
  readonly transport: Transport;
  readonly clock: Clock;
  /** The catalog's models of this kind with the config's own models laid over them. */
  readonly modelsOf: (config: ProviderConfig) => readonly ModelInfo[];
  /** What providers listed themselves. */
  readonly live: LiveModels;
  readonly simulator: (config: ProviderConfig) => Provider;
}

export type ProviderRegistry = ReadonlyMap<string, Provider>;

/** Throws GatehouseError invalid_request when a base URL carries what would be lost. */
export function createProviders(configs: readonly ProviderConfig[], parts: RegistryParts): ProviderRegistry {
  return new Map(configs.map((config) => [config.id, createProvider(config, parts)]));
}

function createProvider(config: ProviderConfig, parts: RegistryParts): Provider {
  if (config.kind === 'simulator') return parts.simulator(config);
  const baseUrl = baseUrlOf(config);
  if (baseUrl === undefined) throw new InvariantError(`provider ${config.id} was applied without a baseUrl`);
  const { transport, live, clock } = parts;
  const common = { kind: KINDS[config.kind], config, baseUrl, models: parts.modelsOf(config), live, transport };
  if (config.kind !== 'bedrock') return createHttpProvider(common);
  const send = bedrockSend({
    base: parseBaseUrl(baseUrl),
    transport,
    now: () => new Date(clock.nowMs()),
    ...(config.region === undefined ? {} : { region: config.region }),
  });
  return createHttpProvider({ ...common, send });
}
