/**
 * The one schema behind the config file, the settings in the window, and `gatehouse config`. Strict everywhere: an
 * unknown field is an error that names its path. Parts that a later release brings are in the schema (so that a typo is
 * still a typo) and are refused by `unsupportedPaths` until then.
 */
import { z } from 'zod';
import { accessKeyId, budgetId, modelRef, projectId, providerId } from './ids.ts';

export const PROVIDER_KINDS = [
  'openai',
  'anthropic',
  'google',
  'bedrock',
  'groq',
  'together',
  'xai',
  'mistral',
  'deepinfra',
  'openrouter',
  'ollama',
  'lmstudio',
  'openai-compatible',
  'anthropic-compatible',
  'simulator',
] as const;
export const providerKind = z.enum(PROVIDER_KINDS);
export type ProviderKind = z.infer<typeof providerKind>;

/** What the simulator can be told to speak, so that everything can be tried against a provider of each protocol. */
export const simulatorProtocol = z.enum(['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini']);

export const tier = z.enum(['economy', 'standard', 'premium']);
export type Tier = z.infer<typeof tier>;
export const mode = z.enum(['cheap', 'quality', 'latency', 'privacy', 'code']);
export const budgetWindow = z.enum(['hour', 'day', 'week', 'month', 'total']);
export type BudgetWindow = z.infer<typeof budgetWindow>;
export const onLimit = z.enum(['block', 'clamp', 'downgrade', 'ask']);

/** USD per million tokens. The bound catches a per-token price (or a price in cents) typed by mistake. */
const usdPerMTok = z
  .number()
  .min(0)
  .max(10_000, 'prices are in USD per million tokens; this is above 10,000')
  .optional();
const tokens = z.int().min(1).max(100_000_000);

export const modelConfig = z.strictObject({
  id: z.string().min(1).max(200),
  inputUsdPerMTok: usdPerMTok,
  outputUsdPerMTok: usdPerMTok,
  cacheReadUsdPerMTok: usdPerMTok,
  cacheWriteUsdPerMTok: usdPerMTok,
  cacheWrite1hUsdPerMTok: usdPerMTok,
  reasoningUsdPerMTok: usdPerMTok,
  contextTokens: tokens.optional(),
  maxOutputTokens: tokens.optional(),
  tier: tier.optional(),
  quality: z.number().min(0).max(100).optional(),
  code: z.number().min(0).max(100).optional(),
  family: z.string().min(1).max(100).optional(),
  /** Serve it under a budget even while its price is unknown: it then holds nothing, and its cost stays unknown. */
  allowUnpriced: z.boolean().optional(),
});
export type ModelConfig = z.infer<typeof modelConfig>;

/** Where a credential comes from. Left out: `keychain:<provider id>`. */
export const credentialRef = z
  .string()
  .regex(
    /^(none|keychain:[a-z0-9][a-z0-9._-]*|env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/,
    'use keychain:<id>, env:<NAME>, file:<path> or none',
  );

const envRef = z.string().regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'use env:<NAME>; a secret never stands in the config');
const httpUrl = z.url({ protocol: /^https?$/, error: 'use an http:// or https:// address' });

export const providerConfig = z.strictObject({
  id: providerId,
  kind: providerKind,
  baseUrl: httpUrl.optional(),
  /** Bedrock only: the AWS region, where the baseUrl does not say it. */
  region: z
    .string()
    .regex(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'use an AWS region such as us-east-1')
    .optional(),
  /** Simulator only. Left out: openai-chat. */
  speaks: simulatorProtocol.optional(),
  credential: credentialRef.optional(),
  retention: z.enum(['none', 'provider-default']).default('provider-default'),
  enabled: z.boolean().default(true),
  /** For all its models, where a model does not say otherwise. */
  allowUnpriced: z.boolean().optional(),
  models: z.array(modelConfig).default([]),
});
export type ProviderConfig = z.infer<typeof providerConfig>;

export const accessKeyConfig = z.strictObject({
  id: accessKeyId,
  value: envRef,
  project: projectId.optional(),
  models: z.array(z.string().min(1)).optional(),
  maxTier: tier.optional(),
  requestsPerMinute: z.int().min(1).optional(),
  tokensPerMinute: z.int().min(1).optional(),
  concurrency: z.int().min(1).optional(),
});

export const budgetScope = z
  .string()
  .regex(
    /^(global|key:.+|project:.+|client:.+|provider:.+|model:.+)$/,
    'use global, key:<id>, project:<id>, client:<id>, provider:<id> or model:<id>',
  );

export const budgetConfig = z.strictObject({
  id: budgetId,
  scope: budgetScope,
  window: budgetWindow,
  limitUsd: z.number().min(0).max(1_000_000),
  alertAt: z.array(z.number().gt(0).max(10)).optional(),
  onLimit: onLimit.default('block'),
});
export type BudgetConfig = z.infer<typeof budgetConfig>;

const bps = z.int().min(0).max(100_000);

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
    virtualModels: z
      .array(z.strictObject({ id: z.string().min(1), mode: mode.optional(), targets: z.array(modelRef).min(1) }))
      .default([]),
    routing: z
      .strictObject({
        defaultMode: mode.optional(),
        fallbacks: z.record(modelRef, z.array(modelRef).min(1)).optional(),
        rules: z
          .array(
            z.strictObject({
              name: z.string().min(1),
              when: z.record(z.string(), z.unknown()),
              use: z.string().min(1),
            }),
          )
          .optional(),
        splits: z
          .array(
            z.strictObject({
              name: z.string().min(1),
              model: z.string().min(1),
              targets: z.array(z.strictObject({ use: modelRef, weight: z.number().gt(0) })).min(1),
            }),
          )
          .optional(),
      })
      .default({}),
    budgets: z.array(budgetConfig).default([]),
    wallet: z.strictObject({ enabled: z.boolean() }).default({ enabled: false }),
    fees: z
      .strictObject({
        defaultBps: bps.default(0),
        projects: z.record(z.string(), bps).optional(),
        clients: z.record(z.string(), bps).optional(),
      })
      .default({ defaultBps: 0 }),
    alerts: z
      .strictObject({
        webhooks: z
          .array(
            z.strictObject({ url: z.union([envRef, httpUrl]), secret: envRef, events: z.array(z.string()).min(1) }),
          )
          .default([]),
      })
      .default({ webhooks: [] }),
    killSwitch: z
      .strictObject({
        global: z.boolean().default(false),
        providers: z.array(providerId).default([]),
        models: z.array(modelRef).default([]),
      })
      .default({ global: false, providers: [], models: [] }),
    firewall: z
      .strictObject({ mode: z.enum(['off', 'detect', 'redact', 'block']).default('off') })
      .default({ mode: 'off' }),
  })
  .superRefine((value, ctx) => {
    reportDuplicates(value.providers, 'providers', ctx);
    reportDuplicates(value.accessKeys, 'accessKeys', ctx);
    reportDuplicates(value.budgets, 'budgets', ctx);
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
