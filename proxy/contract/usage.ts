/** What was used, by whom and at what price, as the window and the CLI see it, and what they can ask. Metadata only. */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { nanoUsd } from './money.ts';

const instantMs = z.int().min(0).max(8_640_000_000_000_000);

/** What requests can be told apart by. `arm` is that of the split; `errorCode` is empty where a request went well. */
export const USAGE_DIMENSIONS = [
  'modelAsked',
  'modelServed',
  'provider',
  'accessKey',
  'project',
  'client',
  'process',
  'mode',
  'split',
  'arm',
  'errorCode',
] as const;
export const usageDimension = z.enum(USAGE_DIMENSIONS);
export type UsageDimension = z.infer<typeof usageDimension>;

/** Only requests with one of these values; null: those that have none. */
export const usageFilters = z.partialRecord(usageDimension, z.array(z.string().max(400).nullable()).min(1).max(100));
export type UsageFilters = z.infer<typeof usageFilters>;

const period = { fromMs: instantMs, toMs: instantMs };
/** In answers: the first hour of 1970 begins in 1969 in some zones. */
const answered = { fromMs: z.int(), toMs: z.int() };
const inOrder = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => fromMs < toMs;
const IN_ORDER = { path: ['toMs'], message: 'the period must end after it begins' };

/** From logarithmic bins: within 4.5 % of the exact value. Milliseconds. */
export const percentilesView = z.object({ count: z.int(), p50: z.number(), p95: z.number(), p99: z.number() });
export type PercentilesView = z.infer<typeof percentilesView>;

export const usageFigures = z.object({
  requests: z.int(),
  /** Went to a provider and failed; stopped by Gatehouse before that; left by the client or stopped on the way. */
  failed: z.int(),
  refused: z.int(),
  aborted: z.int(),
  inputTokens: z.int(),
  cacheReadTokens: z.int(),
  /** To five-minute and one-hour caches together. */
  cacheWriteTokens: z.int(),
  outputTokens: z.int(),
  reasoningTokens: z.int(),
  costNano: nanoUsd,
  feeNano: nanoUsd,
  chargedNano: nanoUsd,
  /** Requests with an attempt whose cost nobody knows: they are in `chargedNano` at most, not in `costNano`. */
  unknownCosts: z.int(),
  /** What the models asked for would have cost more, over the `compared` requests where both prices are known. */
  savedNano: nanoUsd,
  compared: z.int(),
  /** Of requests that went well; left out when there was none. */
  latencyMs: percentilesView.optional(),
  firstTokenMs: percentilesView.optional(),
});
export type UsageFigures = z.infer<typeof usageFigures>;

/** The values of the dimensions that were asked for, and `day` or `hour` as the instant it starts; null: none. */
export const usageKey = z.partialRecord(
  z.enum([...USAGE_DIMENSIONS, 'day', 'hour']),
  z.union([z.string(), z.int(), z.null()]),
);

export const usageGroup = z.object({ key: usageKey, figures: usageFigures });
export type UsageGroup = z.infer<typeof usageGroup>;

export const usageSummaryInput = z
  .object({
    ...period,
    groupBy: z
      .array(z.enum([...USAGE_DIMENSIONS, 'day', 'hour']))
      .max(4)
      .default([]),
    filters: usageFilters.default({}),
    /** Groups in the answer; the dearest come first, days and hours in their order. */
    limit: z.int().min(1).max(2_000).default(200),
  })
  .refine(inOrder, IN_ORDER);
export type UsageSummaryInput = z.infer<typeof usageSummaryInput>;

/** The period is widened to whole hours: it says which. */
export const usageSummary = z.object({
  ...answered,
  total: usageFigures,
  groups: z.array(usageGroup),
  /** Groups that did not fit. */
  more: z.int(),
});
export type UsageSummary = z.infer<typeof usageSummary>;

export const usageSeriesInput = z
  .object({
    ...period,
    bucket: z.enum(['hour', 'day']),
    groupBy: usageDimension.optional(),
    filters: usageFilters.default({}),
    /** Groups with a line of their own, the dearest; the others are summed up in `rest`. */
    limit: z.int().min(1).max(20).default(8),
  })
  .refine(inOrder, IN_ORDER);
export type UsageSeriesInput = z.infer<typeof usageSeriesInput>;

export const usageSeries = z.object({
  /** Every hour or day of the period on the clock of the config's time zone; a day may have 23 or 25 hours. */
  buckets: z.array(z.object({ startMs: z.int(), endMs: z.int() })),
  /** One figure a bucket, in their order. Without groupBy there is one line, whose value is null. */
  lines: z.array(z.object({ value: z.string().nullable(), points: z.array(usageFigures) })),
  rest: z.array(usageFigures).optional(),
});
export type UsageSeries = z.infer<typeof usageSeries>;

export const usageArms = z.object({ ...answered, arms: z.array(z.object({ arm: z.string(), figures: usageFigures })) });
export type UsageArms = z.infer<typeof usageArms>;

export const exportFormat = z.enum(['csv', 'jsonl']);
export type ExportFormat = z.infer<typeof exportFormat>;

export const usageExportInput = z
  .object({ ...period, format: exportFormat, filters: usageFilters.default({}) })
  .refine(inOrder, IN_ORDER);

export const invoiceParty = z.enum(['project', 'client']);

export const invoiceInput = z
  .object({ party: invoiceParty, name: z.string().min(1).max(400), ...period })
  .refine(inOrder, IN_ORDER);
export type InvoiceInput = z.infer<typeof invoiceInput>;

export const invoiceLine = z.object({
  provider: z.string(),
  model: z.string(),
  /** Charged attempts: a request that failed over has more than one. */
  charges: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costNano: nanoUsd,
  feeNano: nanoUsd,
  chargedNano: nanoUsd,
  /** Of `chargedNano`, what was charged in full because nobody knows the cost. */
  unknownNano: nanoUsd,
});

/** Sums of ledger entries, to the nano-dollar. `costNano + feeNano + unknownNano` is `chargedNano`, with `correctedNano` `dueNano`. */
export const invoiceView = z.object({
  party: invoiceParty,
  name: z.string(),
  ...answered,
  timeZone: z.string(),
  lines: z.array(invoiceLine),
  corrections: z.array(z.object({ atMs: instantMs, reason: z.string(), amountNano: nanoUsd })),
  costNano: nanoUsd,
  feeNano: nanoUsd,
  unknownNano: nanoUsd,
  chargedNano: nanoUsd,
  correctedNano: nanoUsd,
  dueNano: nanoUsd,
  /** Of `chargedNano`, what was counted by Gatehouse because the provider did not say. */
  estimatedNano: nanoUsd,
  /** Attempts of the period that are still under way: their charges are not in yet. */
  openHolds: z.int(),
});
export type InvoiceView = z.infer<typeof invoiceView>;

const base = oc.errors({ BAD_REQUEST: { status: 400 }, UNAVAILABLE: { status: 503 } });

export const usageContract = {
  summary: base.input(usageSummaryInput).output(usageSummary),
  series: base.input(usageSeriesInput).output(usageSeries),
  /** What each arm of a split came to. */
  splits: base.input(z.object({ name: z.string().min(1), ...period }).refine(inOrder, IN_ORDER)).output(usageArms),
  /** The requests of a period as CSV or JSON Lines, oldest first, in chunks of text to be joined. */
  export: base.input(usageExportInput).output(eventIterator(z.string())),
  invoice: base.input(invoiceInput).output(invoiceView),
  /** The same as a page that prints well and needs no other file. */
  invoicePage: base.input(invoiceInput).output(z.object({ html: z.string() })),
};
