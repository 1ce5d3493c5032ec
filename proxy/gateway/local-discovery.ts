/** Finds model servers on this machine and makes providers of them: at start, when asked, and when it is switched on. */
import type { LocalDiscovery } from '../control/types.ts';
import { createDiscovery, type Discovery } from '../discovery/discovery.ts';
import type { LocalServer, Look } from '../discovery/types.ts';
import { lookup } from '../providers/lookup.ts';
import type { ModelRefresher } from '../providers/refresh-models.ts';
import type { Transport } from '../providers/transport/transport.ts';
import type { AppliedConfig } from './config-keeper.ts';

/** Milliseconds. A server on this machine answers at once or is not there. */
const LOOK_TIMEOUTS = { connectMs: 1000, firstByteMs: 1500, idleMs: 1500, totalMs: 2000 };

export function discoverBy(
  transport: Transport,
  servers: readonly LocalServer[],
  ownPort: () => number | undefined,
): Discovery {
  const look: Look = async (origin, path, signal) => {
    try {
      const { status, body } = await lookup(
        (request, sink) => transport.send(origin, path, request, sink),
        { method: 'GET', path, headers: { accept: 'application/json' }, timeouts: LOOK_TIMEOUTS },
        signal,
      );
      return status === 200 ? JSON.parse(body.toString('utf8')) : undefined;
    } catch {
      // Nobody there, or somebody who speaks no JSON: both mean that it is not what was looked for.
      return undefined;
    }
  };
  return createDiscovery({ look, servers, ownPort });
}

export interface LocalDiscoveryParts {
  readonly discovery: Discovery;
  readonly configKeeper: AppliedConfig;
  readonly refresher: ModelRefresher;
}

export function createLocalDiscovery({ discovery, configKeeper, refresher }: LocalDiscoveryParts): LocalDiscovery {
  const enabled = () => configKeeper.current().discovery.local;
  let wasEnabled = enabled();

  async function probe(): Promise<readonly LocalServer[]> {
    if (!enabled()) return [];
    if (await discovery.probe()) configKeeper.rebuild();
    await refresher.refreshLocal();
    return discovery.found();
  }

  configKeeper.onApplied(() => {
    const switchedOn = enabled() && !wasEnabled;
    wasEnabled = enabled();
    if (switchedOn) void probe();
  });
  return { probe };
}
