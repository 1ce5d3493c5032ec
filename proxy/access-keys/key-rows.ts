/** The rows of `access_keys`. Revoked rows stay, so that a record of last month still names its key. */
import type { KeyRights } from '../contract/config.ts';
import type { AccessKeyView } from '../contract/views.ts';
import type { Db } from '../storage/types.ts';
import { expiryOf, parseRights } from './rights.ts';

export interface KeyRow {
  readonly rowId: number;
  readonly id: string;
  /** NULL for a managed key, whose value is a person's choice and may be weak. */
  readonly hash: string | null;
  readonly prefix: string;
  readonly project: string | null;
  /** JSON of KeyRights; null: everything. */
  readonly policy: string | null;
  readonly ephemeral: 0 | 1;
  readonly managed: 0 | 1;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** What may change while a key lives. */
export type KeyDescription = Pick<KeyRow, 'prefix' | 'project' | 'policy'>;

type NewKeyRow = Omit<KeyRow, 'rowId' | 'lastUsedAtMs' | 'revokedAtMs'>;

export interface KeyRows {
  insert(row: NewKeyRow): KeyRow;
  active(id: string): KeyRow | undefined;
  /** The newest row with this id, revoked or not. */
  newest(id: string): KeyRow | undefined;
  /** Oldest first. */
  all(): KeyRow[];
  revoke(rowId: number, atMs: number): KeyRow;
  describe(rowId: number, shown: KeyDescription): KeyRow;
  /** Never moves back. */
  used(rowId: number, atMs: number): void;
}

const COLUMNS = `row_id AS rowId, id, hash, prefix, project, policy, ephemeral, managed, created_at_ms AS createdAtMs,
  last_used_at_ms AS lastUsedAtMs, revoked_at_ms AS revokedAtMs`;

export function createKeyRows(db: Db): KeyRows {
  const insert = db.prepare<[NewKeyRow], KeyRow>(
    `INSERT INTO access_keys (id, hash, prefix, project, policy, ephemeral, managed, created_at_ms)
     VALUES (:id, :hash, :prefix, :project, :policy, :ephemeral, :managed, :createdAtMs) RETURNING ${COLUMNS}`,
  );
  const active = db.prepare<[string], KeyRow>(
    `SELECT ${COLUMNS} FROM access_keys WHERE id = ? AND revoked_at_ms IS NULL`,
  );
  const newest = db.prepare<[string], KeyRow>(
    `SELECT ${COLUMNS} FROM access_keys WHERE id = ? ORDER BY row_id DESC LIMIT 1`,
  );
  const all = db.prepare<[], KeyRow>(`SELECT ${COLUMNS} FROM access_keys ORDER BY row_id`);
  const revoke = db.prepare<[number, number], KeyRow>(
    `UPDATE access_keys SET revoked_at_ms = ? WHERE row_id = ? RETURNING ${COLUMNS}`,
  );
  const describe = db.prepare<[string, string | null, string | null, number], KeyRow>(
    `UPDATE access_keys SET prefix = ?, project = ?, policy = ? WHERE row_id = ? RETURNING ${COLUMNS}`,
  );
  const used = db.prepare<[number, number]>(
    'UPDATE access_keys SET last_used_at_ms = max(coalesce(last_used_at_ms, 0), ?) WHERE row_id = ?',
  );
  return {
    insert: (row) => present(insert.get(row)),
    active: (id) => active.get(id),
    newest: (id) => newest.get(id),
    all: () => all.all(),
    revoke: (rowId, atMs) => present(revoke.get(atMs, rowId)),
    describe: (rowId, { prefix, project, policy }) => present(describe.get(prefix, project, policy, rowId)),
    used(rowId, atMs) {
      used.run(atMs, rowId);
    },
  };
}

/** Throws when they cannot be read: a key whose limits nobody knows must not be let in without any. */
export function rightsOfRow({ id, policy }: Pick<KeyRow, 'id' | 'policy'>): KeyRights | undefined {
  return policy === null ? undefined : parseRights(id, policy);
}

export function viewOfKey(row: KeyRow, lastUsedAtMs: number | undefined): AccessKeyView {
  const lastUsed = lastUsedAtMs ?? row.lastUsedAtMs;
  const policy = rightsOfRow(row);
  const expiresAtMs = expiryOf(policy);
  return {
    id: row.id,
    prefix: row.prefix,
    ...(row.project === null ? {} : { project: row.project }),
    createdAtMs: row.createdAtMs,
    ...(lastUsed === null ? {} : { lastUsedAtMs: lastUsed }),
    ...(row.revokedAtMs === null ? {} : { revokedAtMs: row.revokedAtMs }),
    managed: row.managed === 1,
    ...(policy === undefined ? {} : { policy }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(row.ephemeral === 1 ? { ephemeral: true as const } : {}),
  };
}

function present(row: KeyRow | undefined): KeyRow {
  if (row === undefined) throw new Error('an access key row vanished while it was written');
  return row;
}
