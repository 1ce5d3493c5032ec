/** Looking for model servers on this machine, when a person asks for it. */
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function discoveryProcedures(parts: ControlParts) {
  return {
    discovery: {
      probe: control.discovery.probe.handler(async () => {
        const enabled = parts.configKeeper.current().discovery.local;
        const found = await parts.localDiscovery.probe();
        const { providers } = parts.active();
        return {
          enabled,
          found: found.map(({ kind, origin }) => {
            const provider = [...providers.values()].find((known) => new URL(known.baseUrl).origin === origin);
            return {
              kind,
              baseUrl: `${origin}/v1`,
              ...(provider === undefined ? {} : { providerId: provider.config.id }),
              models: provider?.models().length ?? 0,
            };
          }),
        };
      }),
    },
  };
}
