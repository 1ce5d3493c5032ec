/** Which parts of a valid config this release does not act on yet. They are refused, never ignored. */
import type { Config } from './config.ts';

/** Paths such as `providers[0].kind`, in the order of the file; empty when everything is supported. */
export function unsupportedPaths(value: Config): string[] {
  const found: string[] = [];
  value.accessKeys.forEach((key, index) => {
    for (const field of ['models', 'maxTier', 'requestsPerMinute', 'tokensPerMinute', 'concurrency'] as const) {
      if (key[field] !== undefined) found.push(`accessKeys[${index}].${field}`);
    }
  });
  if (value.virtualModels.length > 0) found.push('virtualModels');
  for (const field of ['defaultMode', 'fallbacks', 'rules', 'splits'] as const) {
    if (value.routing[field] !== undefined) found.push(`routing.${field}`);
  }
  value.budgets.forEach((budget, index) => {
    if (budget.scope !== 'global') found.push(`budgets[${index}].scope (${budget.scope})`);
    if (budget.onLimit !== 'block') found.push(`budgets[${index}].onLimit (${budget.onLimit})`);
    if (budget.alertAt !== undefined) found.push(`budgets[${index}].alertAt`);
  });
  if (value.budgets.filter((budget) => budget.scope === 'global').length > 1)
    found.push('budgets[1] (a second global budget)');
  if (value.wallet.enabled) found.push('wallet.enabled');
  if (value.fees.defaultBps !== 0) found.push('fees.defaultBps');
  for (const field of ['projects', 'clients'] as const)
    if (value.fees[field] !== undefined) found.push(`fees.${field}`);
  if (value.alerts.webhooks.length > 0) found.push('alerts.webhooks');
  if (value.killSwitch.providers.length > 0) found.push('killSwitch.providers');
  if (value.killSwitch.models.length > 0) found.push('killSwitch.models');
  if (value.firewall.mode !== 'off') found.push(`firewall.mode (${value.firewall.mode})`);
  return found;
}
