/** What the gateway runs on before anybody configured anything: the simulator alone, so that the first call works. */
import { type Config, config, type ProviderConfig } from '../contract/config.ts';

export const SIMULATOR_ID = 'sim';

export function defaultConfig(): Config {
  return config.parse({ version: 1, providers: defaultProviders() });
}

/** A file that says nothing about providers gets these; one that lists any, even none (`[]`), is taken at its word. */
export function defaultProviders(): ProviderConfig[] {
  return [{ id: SIMULATOR_ID, kind: 'simulator', retention: 'provider-default', enabled: true, models: [] }];
}
