/** Which parts of a valid config this release does not act on yet. They are refused, never ignored. */
import type { Config } from './config.ts';

const KEY_FIELDS = [
  'models',
  'maxTier',
  'mode',
  'requestsPerMinute',
  'tokensPerMinute',
  'concurrency',
  'cap',
  'expiresAt',
  'loopGuard',
] as const;

/** Paths such as `providers[0].kind`, in the order of the file; empty when everything is supported. */
export function unsupportedPaths(value: Config): string[] {
  const found: string[] = [];
  value.providers.forEach((provider, index) => {
    if (provider.prefer !== undefined) found.push(`providers[${index}].prefer`);
    provider.models.forEach((model, at) => {
      for (const field of ['enabled', 'prefer'] as const)
        if (model[field] !== undefined) found.push(`providers[${index}].models[${at}].${field}`);
    });
  });
  value.accessKeys.forEach((key, index) => {
    for (const field of KEY_FIELDS) if (key[field] !== undefined) found.push(`accessKeys[${index}].${field}`);
  });
  if (value.virtualModels.length > 0) found.push('virtualModels');
  for (const field of Object.keys(value.routing)) found.push(`routing.${field}`);
  value.budgets.forEach((budget, index) => {
    if (budget.scope !== 'global') found.push(`budgets[${index}].scope (${budget.scope})`);
    if (budget.onLimit !== 'block') found.push(`budgets[${index}].onLimit (${budget.onLimit})`);
    if (budget.clampFloorTokens !== undefined) found.push(`budgets[${index}].clampFloorTokens`);
  });
  if (value.budgets.filter((budget) => budget.scope === 'global').length > 1)
    found.push('budgets[1] (a second global budget)');
  if (value.rateLimits.length > 0) found.push('rateLimits');
  for (const field of Object.keys(value.loopGuard)) if (field !== 'enabled') found.push(`loopGuard.${field}`);
  if (value.wallet.lowBalanceUsd !== undefined) found.push('wallet.lowBalanceUsd');
  if (value.wallet.enabled) found.push('wallet.enabled');
  if (value.fees.defaultBps !== 0) found.push('fees.defaultBps');
  for (const field of ['projects', 'clients'] as const)
    if (value.fees[field] !== undefined) found.push(`fees.${field}`);
  for (const field of ['providers', 'models', 'keys', 'projects'] as const)
    if (value.killSwitch[field].length > 0) found.push(`killSwitch.${field}`);
  if (!value.usage.processes) found.push('usage.processes');
  if (value.usage.retentionDays !== 400) found.push('usage.retentionDays');
  if (value.firewall.mode !== 'off') found.push(`firewall.mode (${value.firewall.mode})`);
  return found;
}
