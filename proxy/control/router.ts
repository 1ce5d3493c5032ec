/** The control contract, answered. One router; HTTP and MessagePort are two doors to it. */
import { control } from './implementer.ts';
import { watchLive } from './live.ts';
import { accessKeyProcedures } from './procedures/access-keys.ts';
import { alertProcedures } from './procedures/alerts.ts';
import { configProcedures } from './procedures/config.ts';
import { connectProcedures } from './procedures/connect.ts';
import { credentialProcedures } from './procedures/credentials.ts';
import { discoveryProcedures } from './procedures/discovery.ts';
import { gateProcedures } from './procedures/gates.ts';
import { gatewayProcedures } from './procedures/gateway.ts';
import { ledgerProcedures } from './procedures/ledger.ts';
import { maintenanceProcedures } from './procedures/maintenance.ts';
import { playgroundProcedures } from './procedures/playground.ts';
import { promptProcedures } from './procedures/prompts.ts';
import { providerProcedures } from './procedures/providers.ts';
import { routingProcedures } from './procedures/routing.ts';
import { runProcedures } from './procedures/runs.ts';
import { settingsProcedures } from './procedures/settings.ts';
import { setupProcedures } from './procedures/setup.ts';
import { systemProcedures } from './procedures/system.ts';
import { usageProcedures } from './procedures/usage.ts';
import type { ControlParts } from './types.ts';
import { takeSnapshot, takeSpend } from './views/snapshot.ts';

export type ControlRouter = ReturnType<typeof createControlRouter>;

export function createControlRouter(parts: ControlParts) {
  return control.router({
    live: {
      snapshot: control.live.snapshot.handler(() => takeSnapshot(parts)),
      watch: control.live.watch.handler(({ signal }) => watchLive(parts, signal)),
    },
    spend: { get: control.spend.get.handler(() => takeSpend(parts)) },
    ...ledgerProcedures(parts),
    ...maintenanceProcedures(parts),
    ...providerProcedures(parts),
    ...credentialProcedures(parts),
    ...connectProcedures(parts),
    ...discoveryProcedures(parts),
    ...accessKeyProcedures(parts),
    ...alertProcedures(parts),
    ...routingProcedures(parts),
    ...gatewayProcedures(parts),
    ...gateProcedures(parts),
    ...runProcedures(parts),
    ...promptProcedures(parts),
    ...settingsProcedures(parts),
    ...setupProcedures(parts),
    ...configProcedures(parts),
    ...systemProcedures(parts),
    ...usageProcedures(parts),
    ...playgroundProcedures(parts),
  });
}
