/** Everything the catalog says of one model. Prices in USD per million tokens, or per request, image and search. */
import { z } from 'zod';

const PURPOSES = ['chat', 'completion', 'embedding'] as const;
/** What it is called for: a conversation, the continuation of a text, or a vector. */
export type Purpose = (typeof PURPOSES)[number];

const usdPerMTok = z.number().min(0).max(10_000);
const usdPerUnit = z.number().min(0).max(100);
const tokens = z.int().min(1);
const score = z.number().min(0).max(100);

const tierRates = {
  inputUsdPerMTok: usdPerMTok.optional(),
  outputUsdPerMTok: usdPerMTok.optional(),
  cacheReadUsdPerMTok: usdPerMTok.optional(),
  cacheWriteUsdPerMTok: usdPerMTok.optional(),
  cacheWrite1hUsdPerMTok: usdPerMTok.optional(),
};

/** Rates of a whole call whose input (cached tokens included) is longer; those not named stay as below the threshold. */
const catalogTier = z.strictObject({ aboveInputTokens: tokens, ...tierRates });
export type CatalogTier = z.infer<typeof catalogTier>;

export const catalogModel = z.strictObject({
  /** As it goes over the wire. */
  id: z.string().regex(/^[^|]+$/),
  purpose: z.enum(PURPOSES),
  /** The same name for the same model at every provider; read from the id, so it has no source. */
  family: z.string().min(1).optional(),
  /** Served on /v1/responses only. */
  responsesOnly: z.literal(true).optional(),
  ...tierRates,
  inputUsdPerMTok: usdPerMTok,
  /** Where it differs from the price of output. */
  reasoningUsdPerMTok: usdPerMTok.optional(),
  /** Where it differs from the price of other input. */
  audioInputUsdPerMTok: usdPerMTok.optional(),
  /** Where it differs from the price of text. */
  imageOutputUsdPerMTok: usdPerMTok.optional(),
  usdPerRequest: usdPerUnit.optional(),
  usdPerInputImage: usdPerUnit.optional(),
  /** For each web search that the provider makes on the model's behalf. */
  usdPerSearch: usdPerUnit.optional(),
  /** By rising threshold. */
  tiers: z.array(catalogTier).max(2).optional(),
  /** The whole window: input and output together. */
  contextTokens: tokens.optional(),
  maxOutputTokens: tokens.optional(),
  inputModalities: z.array(z.string()).optional(),
  outputModalities: z.array(z.string()).optional(),
  tools: z.boolean().optional(),
  reasoning: z.boolean().optional(),
  structuredOutput: z.boolean().optional(),
  /** Benchmark scores from 0 to 100. */
  quality: score.optional(),
  code: score.optional(),
  /** Field -> the sources that say so, e.g. `tiers.0.inputUsdPerMTok` -> `['litellm', 'genai-prices']`. */
  from: z.record(z.string(), z.array(z.string()).min(1)),
});
export type CatalogModel = z.infer<typeof catalogModel>;
