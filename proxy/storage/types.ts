/** The storage room's interface. The ledger, keys, usage and config rooms keep their rows in `db`. */
import type { InspectCopy } from './copy-check.ts';
import type { Db } from './database.ts';
import type { SetAside } from './set-aside.ts';
import type { Vacuumed } from './vacuum.ts';

export type { Db } from './database.ts';

export interface Storage {
  /** The one writing connection of this process. Rooms prepare their own statements on it. */
  readonly db: Db;
  /** `<dataDir>/gatehouse.sqlite`. */
  readonly path: string;
  readonly opening: StorageOpening;
  /** Empties the write-ahead log into the database and closes it. A second call does nothing. */
  close(): void;
  /**
   * A consistent copy (mode 0600) while the gateway goes on; replaces `toPath`. The copy is checked, and by `inspect`,
   * before it gets its name. Throws StorageError, or what `inspect` throws.
   */
  backup(toPath: string, inspect?: InspectCopy): Promise<void>;
  /** Gives the space of deleted rows back; everything waits meanwhile. Throws StorageError, `busy` for a large one. */
  vacuum(): Vacuumed;
}

/** What opening did: for the log, and for saying aloud that a ledger begins anew. */
export interface StorageOpening {
  /** True: there was no database, an empty one was made now. */
  readonly created: boolean;
  /** Damaged databases kept in this data directory, oldest first. With `created`, the last one is the ledger before. */
  readonly setAside: readonly SetAside[];
  /** Schema versions applied now. */
  readonly migrated: readonly number[];
  /** The copy made before migrating an existing database. */
  readonly backupPath?: string;
}
