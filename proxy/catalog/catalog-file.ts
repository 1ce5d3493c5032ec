/** The shape of resources/catalog.json, which scripts/catalog/build.ts writes. The rows are read by catalog-row.ts. */
import { z } from 'zod';
import { providerKind } from '../contract/config.ts';

/** Four, since one hex digit says which of them name a value. */
const SOURCES_MAX = 4;

export const catalogFile = z.strictObject({
  version: z.literal(2),
  /** The day the prices are of, YYYY-MM-DD. */
  asOf: z.iso.date(),
  sources: z
    .array(
      z.strictObject({
        name: z.string(),
        repository: z.string(),
        commit: z.string(),
        date: z.iso.date(),
        licence: z.string(),
      }),
    )
    .max(SOURCES_MAX),
  /** One row a model. */
  kinds: z.partialRecord(providerKind, z.array(z.string())),
});
export type CatalogFile = z.infer<typeof catalogFile>;
