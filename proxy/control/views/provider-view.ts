/** A provider as the window shows it: config, health, and where its credential is. */
import type { ProviderView } from '../../contract/views.ts';
import { InvariantError } from '../../core/assert.ts';
import type { Provider } from '../../providers/types.ts';
import type { ControlParts } from '../types.ts';

export async function providerViews(parts: ControlParts): Promise<ProviderView[]> {
  return Promise.all([...parts.active().providers.values()].map((provider) => viewOf(parts, provider)));
}

export async function providerView(parts: ControlParts, id: string): Promise<ProviderView> {
  const provider = parts.active().providers.get(id);
  if (provider === undefined) throw new InvariantError(`provider ${id} is not in the active config`);
  return viewOf(parts, provider);
}

async function viewOf(parts: ControlParts, provider: Provider): Promise<ProviderView> {
  const { config } = provider;
  const health = parts.health.of(config.id);
  return {
    id: config.id,
    kind: config.kind,
    baseUrl: provider.baseUrl,
    enabled: config.enabled,
    credential: await parts.credentials.describe(config),
    health: config.enabled ? health.state : 'off',
    ...(health.lastError === undefined ? {} : { lastError: health.lastError }),
    requests: health.requests,
    failures: health.failures,
    ...(health.latencyP50Ms === undefined ? {} : { latencyP50Ms: health.latencyP50Ms }),
    models: provider.models().length,
    ...(isConfigured(parts, config.id) ? {} : { discovered: true }),
  };
}

function isConfigured(parts: ControlParts, id: string): boolean {
  return parts.configKeeper.current().providers.some((provider) => provider.id === id);
}
