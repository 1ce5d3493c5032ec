/**
 * The one schema behind the config file, the settings in the window, and `gatehouse config`. Strict everywhere: an
 * unknown field is an error that names its path. Parts that a later release brings are in the schema (so that a typo is
 * still a typo) and are refused by `unsupportedPaths` until then.
 */
import { z } from 'zod';
import { accessKeyConfig } from './config/access-key.ts';
import { alertsConfig } from './config/alerts.ts';
import {
  budgetConfig,
  feesConfig,
  killSwitchConfig,
  loopGuardConfig,
  rateLimitConfig,
  walletConfig,
} from './config/limits.ts';
import { type ProviderConfig, providerConfig } from './config/provider.ts';
import { routingConfig, virtualModelConfig } from './config/routing.ts';

export * from './config/access-key.ts';
export * from './config/alerts.ts';
export * from './config/limits.ts';
export * from './config/provider.ts';
export * from './config/routing.ts';
export * from './config/words.ts';

export const config = z
  .strictObject({
    version: z.literal(1),
    server: z
      .strictObject({ host: z.string().default('127.0.0.1'), port: z.int().min(0).max(65_535).default(7420) })
      .default({ host: '127.0.0.1', port: 7420 }),
    timeZone: z.string().refine(isTimeZone, 'use an IANA time zone such as Europe/Berlin').optional(),
    providers: z.array(providerConfig).default([]),
    /** `local: false`: servers on this machine (Ollama, LM Studio) are not looked for. */
    discovery: z.strictObject({ local: z.boolean().default(true) }).default({ local: true }),
    accessKeys: z.array(accessKeyConfig).default([]),
    virtualModels: z.array(virtualModelConfig).default([]),
    routing: routingConfig.default({}),
    budgets: z.array(budgetConfig).default([]),
    rateLimits: z.array(rateLimitConfig).default([]),
    loopGuard: loopGuardConfig.default({ enabled: true }),
    wallet: walletConfig.default({ enabled: false }),
    fees: feesConfig.default({ defaultBps: 0 }),
    alerts: alertsConfig.default({ desktop: true, webhooks: [], exec: [] }),
    killSwitch: killSwitchConfig.default({ global: false, providers: [], models: [], keys: [], projects: [] }),
    usage: z
      .strictObject({
        /** False: the process behind a call is not looked up. */
        processes: z.boolean().default(true),
        /** Records of requests older than this are deleted. The ledger is kept. */
        retentionDays: z.int().min(1).max(36_500).default(400),
      })
      .default({ processes: true, retentionDays: 400 }),
    firewall: z
      .strictObject({ mode: z.enum(['off', 'detect', 'redact', 'block']).default('off') })
      .default({ mode: 'off' }),
  })
  .superRefine((value, ctx) => {
    reportDuplicates(value.providers, 'providers', ctx);
    reportDuplicates(value.accessKeys, 'accessKeys', ctx);
    reportDuplicates(value.budgets, 'budgets', ctx);
    reportDuplicates(value.virtualModels, 'virtualModels', ctx);
    value.providers.forEach((provider, index) => {
      const needsUrl = provider.kind === 'openai-compatible' || provider.kind === 'anthropic-compatible';
      if (needsUrl && provider.baseUrl === undefined) {
        ctx.addIssue({
          code: 'custom',
          path: ['providers', index, 'baseUrl'],
          message: `a provider of kind ${provider.kind} needs a baseUrl`,
        });
      }
      if (provider.speaks !== undefined && provider.kind !== 'simulator') {
        ctx.addIssue({
          code: 'custom',
          path: ['providers', index, 'speaks'],
          message: 'only the simulator can be told what to speak',
        });
      }
      const refusal = regionRefusal(provider);
      if (refusal !== undefined)
        ctx.addIssue({ code: 'custom', path: ['providers', index, 'region'], message: refusal });
      reportDuplicates(provider.models, `providers.${index}.models`, ctx);
    });
  });

/** The immutable, numbered snapshot the gateway runs on (the number lives beside it, see ConfigVersion). */
export type Config = z.infer<typeof config>;
export type ConfigInput = z.input<typeof config>;

function reportDuplicates(items: readonly { id: string }[], path: string, ctx: z.RefinementCtx): void {
  const seen = new Set<string>();
  items.forEach((item, index) => {
    if (seen.has(item.id)) {
      ctx.addIssue({
        code: 'custom',
        path: [...path.split('.'), index, 'id'],
        message: `the id "${item.id}" is used twice`,
      });
    }
    seen.add(item.id);
  });
}

function regionRefusal({ kind, region, baseUrl }: ProviderConfig): string | undefined {
  if (kind !== 'bedrock') return region === undefined ? undefined : 'only a provider of kind bedrock has a region';
  if (region !== undefined || baseUrl !== undefined) return undefined;
  return 'a provider of kind bedrock needs a region, such as us-east-1';
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
