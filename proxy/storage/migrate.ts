/** Numbered, forward-only migrations, each in a transaction of its own and recorded with its checksum. */
import { createHash } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { Db } from './database.ts';
import { StorageError } from './errors.ts';

export interface Migration {
  /** 1, 2, 3 ... without gaps. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export interface AppliedMigration {
  readonly version: number;
  readonly name: string;
  readonly appliedAtMs: number;
  readonly checksum: string;
}

const MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at_ms INTEGER NOT NULL,
    checksum TEXT NOT NULL
  ) STRICT`;

/** SHA-256 of the SQL, white space folded: reformatting the source is no change. */
export function migrationChecksum(migration: Migration): string {
  return createHash('sha256').update(migration.sql.replaceAll(/\s+/g, ' ').trim()).digest('hex');
}

/** Oldest first; empty for a database without our table. */
export function appliedMigrations(db: Db): AppliedMigration[] {
  const known = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'`).get();
  if (known === undefined) return [];
  return db
    .prepare<[], AppliedMigration>(
      'SELECT version, name, applied_at_ms AS appliedAtMs, checksum FROM schema_migrations ORDER BY version',
    )
    .all();
}

/**
 * The migrations still to apply. Throws StorageError `newer_schema` or `schema_mismatch` when the database does not come
 * from this line of releases.
 */
export function pendingMigrations(db: Db, migrations: readonly Migration[], path: string): Migration[] {
  const applied = appliedMigrations(db);
  const newest = migrations.at(-1)?.version ?? 0;
  for (const row of applied) {
    const known = migrations.find((migration) => migration.version === row.version);
    if (known === undefined) {
      throw new StorageError(
        'newer_schema',
        `The database ${path} was written by a later release of Gatehouse (its schema is version ${row.version}, this program knows ${newest}). Install that release again, or restore a backup from before the update.`,
      );
    }
    if (migrationChecksum(known) !== row.checksum) {
      throw new StorageError(
        'schema_mismatch',
        `The database ${path} was made by a different build of Gatehouse (schema version ${row.version}, "${row.name}", is not the same). Use the build that made it, or choose another data directory with --data-dir.`,
      );
    }
  }
  const done = applied.at(-1)?.version ?? 0;
  return migrations.filter((migration) => migration.version > done);
}

/** Applies them in order. Throws StorageError `migration_failed`; the database then stands at the one before. */
export function applyMigrations(db: Db, pending: readonly Migration[], clock: Clock): void {
  if (pending.length === 0) return;
  db.exec(MIGRATIONS_TABLE);
  const record = db.prepare(
    'INSERT INTO schema_migrations (version, name, applied_at_ms, checksum) VALUES (?, ?, ?, ?)',
  );
  for (const migration of pending) {
    try {
      db.transaction(() => {
        db.exec(migration.sql);
        record.run(migration.version, migration.name, clock.nowMs(), migrationChecksum(migration));
      }).immediate();
    } catch (error) {
      if (isOutsideTrouble(error)) throw error;
      throw new StorageError(
        'migration_failed',
        `The database could not be brought to schema version ${migration.version} ("${migration.name}"): ${error instanceof Error ? error.message : String(error)}. It is unchanged at the version before. Go back to the earlier release and report this.`,
        { cause: error },
      );
    }
  }
}

/** A full disk or a read-only file is not the migration's fault and has its own message. */
function isOutsideTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|BUSY|CANTOPEN)/.test(code);
}
