/** What was found, as providers beside the configured ones. Pure. The config always wins. */
import type { Config, ProviderConfig } from '../contract/config.ts';
import type { LocalServer } from './types.ts';

/** None while `discovery.local` is off, and none that the config has already under this id, kind or address. */
export function discoveredProviders(config: Config, found: readonly LocalServer[]): readonly ProviderConfig[] {
  if (!config.discovery.local) return [];
  return found
    .filter((server) => !config.providers.some((provider) => isSame(provider, server)))
    .map(({ kind, origin }) => ({
      id: kind,
      kind,
      baseUrl: `${origin}/v1`,
      credential: 'none',
      // Nothing leaves the machine.
      retention: 'none',
      enabled: true,
      models: [],
    }));
}

function isSame(provider: ProviderConfig, { kind, origin }: LocalServer): boolean {
  if (provider.id === kind || provider.kind === kind) return true;
  return provider.baseUrl !== undefined && originOf(provider.baseUrl) === origin;
}

function originOf(baseUrl: string): string {
  return new URL(baseUrl).origin.replace('://localhost:', '://127.0.0.1:');
}
