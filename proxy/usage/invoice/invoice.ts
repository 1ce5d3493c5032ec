/**
 * What a project or client owes for a period: sums of the ledger's own entries, never of the records of requests, which
 * are deleted one day. The ledger's tables are read here and not through its interface, which has no sums by project; an
 * entry counts in the period that holds the instant of its reserve, as in the ledger's windows.
 */
import type { InvoiceInput, InvoiceView } from '../../contract/usage.ts';
import type { Db } from '../../storage/types.ts';

type Line = InvoiceView['lines'][number] & { readonly estimatedNano: number };

export interface InvoiceParts {
  readonly db: Db;
  /** Shown on the invoice; the instants are the caller's. */
  readonly timeZone: string;
}

const PARTY_COLUMN = { project: 'project', client: 'client' } as const satisfies Record<InvoiceInput['party'], string>;

/** All from one state of the ledger. Throws RangeError when a sum is too large to be kept exactly. */
export function invoiceOf({ db, timeZone }: InvoiceParts, { party, name, fromMs, toMs }: InvoiceInput): InvoiceView {
  const within = `t.kind IN ('reserve', 'correction') AND t.counts_at_ms >= ? AND t.counts_at_ms < ?
    AND t.${PARTY_COLUMN[party]} = ?`;
  const lines = db.prepare<[number, number, string], Line>(
    `SELECT coalesce(c.provider, '') AS provider, coalesce(c.model, '') AS model, count(*) AS charges,
       sum(coalesce(c.input_tokens, 0) + coalesce(c.cache_read_tokens, 0) + coalesce(c.cache_write_tokens, 0)
         + coalesce(c.cache_write_1h_tokens, 0)) AS inputTokens,
       sum(coalesce(c.output_tokens, 0) + coalesce(c.reasoning_tokens, 0)) AS outputTokens,
       sum(coalesce(c.cost_nano, 0)) AS costNano, sum(coalesce(c.fee_nano, 0)) AS feeNano,
       sum(c.amount_nano) AS chargedNano, sum(iif(c.cost_nano IS NULL, c.amount_nano, 0)) AS unknownNano,
       sum(iif(c.certainty = 'estimated', c.amount_nano, 0)) AS estimatedNano
     FROM transfers t JOIN transfers c ON c.id = t.attempt_id || ':charge'
     WHERE ${within} AND t.kind = 'reserve'
     GROUP BY c.provider, c.model ORDER BY chargedNano DESC, provider, model`,
  );
  const corrections = db.prepare<[number, number, string], InvoiceView['corrections'][number]>(
    `SELECT t.at_ms AS atMs, coalesce(t.reason, '') AS reason, t.amount_nano AS amountNano
     FROM transfers t WHERE ${within} AND t.kind = 'correction' ORDER BY t.seq`,
  );
  const openHolds = db
    .prepare<[number, number, string], number>(
      `SELECT count(*) FROM transfers t JOIN holds h ON h.attempt_id = t.attempt_id WHERE ${within} AND t.kind = 'reserve'`,
    )
    .pluck();
  return db.transaction((): InvoiceView => {
    const charged = lines.all(fromMs, toMs, name);
    const corrected = corrections.all(fromMs, toMs, name);
    const chargedNano = sum(charged.map((line) => line.chargedNano));
    const correctedNano = sum(corrected.map(({ amountNano }) => amountNano));
    return {
      party,
      name,
      fromMs,
      toMs,
      timeZone,
      lines: charged.map(({ estimatedNano: _, ...line }) => line),
      corrections: corrected,
      costNano: sum(charged.map((line) => line.costNano)),
      feeNano: sum(charged.map((line) => line.feeNano)),
      unknownNano: sum(charged.map((line) => line.unknownNano)),
      chargedNano,
      correctedNano,
      dueNano: sum([chargedNano, correctedNano]),
      estimatedNano: sum(charged.map((line) => line.estimatedNano)),
      openHolds: openHolds.get(fromMs, toMs, name) ?? 0,
    };
  })();
}

function sum(amounts: readonly number[]): number {
  const total = amounts.reduce((before, amount) => before + amount, 0);
  if (!Number.isSafeInteger(total))
    throw new RangeError('the sum of this invoice is too large; ask for a shorter period');
  return total;
}
