/**
 * Text that is deleted is gone from the disk. SQLite alone leaves it behind: in pages that it only marks free, in the gaps
 * of pages whose rows it moved, and in the write-ahead log. Metadata is not worth the writes; the prompts' tables are.
 */
import type { Db } from '../storage/types.ts';

/** For another process that reads just then; calls wait for as long. */
const LOG_WAIT_MS = 200;

/** One transaction whose freed pages are overwritten: whatever writes to tables with text goes this way. */
export function overwriting<T>(db: Db, work: () => T): T {
  const before = Number(db.pragma('secure_delete', { simple: true }));
  db.pragma('secure_delete = ON');
  try {
    return db.transaction(work).immediate();
  } finally {
    db.pragma(`secure_delete = ${before}`);
  }
}

/**
 * Within `overwriting`: the tables (parents first) are dropped, which overwrites every page of theirs, and made anew with
 * their rows, indexes and triggers.
 */
export function rebuildTables(db: Db, tables: readonly string[]): void {
  const kept = tables.map((table) => ({ table, rows: db.prepare<[], Row>(`SELECT * FROM ${table}`).all() }));
  const schema = db
    .prepare<[string], string>(
      `SELECT sql FROM sqlite_schema WHERE tbl_name IN (SELECT value FROM json_each(?)) AND sql IS NOT NULL
       ORDER BY CASE type WHEN 'table' THEN 0 ELSE 1 END, rowid`,
    )
    .pluck()
    .all(JSON.stringify(tables));
  for (const table of tables.toReversed()) db.exec(`DROP TABLE ${table}`);
  for (const sql of schema) db.exec(sql);
  for (const { table, rows } of kept) {
    for (const row of rows) {
      const columns = Object.keys(row);
      const places = columns.map((column) => `:${column}`).join(', ');
      db.prepare<[Row]>(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(row);
    }
  }
}

type Row = Record<string, string | number | null>;

/** Moves the write-ahead log into the database and cuts it off; while another process reads, a later end of ours does. */
export function emptyLog(db: Db): void {
  const before = Number(db.pragma('busy_timeout', { simple: true }));
  db.pragma(`busy_timeout = ${LOG_WAIT_MS}`);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.pragma(`busy_timeout = ${before}`);
  }
}
