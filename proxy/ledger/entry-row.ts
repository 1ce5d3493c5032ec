/** The `transfers` table's columns, and an entry's three shapes: a row, the whole entry, what the window shows. */
import type { TransferView } from '../contract/views.ts';
import type { AlwaysThere, EntryFacts } from './chain.ts';
import type { LedgerEntry } from './types.ts';

/** Field and column in the table's order. */
export const COLUMNS = [
  ['seq', 'seq'],
  ['id', 'id'],
  ['kind', 'kind'],
  ['atMs', 'at_ms'],
  ['countsAtMs', 'counts_at_ms'],
  ['attemptId', 'attempt_id'],
  ['requestId', 'request_id'],
  ['account', 'account'],
  ['amountNano', 'amount_nano'],
  ['costNano', 'cost_nano'],
  ['feeNano', 'fee_nano'],
  ['feeBps', 'fee_bps'],
  ['certainty', 'certainty'],
  ['provider', 'provider'],
  ['model', 'model'],
  ['accessKeyId', 'access_key_id'],
  ['project', 'project'],
  ['client', 'client'],
  ['configVersion', 'config_version'],
  ['deadlineAtMs', 'deadline_at_ms'],
  ['dispatchedAtMs', 'dispatched_at_ms'],
  ['inputTokens', 'input_tokens'],
  ['cacheReadTokens', 'cache_read_tokens'],
  ['cacheWriteTokens', 'cache_write_tokens'],
  ['cacheWrite1hTokens', 'cache_write_1h_tokens'],
  ['outputTokens', 'output_tokens'],
  ['reasoningTokens', 'reasoning_tokens'],
  ['reason', 'reason'],
  ['hash', 'hash'],
] as const satisfies readonly (readonly [keyof StoredEntry, string])[];

/** A row as read with `SELECT_COLUMNS`: a column without a value is null. */
export type EntryRow = Readonly<Pick<StoredEntry, AlwaysThere | 'hash'>> & {
  readonly [Field in Exclude<keyof StoredEntry, AlwaysThere | 'hash'>]: Exclude<StoredEntry[Field], undefined> | null;
};

/** A row once read: a column without a value is undefined. */
export type StoredEntry = EntryFacts & { readonly hash: string };

/** For `SELECT ... FROM transfers t`. */
export const SELECT_COLUMNS: string = COLUMNS.map(([field, column]) => `t.${column} AS ${field}`).join(', ');

export const INSERT_ENTRY: string = `INSERT INTO transfers (${COLUMNS.map(([, column]) => column).join(', ')})
  VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/**
 * The values of INSERT_ENTRY. `facts` has every field of HASHED_FIELDS in that order (a journal makes no others), which is
 * the table's; a field without a value is stored as NULL.
 */
export function insertValues(facts: EntryFacts, hash: string): (string | number | undefined)[] {
  const values: (string | number | undefined)[] = Object.values(facts);
  values.push(hash);
  return values;
}

export function fromRow(row: EntryRow): StoredEntry {
  const entry: Record<string, unknown> = {};
  for (const [field] of COLUMNS) entry[field] = row[field] ?? undefined;
  return entry as unknown as StoredEntry;
}

export function toView(entry: StoredEntry): TransferView {
  return {
    seq: entry.seq,
    id: entry.id,
    kind: entry.kind,
    atMs: entry.atMs,
    ...(entry.attemptId === undefined ? {} : { attemptId: entry.attemptId }),
    ...(entry.requestId === undefined ? {} : { requestId: entry.requestId }),
    amountNano: entry.amountNano,
    ...(entry.costNano === undefined ? {} : { costNano: entry.costNano }),
    ...(entry.feeNano === undefined ? {} : { feeNano: entry.feeNano }),
    ...(entry.certainty === undefined ? {} : { certainty: entry.certainty }),
    ...(entry.provider === undefined ? {} : { provider: entry.provider }),
    ...(entry.model === undefined ? {} : { model: entry.model }),
    ...(entry.accessKeyId === undefined ? {} : { accessKeyId: entry.accessKeyId }),
    ...(entry.project === undefined ? {} : { project: entry.project }),
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
    hash: entry.hash,
  };
}

/** The whole entry for an export, fields without a value left out. */
export function toLedgerEntry(entry: StoredEntry, prevHash: string): LedgerEntry {
  const present = Object.entries(entry).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(present), prevHash } as unknown as LedgerEntry;
}
