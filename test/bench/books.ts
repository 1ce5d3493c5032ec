/** What a million entries cost: the ledger's decisions and the Overview's figures, beside the same on an empty database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../proxy/core/clock.ts';
import { createSqliteLedger, type SqliteLedger } from '../../proxy/ledger/sqlite-ledger.ts';
import type { Limit } from '../../proxy/ledger/types.ts';
import { openStorage } from '../../proxy/storage/open.ts';
import type { Db } from '../../proxy/storage/types.ts';

export interface BooksFigure {
  readonly name: string;
  readonly emptyMs: number;
  readonly fullMs: number;
  /** Full as a multiple of empty, at most. */
  readonly ratioMax: number;
}

/** Three entries an attempt. */
const ATTEMPTS = 333_334;
const DAYS = 365;
const CALLS = 3_000;
const OVERVIEWS = 300;
const WARM_UP = 300;

const LIMITS: readonly Limit[] = [
  { budgetId: 'month', account: 'global', window: 'month', limitNano: 10 ** 15 },
  { budgetId: 'key', account: 'key:key-3', window: 'day', limitNano: 10 ** 15 },
  { budgetId: 'project', account: 'project:project-2', window: 'week', limitNano: 10 ** 15 },
  { budgetId: 'model', account: 'model:openai/model-1', window: 'hour', limitNano: 10 ** 15 },
];

/** In files of their own, in the order of the figures. */
export async function measureBooks(): Promise<BooksFigure[]> {
  const empty = await measured(0);
  const full = await measured(ATTEMPTS);
  const figure = (name: string, what: keyof Measured): BooksFigure => ({
    name,
    emptyMs: empty[what],
    fullMs: full[what],
    ratioMax: 2,
  });
  return [
    figure('reserve under four budgets and a wallet, p50', 'reserveP50Ms'),
    figure('the same, p99', 'reserveP99Ms'),
    figure('settle, p99', 'settleP99Ms'),
    figure('Overview: spend, balance, wallet, newest entries, p50', 'overviewP50Ms'),
  ];
}

interface Measured {
  readonly reserveP50Ms: number;
  readonly reserveP99Ms: number;
  readonly settleP99Ms: number;
  readonly overviewP50Ms: number;
}

async function measured(attempts: number): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-books-'));
  const storage = openStorage({ dataDir, clock: systemClock });
  try {
    if (attempts > 0) fill(storage.db, attempts);
    const ledger = createSqliteLedger({ db: storage.db, clock: systemClock, timeZone: 'UTC' });
    await ledger.grant({ id: 'bench', account: 'global', amountNano: 10 ** 14, reason: 'bench' });
    const warmUp = await calls(ledger, 'warm', WARM_UP);
    if (warmUp.reserveMs.length !== WARM_UP) throw new Error('a call of the bench was refused');
    const { reserveMs, settleMs } = await calls(ledger, 'call', CALLS);
    const overviewMs: number[] = [];
    for (let look = 0; look < OVERVIEWS; look += 1) {
      overviewMs.push(
        await timed(async () => {
          await ledger.spend(LIMITS);
          await ledger.balance();
          await ledger.wallet();
          await ledger.entries({ limit: 100 });
        }),
      );
    }
    return {
      reserveP50Ms: quantile(reserveMs, 0.5),
      reserveP99Ms: quantile(reserveMs, 0.99),
      settleP99Ms: quantile(settleMs, 0.99),
      overviewP50Ms: quantile(overviewMs, 0.5),
    };
  } finally {
    storage.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function calls(ledger: SqliteLedger, name: string, count: number) {
  const reserveMs: number[] = [];
  const settleMs: number[] = [];
  for (let call = 0; call < count; call += 1) {
    const attemptId = `${name}-${call}`;
    reserveMs.push(
      await timed(async () => {
        const outcome = await ledger.reserve({
          attemptId,
          requestId: `request-${attemptId}`,
          provider: 'openai',
          model: 'model-1',
          accessKeyId: 'key-3',
          project: 'project-2',
          client: 'client-1',
          configVersion: 1,
          amountNano: 1_000,
          feeBps: 0,
          limits: LIMITS,
          wallet: 'global',
          deadlineAtMs: Date.now() + 600_000,
          dispatched: true,
        });
        if (!outcome.ok) throw new Error(`the budget ${outcome.budget.id} of the bench is never full`);
      }),
    );
    settleMs.push(
      await timed(async () => void (await ledger.settle({ attemptId, costNano: 400, certainty: 'exact' }))),
    );
  }
  return { reserveMs, settleMs };
}

/** A year of attempts in one statement a kind. The chain is not hashed: nothing here reads it. */
function fill(db: Db, attempts: number): void {
  const sinceMs = Date.now() - DAYS * 86_400_000;
  const stepMs = (DAYS * 86_400_000) / attempts;
  db.exec('BEGIN IMMEDIATE');
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @attempts - 1)
     INSERT INTO transfers (seq, id, kind, at_ms, counts_at_ms, attempt_id, request_id, amount_nano, cost_nano, fee_nano,
       fee_bps, certainty, provider, model, access_key_id, project, client, config_version, hash)
     SELECT i * 3 + k.nr + 1, 'filled-' || i || ':' || k.kind, k.kind, @sinceMs + CAST(i * @stepMs AS INTEGER),
       @sinceMs + CAST(i * @stepMs AS INTEGER), 'filled-' || i, 'request-filled-' || i, k.amount, k.cost, k.fee, k.bps,
       k.certainty, 'openai', 'model-' || (i % 7), 'key-' || (i % 11), 'project-' || (i % 5), 'client-' || (i % 3), 1,
       hex(zeroblob(32))
     FROM n, (SELECT 0 AS nr, 'reserve' AS kind, 1000 AS amount, NULL AS cost, NULL AS fee, 0 AS bps, NULL AS certainty
       UNION ALL SELECT 1, 'charge', 400, 400, 0, NULL, 'exact' UNION ALL SELECT 2, 'release', 600, NULL, NULL, NULL, NULL) k
     ORDER BY 1`,
  ).run({ attempts, sinceMs, stepMs });
  db.prepare(
    `UPDATE spend_windows SET spent_nano = ?, requests = ?, entries = ?
     WHERE account = 'global' AND kind = 'total'`,
  ).run(attempts * 400, attempts, attempts * 3);
  db.exec('COMMIT');
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
