/** Calls that went through a real ledger and a real usage store on one database, as the pipeline writes them. */
import type { RequestView } from '../../proxy/contract/views.ts';
import { createUsageBooks, type UsageBooks } from '../../proxy/gateway/usage-books.ts';
import { createSqliteLedger, type SqliteLedger } from '../../proxy/ledger/sqlite-ledger.ts';
import type { Db, Storage } from '../../proxy/storage/types.ts';
import { openForTest } from '../integration/storage/fixtures.ts';
import { type ManualClock, manualClock } from './ledger.ts';

export interface History extends UsageBooks {
  readonly db: Db;
  readonly storage: Storage;
  readonly clock: ManualClock;
  readonly ledger: SqliteLedger;
}

export interface PastCall {
  readonly atMs: number;
  readonly costNano?: number;
  readonly feeBps?: number;
  readonly project?: string;
  readonly client?: string;
  readonly model?: string;
  /** The hold; charged in full where no cost is given. */
  readonly holdNano?: number;
  /** Tries that cost nothing before the one that counts. */
  readonly failedBefore?: number;
}

export function openHistory(timeZone = 'UTC', dataDir?: string): History {
  const storage = openForTest(dataDir === undefined ? {} : { dataDir });
  const { db } = storage;
  const clock = manualClock(0);
  return { db, storage, clock, ledger: createSqliteLedger({ db, clock, timeZone }), ...createUsageBooks(db, timeZone) };
}

let number = 0;

/** Reserves, settles and records in one transaction; gives the request's id. */
export async function live({ clock, ledger, usage }: History, call: PastCall): Promise<string> {
  number += 1;
  const id = `req_${String(number).padStart(25, '0')}`;
  const { atMs, costNano, feeBps = 0, model = 'm', holdNano = 1_000_000, failedBefore = 0, ...who } = call;
  clock.wallMs = atMs;
  const reserve = (attemptId: string) =>
    ledger.reserve({
      attemptId,
      requestId: id,
      provider: 'up',
      model,
      ...who,
      configVersion: 1,
      amountNano: holdNano,
      feeBps,
      limits: [],
      deadlineAtMs: atMs + 1,
      dispatched: true,
    });
  for (let before = 0; before < failedBefore; before += 1) {
    await reserve(`${id}-${before}`);
    await ledger.release(`${id}-${before}`, 'upstream_connect_failed');
  }
  await reserve(`${id}-last`);
  const certainty = costNano === undefined ? 'unknown' : 'exact';
  const usage_ = { inputTokens: 10, outputTokens: 20 };
  const money = costNano === undefined ? {} : { costNano };
  await ledger.settle({ attemptId: `${id}-last`, certainty, usage: usage_, ...money }, ({ chargedNano }) => {
    const request: RequestView = {
      id,
      startedAtMs: atMs,
      state: 'settled',
      protocol: 'openai-chat',
      stream: false,
      attempts: failedBefore + 1,
      provider: 'up',
      modelServed: model,
      ...who,
      usage: usage_,
      ...money,
      ...(costNano === undefined ? {} : { feeNano: chargedNano - costNano }),
      chargedNano,
      certainty,
      durationMs: 100,
      configVersion: 1,
    };
    usage.record(request);
  });
  return id;
}
