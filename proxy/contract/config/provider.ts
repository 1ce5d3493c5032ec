/** Providers and their models, as a config has them. */
import { z } from 'zod';
import { providerId } from '../ids.ts';
import { httpUrl, providerKind, simulatorProtocol, tier } from './words.ts';

/** USD per million tokens. The bound catches a per-token price (or a price in cents) typed by mistake. */
const usdPerMTok = z
  .number()
  .min(0)
  .max(10_000, 'prices are in USD per million tokens; this is above 10,000')
  .optional();
/** USD for one request, image or search. The bound catches a price for a thousand of them, or one in cents. */
const usdEach = z.number().min(0).max(10, 'prices by the piece are in USD for one; this is above 10').optional();
const tokens = z.int().min(1).max(100_000_000);

export const modelConfig = z.strictObject({
  id: z.string().min(1).max(200),
  inputUsdPerMTok: usdPerMTok,
  outputUsdPerMTok: usdPerMTok,
  cacheReadUsdPerMTok: usdPerMTok,
  cacheWriteUsdPerMTok: usdPerMTok,
  cacheWrite1hUsdPerMTok: usdPerMTok,
  reasoningUsdPerMTok: usdPerMTok,
  /** Left out: as the catalog says, else as other input. */
  audioInputUsdPerMTok: usdPerMTok,
  /** Left out: as the catalog says, else as other output. */
  imageOutputUsdPerMTok: usdPerMTok,
  usdPerRequest: usdEach,
  usdPerInputImage: usdEach,
  /** For each search of the web that the provider makes by itself. */
  usdPerSearch: usdEach,
  contextTokens: tokens.optional(),
  maxOutputTokens: tokens.optional(),
  tier: tier.optional(),
  quality: z.number().min(0).max(100).optional(),
  code: z.number().min(0).max(100).optional(),
  family: z.string().min(1).max(100).optional(),
  /** What it can do, where the catalog does not know it or is wrong. */
  tools: z.boolean().optional(),
  structuredOutput: z.boolean().optional(),
  inputModalities: z
    .array(z.enum(['text', 'image', 'audio', 'video', 'pdf', 'file']))
    .min(1)
    .optional(),
  /** Serve it under a budget even while its price is unknown: it then holds nothing, and its cost stays unknown. */
  allowUnpriced: z.boolean().optional(),
  /** False: never served, neither asked for by name nor chosen. */
  enabled: z.boolean().optional(),
  /** Chosen before others that are about as good. */
  prefer: z.boolean().optional(),
});
export type ModelConfig = z.infer<typeof modelConfig>;

/** Where a credential comes from. Left out: `keychain:<provider id>`. */
export const credentialRef = z
  .string()
  .regex(
    /^(none|keychain:[a-z0-9][a-z0-9._-]*|env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/,
    'use keychain:<id>, env:<NAME>, file:<path> or none',
  );

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
  /** Chosen before others that are about as good. */
  prefer: z.boolean().optional(),
  /** For all its models, where a model does not say otherwise. */
  allowUnpriced: z.boolean().optional(),
  models: z.array(modelConfig).default([]),
});
export type ProviderConfig = z.infer<typeof providerConfig>;
