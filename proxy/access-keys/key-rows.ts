/** The rows of `access_keys`. Revoked rows stay, so that a record of last month still names its key. */
import type { AccessKeyView } from '../contract/views.ts';
import type { Db } from '../storage/types.ts';

export interface KeyRow {
  readonly rowId: number;
  readonly id: string;
  /** NULL for a managed key, whose value is a person's choice and may be weak. */
  readonly hash: string | null;
  readonly prefix: string;
  readonly project: string | null;
  readonly managed: 0 | 1;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

type NewKeyRow = Omit<KeyRow, 'rowId' | 'lastUsedAtMs' | 'revokedAtMs'>;

export interface KeyRows {
  insert(row: NewKeyRow): KeyRow;
  active(id: string): KeyRow | undefined;
  /** The newest row with this id, revoked or not. */
  newest(id: string): KeyRow | undefined;
  /** Oldest first. */
  all(): KeyRow[];
  revoke(rowId: number, atMs: number): KeyRow;
  describe(rowId: number, shown: { prefix: string; project: string | null }): void;
  /** Never moves back. */
  used(rowId: number, atMs: number): void;
}

const COLUMNS = `row_id AS rowId, id, hash, prefix, project, managed, created_at_ms AS createdAtMs,
  last_used_at_ms AS lastUsedAtMs, revoked_at_ms AS revokedAtMs`;

export function createKeyRows(db: Db): KeyRows {
  const insert = db.prepare<[NewKeyRow], KeyRow>(
    `INSERT INTO access_keys (id, hash, prefix, project, managed, created_at_ms)
     VALUES (:id, :hash, :prefix, :project, :managed, :createdAtMs) RETURNING ${COLUMNS}`,
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
  const describe = db.prepare<[string, string | null, number]>(
    'UPDATE access_keys SET prefix = ?, project = ? WHERE row_id = ?',
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
    describe(rowId, { prefix, project }) {
      describe.run(prefix, project, rowId);
    },
    used(rowId, atMs) {
      used.run(atMs, rowId);
    },
  };
}

export function viewOfKey(row: KeyRow, lastUsedAtMs: number | undefined): AccessKeyView {
  const lastUsed = lastUsedAtMs ?? row.lastUsedAtMs;
  return {
    id: row.id,
    prefix: row.prefix,
    ...(row.project === null ? {} : { project: row.project }),
    createdAtMs: row.createdAtMs,
    ...(lastUsed === null ? {} : { lastUsedAtMs: lastUsed }),
    ...(row.revokedAtMs === null ? {} : { revokedAtMs: row.revokedAtMs }),
    managed: row.managed === 1,
  };
}

function present(row: KeyRow | undefined): KeyRow {
  if (row === undefined) throw new Error('an access key row vanished while it was written');
  return row;
}
