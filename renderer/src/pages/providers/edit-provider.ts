/** Edits of one provider in the config, whatever else the config says of it by then. Pure. */
import type { Config, ProviderConfig } from '../../../../proxy/contract/config.ts';
import type { ProviderView } from '../../contract-views.ts';

/** What is needed of a provider to write it into a config that does not have it: a server found on this machine. */
export type EditedProvider = Pick<ProviderView, 'id' | 'kind' | 'baseUrl' | 'discovered'>;

/** Undefined: the provider is in the config no more. */
export function editProvider(
  provider: EditedProvider,
  change: (config: ProviderConfig) => ProviderConfig,
): (config: Config) => Config | undefined {
  return (config) => {
    const at = config.providers.findIndex(({ id }) => id === provider.id);
    const now = config.providers[at] ?? foundHere(provider);
    if (now === undefined) return undefined;
    const next = change(now);
    return { ...config, providers: at < 0 ? [...config.providers, next] : config.providers.with(at, next) };
  };
}

export function withPrefer<T extends { prefer?: boolean | undefined }>(item: T, prefer: boolean): T {
  const { prefer: _, ...rest } = item;
  return prefer ? ({ ...rest, prefer: true } as T) : (rest as T);
}

/** A server found on this machine is in no config; changing it writes it into one. */
function foundHere({ discovered, id, kind, baseUrl }: EditedProvider): ProviderConfig | undefined {
  if (discovered !== true) return undefined;
  return { id, kind, baseUrl, retention: 'provider-default', enabled: true, models: [] };
}
