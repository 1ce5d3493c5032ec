import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StorageError } from '../../../proxy/storage/errors.ts';
import { appliedMigrations, type Migration, migrationChecksum } from '../../../proxy/storage/migrate.ts';
import { MIGRATIONS } from '../../../proxy/storage/migrations/index.ts';
import { databasePath, openStorage } from '../../../proxy/storage/open.ts';
import { modeOf, openForTest, PRIVATE_FILE, steppingClock, temporaryDirectory, thrownBy } from './fixtures.ts';

const clock = steppingClock();

const FIRST: Migration = {
  version: 1,
  name: 'initial',
  sql: 'CREATE TABLE facts (id INTEGER PRIMARY KEY, word TEXT);',
};
const SECOND: Migration = {
  version: 2,
  name: 'lengths',
  sql: 'ALTER TABLE facts ADD COLUMN length INTEGER; UPDATE facts SET length = length(word);',
};
const THIRD: Migration = { version: 3, name: 'index', sql: 'CREATE INDEX facts_by_length ON facts (length);' };

/** A data directory as the release with only the first migration left it. */
function earlierRelease(): string {
  const dataDir = temporaryDirectory();
  const storage = openStorage({ dataDir, clock, migrations: [FIRST] });
  storage.db.exec("INSERT INTO facts (word) VALUES ('gate'), ('house')");
  storage.close();
  return dataDir;
}

describe('migrations', () => {
  test("the product's list is numbered from 1 without gaps", () => {
    expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  test('a database of an earlier release is copied, then brought up one version at a time', () => {
    const dataDir = earlierRelease();
    const storage = openForTest({ dataDir, clock, migrations: [FIRST, SECOND, THIRD] });
    expect(storage.opening).toMatchObject({ created: false, migrated: [2, 3] });
    expect(storage.db.prepare('SELECT word, length FROM facts').all()).toEqual([
      { word: 'gate', length: 4 },
      { word: 'house', length: 5 },
    ]);
    expect(appliedMigrations(storage.db)).toMatchObject([
      { version: 1, name: 'initial', checksum: migrationChecksum(FIRST) },
      { version: 2, name: 'lengths', appliedAtMs: expect.any(Number), checksum: migrationChecksum(SECOND) },
      { version: 3, name: 'index' },
    ]);
  });

  test('the copy made before is private, whole, and opens with the earlier release', () => {
    const dataDir = earlierRelease();
    const { backupPath = '' } = openForTest({ dataDir, clock, migrations: [FIRST, SECOND] }).opening;
    expect(backupPath).toContain(join(dataDir, 'backups'));
    expect(modeOf(backupPath)).toBe(PRIVATE_FILE);
    const restored = temporaryDirectory();
    copyFileSync(backupPath, databasePath(restored));
    const storage = openForTest({ dataDir: restored, clock, migrations: [FIRST] });
    expect(storage.opening).toEqual({ created: false, setAside: [], migrated: [] });
    expect(storage.db.prepare('SELECT word FROM facts').pluck().all()).toEqual(['gate', 'house']);
  });

  test('nothing to do: no copy, nothing applied', () => {
    const dataDir = earlierRelease();
    expect(openForTest({ dataDir, clock, migrations: [FIRST] }).opening).toEqual({
      created: false,
      setAside: [],
      migrated: [],
    });
    expect(readdirSync(dataDir)).not.toContain('backups');
  });

  test('one that fails is rolled back whole; the ones before it stay, the data too', () => {
    const dataDir = earlierRelease();
    const broken: Migration = { version: 3, name: 'broken', sql: 'DELETE FROM facts; CREATE TABLE facts (x);' };
    const error = thrownBy(() => openStorage({ dataDir, clock, migrations: [FIRST, SECOND, broken] })) as StorageError;
    expect(error.reason).toBe('migration_failed');
    expect(error.message).toMatch(/version 3 \("broken"\).*already exists/);
    const storage = openForTest({ dataDir, clock, migrations: [FIRST, SECOND] });
    expect(storage.opening.migrated).toEqual([]);
    expect(storage.db.prepare('SELECT count(*) FROM facts').pluck().get()).toBe(2);
  });

  test('a first database whose migration fails leaves no file behind', () => {
    const dataDir = temporaryDirectory();
    const broken: Migration = { version: 1, name: 'broken', sql: 'CREATE TABLE a (x); CREATE TABLE a (x);' };
    expect(thrownBy(() => openStorage({ dataDir, clock, migrations: [broken] }))).toMatchObject({
      reason: 'migration_failed',
    });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('a database of a later release is refused and not changed', () => {
    const dataDir = temporaryDirectory();
    openStorage({ dataDir, clock, migrations: [FIRST, SECOND] }).close();
    const error = thrownBy(() => openStorage({ dataDir, clock, migrations: [FIRST] })) as StorageError;
    expect(error.reason).toBe('newer_schema');
    expect(error.message).toMatch(/later release.*version 2, this program knows 1/);
    expect(openForTest({ dataDir, clock, migrations: [FIRST, SECOND] }).opening.migrated).toEqual([]);
  });

  test('a migration that is not the one which was applied is refused; reformatting it is not', () => {
    const dataDir = earlierRelease();
    const edited = { ...FIRST, sql: FIRST.sql.replace('word TEXT', 'word BLOB') };
    expect(thrownBy(() => openStorage({ dataDir, clock, migrations: [edited] }))).toMatchObject({
      reason: 'schema_mismatch',
    });
    const reformatted = { ...FIRST, sql: `\n  ${FIRST.sql.replaceAll(' ', '\n  ')}\n` };
    expect(openForTest({ dataDir, clock, migrations: [reformatted] }).opening.migrated).toEqual([]);
  });
});
