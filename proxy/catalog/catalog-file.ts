/** The shape of resources/catalog.json, which scripts/catalog/build.ts writes. Prices in USD per million tokens. */
import { z } from 'zod';
import { providerKind } from '../contract/config.ts';

const usdPerMTok = z.number().min(0).max(10_000);
const tokens = z.int().min(1);

const rates = {
  inputUsdPerMTok: usdPerMTok,
  outputUsdPerMTok: usdPerMTok,
  cacheReadUsdPerMTok: usdPerMTok.optional(),
  cacheWriteUsdPerMTok: usdPerMTok.optional(),
  reasoningUsdPerMTok: usdPerMTok.optional(),
};

export const catalogModel = z.strictObject({
  /** As it goes over the wire. */
  id: z.string().min(1),
  ...rates,
  /** Rates of a whole call whose input (cached tokens included) is longer than `aboveInputTokens`. */
  longContext: z.strictObject({ aboveInputTokens: tokens, ...rates }).optional(),
  /** The whole window: input and output together. */
  contextTokens: tokens.optional(),
  maxOutputTokens: tokens.optional(),
  inputModalities: z.array(z.string()).optional(),
  outputModalities: z.array(z.string()).optional(),
  tools: z.boolean().optional(),
  reasoning: z.boolean().optional(),
  structuredOutput: z.boolean().optional(),
  /** Field -> the sources that say so, e.g. `longContext.inputUsdPerMTok` -> `litellm, genai-prices`. */
  from: z.record(z.string(), z.string()),
});
export type CatalogModel = z.infer<typeof catalogModel>;

export const catalogFile = z
  .strictObject({
    version: z.literal(1),
    /** The day the prices are of, YYYY-MM-DD. */
    asOf: z.iso.date(),
    sources: z.record(
      z.string(),
      z.strictObject({ repository: z.string(), commit: z.string(), date: z.iso.date(), licence: z.string() }),
    ),
    kinds: z.partialRecord(providerKind, z.strictObject({ models: z.array(catalogModel) })),
  })
  .superRefine((file, ctx) => {
    for (const [kind, { models }] of Object.entries(file.kinds)) {
      if (new Set(models.map((model) => model.id)).size !== models.length) {
        ctx.addIssue({ code: 'custom', path: ['kinds', kind], message: 'a model id is listed twice' });
      }
    }
  });
export type CatalogFile = z.infer<typeof catalogFile>;
