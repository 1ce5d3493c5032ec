/** Deletes so that the text is gone from the disk: from the database's free pages and from the write-ahead log. */
import type { Db } from '../storage/types.ts';

/**
 * `work` runs in one transaction. Not for every deletion: overwriting costs writes, and metadata is not worth them. Where
 * another process reads the database just then, the log is emptied with a later checkpoint.
 */
export function wiping<T>(db: Db, work: () => T): T {
  const before = db.pragma('secure_delete', { simple: true });
  db.pragma('secure_delete = ON');
  try {
    return db.transaction(work).immediate();
  } finally {
    db.pragma(`secure_delete = ${Number(before)}`);
    db.pragma('wal_checkpoint(TRUNCATE)');
  }
}
