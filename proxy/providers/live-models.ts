/**
 * What providers list by themselves, as last asked. Kept beside the config, so that a new version of the config does not
 * forget it; under address and id, so that a provider that moves starts afresh.
 */
import type { ProviderConfig } from '../contract/config.ts';
import type { ModelInfo } from './types.ts';

export interface LiveModels {
  /** Always the same array until the list changes. Undefined: never listed. */
  of(config: ProviderConfig, baseUrl: string): readonly ModelInfo[] | undefined;
  set(config: ProviderConfig, baseUrl: string, models: readonly ModelInfo[]): void;
}

export function createLiveModels(): LiveModels {
  const lists = new Map<string, readonly ModelInfo[]>();
  const key = (config: ProviderConfig, baseUrl: string) => `${config.kind} ${config.id} ${baseUrl}`;
  return {
    of: (config, baseUrl) => lists.get(key(config, baseUrl)),
    set: (config, baseUrl, models) => void lists.set(key(config, baseUrl), models),
  };
}
