/** What a person does with the ledger: fill the wallet, correct entries, hold the books against what others say. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { budgetScope } from './config/limits.ts';
import { providerId } from './ids.ts';
import { nanoUsd } from './money.ts';
import { transferView } from './views.ts';

/** balanceNano = grantedNano - spentNano - heldNano; see docs/ledger.md. */
export const walletView = z.object({
  /** False: grants are kept, but no call is refused for want of them. */
  enabled: z.boolean(),
  grantedNano: nanoUsd,
  /** Charged and corrected since the first grant. */
  spentNano: nanoUsd,
  heldNano: nanoUsd,
  balanceNano: nanoUsd,
  /** The first grant. */
  sinceMs: z.int().optional(),
  /** An alert goes out below it. */
  lowBalanceNano: nanoUsd.optional(),
  low: z.boolean(),
});
export type WalletView = z.infer<typeof walletView>;

/** One disagreement between the books and something they were held against. */
export const ledgerDifference = z.object({
  /**
   * Those of the audit (`window_drift`, `hash_chain_broken` ...), and: `hold_overdue`, `hold_without_owner`,
   * `request_without_record`, `record_differs`, `provider_cost_differs`, `provider_usage_differs`.
   */
  kind: z.string(),
  /** What disagrees, by how much, and what to do. */
  message: z.string(),
  /** How far the books are from the other side: positive, the other side says more. Left out where it is no amount. */
  driftNano: nanoUsd.optional(),
  oursNano: nanoUsd.optional(),
  theirsNano: nanoUsd.optional(),
  requestId: z.string().optional(),
  attemptId: z.string().optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  /** YYYY-MM-DD in UTC. */
  day: z.string().optional(),
  /** The entries that make it up, those that are no exact figures first; not more than 50. */
  seqs: z.array(z.int()),
  /** What would make the two agree; written only when somebody says so. */
  correction: z
    .object({ id: z.string(), account: z.string(), amountNano: nanoUsd, attemptId: z.string().optional() })
    .optional(),
});
export type LedgerDifference = z.infer<typeof ledgerDifference>;

export const reconciliationReport = z.object({
  ok: z.boolean(),
  atMs: z.int(),
  durationMs: z.number(),
  /** How much was held against what. */
  checked: z.object({
    entries: z.int(),
    holds: z.int(),
    windows: z.int(),
    /** Records of requests against their entries. */
    requests: z.int(),
    /** Of these, with a cost that the provider itself told. */
    providerCosts: z.int(),
    /** Lines of an imported usage file. */
    providerLines: z.int(),
  }),
  /** The amounts by which things disagree, added up without their signs. */
  driftNano: nanoUsd,
  differences: z.array(ledgerDifference),
  /** How many more there are than are listed. */
  unlisted: z.int(),
  /** Correction entries that were written, newest last. */
  corrected: z.array(transferView),
});
export type ReconciliationReport = z.infer<typeof reconciliationReport>;

const reason = z.string().trim().min(1).max(500);
/** Sent again with the same id, an entry is written once. */
const entryId = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{1,100}$/, 'an id has letters, digits and _ . : - only, 100 characters at most');

const base = oc.errors({
  BAD_REQUEST: { status: 400 },
  /** The id stands for another entry already. */
  CONFLICT: { status: 409 },
  UNAVAILABLE: { status: 503 },
});

const page = z.object({ limit: z.int().min(1).max(500).default(100), cursor: z.string().optional() });

/** An export of a provider's console is small; a year of days and models has some thousand lines. */
export const PROVIDER_CSV_CHARS_MAX = 8_000_000;

export const ledgerDesk = {
  wallet: base.output(walletView),
  /** Grants and corrections, newest first: what people wrote. */
  adjustments: base.input(page).output(z.object({ items: z.array(transferView), nextCursor: z.string().optional() })),
  /** Adds to the wallet. */
  grant: base
    .input(z.object({ id: entryId, amountUsd: z.number().positive().max(1_000_000), reason }))
    .output(z.object({ transfer: transferView, wallet: walletView })),
  /** Adds to what was charged; negative gives back. With an attempt it counts where and when that attempt counts. */
  correct: base
    .input(
      z.object({
        id: entryId,
        account: budgetScope.default('global'),
        amountUsd: z
          .number()
          .min(-1_000_000)
          .max(1_000_000)
          .refine((usd) => usd !== 0, 'a correction of 0 changes nothing'),
        reason,
        attemptId: z.string().max(200).optional(),
      }),
    )
    .output(transferView),
  /**
   * Holds the books against themselves, the records of requests, and what providers told. `csv`: also against a usage
   * export of that provider. `correct`: writes the corrections that make the two agree, with this reason.
   */
  reconcile: base
    .input(
      z.object({
        csv: z.object({ provider: providerId, text: z.string().max(PROVIDER_CSV_CHARS_MAX) }).optional(),
        correct: z.object({ reason }).optional(),
      }),
    )
    .output(reconciliationReport),
  /** The latest one, scheduled or asked for; null: none yet. */
  lastReconciliation: base.output(reconciliationReport.nullable()),
};
