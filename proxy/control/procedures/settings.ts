/** The settings a person changes in the window: port, time zone, the global cap, looking for local servers. */
import type { Config } from '../../contract/config.ts';
import type { SettingsView } from '../../contract/views.ts';
import { applyChange } from '../apply-change.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

/** The id of the one global budget that the window makes. */
const CAP_ID = 'cap';

export function settingsProcedures(parts: ControlParts) {
  return {
    settings: {
      get: control.settings.get.handler(() => settingsView(parts)),
      update: control.settings.update.handler(async ({ input, errors }) => {
        const before = parts.configKeeper.current();
        await applyChange(parts, errors, 'settings changed', (config) => changed(config, input));
        return {
          settings: settingsView(parts),
          restartNeeded: parts.configKeeper.current().server.port !== before.server.port,
        };
      }),
    },
  };
}

interface SettingsInput {
  port?: number | undefined;
  timeZone?: string | undefined;
  budget?: { window: Config['budgets'][number]['window']; limitUsd: number } | null | undefined;
  discovery?: Config['discovery'] | undefined;
}

function changed(config: Config, input: SettingsInput): Config {
  return {
    ...config,
    ...(input.port === undefined ? {} : { server: { ...config.server, port: input.port } }),
    ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone }),
    ...(input.budget === undefined ? {} : { budgets: budgetsWith(config, input.budget) }),
    ...(input.discovery === undefined ? {} : { discovery: input.discovery }),
  };
}

/** The first global budget is the cap of the settings page; the others are left as they are. */
function budgetsWith(config: Config, budget: (SettingsInput['budget'] & object) | null): Config['budgets'] {
  const cap = config.budgets.find((known) => known.scope === 'global');
  const others = config.budgets.filter((known) => known !== cap);
  if (budget === null) return others;
  const { window, limitUsd } = budget;
  return [...others, { onLimit: 'block', ...cap, id: cap?.id ?? CAP_ID, scope: 'global', window, limitUsd }];
}

function settingsView(parts: ControlParts): SettingsView {
  const config = parts.configKeeper.current();
  const { managedBy } = parts.configKeeper;
  const cap = config.budgets.find((budget) => budget.scope === 'global');
  return {
    host: config.server.host,
    port: config.server.port,
    timeZone: parts.timeZone(),
    ...(cap === undefined ? {} : { budget: { id: cap.id, window: cap.window, limitUsd: cap.limitUsd } }),
    managed: managedBy !== undefined,
    ...(managedBy === undefined ? {} : { configPath: managedBy }),
    dataDir: parts.dataDir,
    discovery: config.discovery,
  };
}
