/**
 * Requests for an export, with their money as the ledger has it: the sums of the charges and corrections of all their
 * attempts, so that the totals of an export are the ledger's, to the nano-dollar. Read page by page: no statement stays
 * open between two pages, and never more than one page is in memory.
 */
import type { UsageFilters } from '../../contract/usage.ts';
import type { RequestView } from '../../contract/views.ts';
import type { Db } from '../../storage/types.ts';
import { REQUEST_COLUMN_NAMES, type RequestRow, requestOfRow } from '../request-row.ts';
import { conditionOf } from '../rollup/filter-condition.ts';

export interface LedgerMoney {
  /** Sums over the attempts; cost and fee of attempts whose cost nobody knows are not in them. */
  readonly costNano: number;
  readonly feeNano: number;
  readonly chargedNano: number;
  readonly correctedNano: number;
  /** 0: the ledger has no charge of this request. */
  readonly charges: number;
}

export interface ExportedRequest {
  readonly request: RequestView;
  readonly money: LedgerMoney;
}

export interface ExportQuery {
  readonly fromMs: number;
  readonly toMs: number;
  readonly filters: UsageFilters;
}

export const PAGE_ROWS = 200;

const COLUMNS = Object.entries(REQUEST_COLUMN_NAMES)
  .map(([field, column]) => `r.${column} AS ${field}`)
  .join(', ');

type MoneyRow = Omit<LedgerMoney, 'correctedNano'>;

/** Oldest first, a page at a time. */
export function* exportedPages(db: Db, { fromMs, toMs, filters }: ExportQuery): Generator<ExportedRequest[]> {
  const { where, bound } = conditionOf(filters, 'r');
  const page = db.prepare<unknown[], RequestRow>(
    `SELECT ${COLUMNS} FROM requests r
     WHERE (r.started_at_ms, r.id) > (?, ?) AND r.started_at_ms < ? ${where === '' ? '' : `AND ${where}`}
     ORDER BY r.started_at_ms, r.id LIMIT ${PAGE_ROWS}`,
  );
  const moneyOf = moneyReader(db);
  // No id is shorter than this one: the page begins with the first request of the period.
  let after = { startedAtMs: fromMs, id: '' };
  for (;;) {
    const rows = page.all(after.startedAtMs, after.id, toMs, ...bound);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => ({ request: requestOfRow(row), money: moneyOf(row.id) }));
    if (rows.length < PAGE_ROWS) return;
    after = last;
  }
}

/** Reserves and corrections are found by request, charges by their attempt: see the ledger's indexes. */
function moneyReader(db: Db): (requestId: string) => LedgerMoney {
  const charged = db.prepare<[string], MoneyRow>(
    `SELECT coalesce(sum(c.cost_nano), 0) AS costNano, coalesce(sum(c.fee_nano), 0) AS feeNano,
       coalesce(sum(c.amount_nano), 0) AS chargedNano, count(c.seq) AS charges
     FROM transfers t JOIN transfers c ON c.id = t.attempt_id || ':charge'
     WHERE t.request_id = ? AND t.kind IN ('reserve', 'correction') AND t.kind = 'reserve'`,
  );
  const corrected = db
    .prepare<[string], number>(
      `SELECT coalesce(sum(amount_nano), 0) FROM transfers
       WHERE request_id = ? AND kind IN ('reserve', 'correction') AND kind = 'correction'`,
    )
    .pluck();
  const none: MoneyRow = { costNano: 0, feeNano: 0, chargedNano: 0, charges: 0 };
  return (requestId) => ({
    ...(charged.get(requestId) ?? none),
    correctedNano: corrected.get(requestId) ?? 0,
  });
}
