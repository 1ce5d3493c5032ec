/** A provider of any kind, made as the gateway makes it. Nothing is sent. */
import { type ProviderConfig, type ProviderKind, providerConfig } from '../../../proxy/contract/config.ts';
import { systemClock } from '../../../proxy/core/clock.ts';
import { KINDS } from '../../../proxy/providers/kinds.ts';
import { createLiveModels } from '../../../proxy/providers/live-models.ts';
import { createProviders } from '../../../proxy/providers/registry.ts';
import { createSimulator } from '../../../proxy/providers/simulator/simulator.ts';
import { createTransport } from '../../../proxy/providers/transport/transport.ts';
import type { Provider } from '../../../proxy/providers/types.ts';

function configOf(kind: ProviderKind, more: Partial<ProviderConfig> = {}): ProviderConfig {
  const needed = kind === 'bedrock' ? { region: 'us-east-1' } : {};
  const address = KINDS[kind].baseUrl === undefined && kind !== 'bedrock' ? { baseUrl: 'http://127.0.0.1:9/v1' } : {};
  return providerConfig.parse({ id: 'p', kind, ...needed, ...address, ...more });
}

const transport = createTransport({ env: {}, connectMs: 1000, connectionsMax: 1 });

/** One provider as a config has it, with the address or region that its kind needs. */
export function providerOf(kind: ProviderKind, more: Partial<ProviderConfig> = {}): Provider {
  const config = configOf(kind, more);
  const made = createProviders([config], {
    transport,
    clock: systemClock,
    modelsOf: () => [],
    live: createLiveModels(),
    simulator: (simulated) => createSimulator({ config: simulated, clock: systemClock }),
  }).get('p');
  if (made === undefined) throw new Error('no provider');
  return made;
}
