/** The providers of one config, built once when it is applied. */
import type { ProviderConfig } from '../contract/config.ts';
import { InvariantError } from '../core/assert.ts';
import { isSupportedKind, KINDS } from './kinds.ts';
import { createOpenAiChatProvider } from './openai-chat-provider.ts';
import type { Transport } from './transport/transport.ts';
import type { ModelInfo, Provider } from './types.ts';

export interface RegistryParts {
  readonly transport: Transport;
  /** The catalog's models of this kind with the config's own models laid over them. */
  readonly modelsOf: (config: ProviderConfig) => readonly ModelInfo[];
  readonly simulator: (config: ProviderConfig) => Provider;
}

export type ProviderRegistry = ReadonlyMap<string, Provider>;

export function createProviders(configs: readonly ProviderConfig[], parts: RegistryParts): ProviderRegistry {
  return new Map(configs.map((config) => [config.id, createProvider(config, parts)]));
}

function createProvider(config: ProviderConfig, parts: RegistryParts): Provider {
  if (!isSupportedKind(config.kind))
    throw new InvariantError(`a config with the unsupported kind ${config.kind} was applied`);
  if (config.kind === 'simulator') return parts.simulator(config);
  const baseUrl = config.baseUrl ?? KINDS[config.kind].baseUrl;
  if (baseUrl === undefined) throw new InvariantError(`provider ${config.id} was applied without a baseUrl`);
  return createOpenAiChatProvider({ config, baseUrl, models: parts.modelsOf(config), transport: parts.transport });
}
