import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { APPLICATION_ID } from '../../../proxy/storage/database.ts';
import { StorageError } from '../../../proxy/storage/errors.ts';
import { MIGRATIONS } from '../../../proxy/storage/migrations/index.ts';
import { databasePath, openStorage } from '../../../proxy/storage/open.ts';
import {
  modeOf,
  openForTest,
  PRIVATE_DIRECTORY,
  PRIVATE_FILE,
  skipOnWindows,
  steppingClock,
  temporaryDirectory,
  thrownBy,
} from './fixtures.ts';

const clock = steppingClock();

describe('opening storage', () => {
  test('makes a missing data directory and a database that only the owner can read', () => {
    const dataDir = join(temporaryDirectory(), 'deep', 'data');
    const umask = process.umask(0);
    onTestFinished(() => void process.umask(umask));
    const storage = openForTest({ dataDir });
    expect(storage.opening).toEqual({ created: true, setAside: [], migrated: [] });
    expect(storage.path).toBe(join(dataDir, 'gatehouse.sqlite'));
    expect(modeOf(dataDir)).toBe(PRIVATE_DIRECTORY);
    expect(readdirSync(dataDir).sort()).toEqual(['gatehouse.sqlite', 'gatehouse.sqlite-shm', 'gatehouse.sqlite-wal']);
    for (const name of readdirSync(dataDir)) expect([name, modeOf(join(dataDir, name))]).toEqual([name, PRIVATE_FILE]);
  });

  test('an existing directory keeps its mode, a database that others could read is closed to them', (context) => {
    skipOnWindows(context);
    const dataDir = temporaryDirectory();
    openStorage({ dataDir, clock }).close();
    chmodSync(dataDir, 0o755);
    chmodSync(databasePath(dataDir), 0o644);
    const storage = openForTest({ dataDir });
    expect(storage.opening.created).toBe(false);
    expect(modeOf(dataDir)).toBe('755');
    for (const suffix of ['', '-wal', '-shm']) expect(modeOf(storage.path + suffix)).toBe(PRIVATE_FILE);
  });

  test('states every setting that matters', () => {
    const { db } = openForTest();
    const pragma = (name: string) => db.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(1);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('recursive_triggers')).toBe(1);
    expect(pragma('trusted_schema')).toBe(0);
    expect(pragma('cell_size_check')).toBe(1);
    expect(pragma('temp_store')).toBe(2);
    expect(pragma('busy_timeout')).toBe(2000);
    expect(pragma('application_id')).toBe(APPLICATION_ID);
    expect(pragma('user_version')).toBe(MIGRATIONS.at(-1)?.version);
  });

  test('what was committed is there after closing and opening again; closing twice is fine', () => {
    const dataDir = temporaryDirectory();
    const first = openStorage({ dataDir, clock });
    first.db.prepare("INSERT INTO state VALUES ('k', '1', 0)").run();
    first.close();
    first.close();
    expect(readdirSync(dataDir)).toEqual(['gatehouse.sqlite']);
    expect(openForTest({ dataDir }).db.prepare('SELECT key FROM state').pluck().all()).toEqual(['k']);
  });

  test('a creation that a crash cut short leaves nothing half-made behind', () => {
    const dataDir = temporaryDirectory();
    writeFileSync(`${databasePath(dataDir)}.new`, 'half a database');
    writeFileSync(`${databasePath(dataDir)}.new-wal`, 'and its log');
    const storage = openForTest({ dataDir });
    expect(storage.opening.created).toBe(true);
    expect(storage.db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(existsSync(`${storage.path}.new`)).toBe(false);
    expect(existsSync(`${storage.path}.new-wal`)).toBe(false);
  });

  test('a database of another program is refused and not touched', () => {
    const dataDir = temporaryDirectory();
    const foreign = new Database(databasePath(dataDir));
    foreign.exec('CREATE TABLE recipes (name TEXT)');
    foreign.close();
    chmodSync(databasePath(dataDir), 0o644);
    const modeBefore = modeOf(databasePath(dataDir));
    const before = readFileSync(databasePath(dataDir));
    const error = thrownBy(() => openStorage({ dataDir, clock }));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ reason: 'not_gatehouse', message: expect.stringContaining('--data-dir') });
    expect(readFileSync(databasePath(dataDir)).equals(before)).toBe(true);
    expect(modeOf(databasePath(dataDir))).toBe(modeBefore);
    expect(readdirSync(dataDir)).toEqual(['gatehouse.sqlite']);
  });

  test('a database that another process holds exclusively is busy, not damaged', () => {
    const dataDir = temporaryDirectory();
    openStorage({ dataDir, clock }).close();
    const holder = new Database(databasePath(dataDir));
    onTestFinished(() => void holder.close());
    holder.pragma('locking_mode = EXCLUSIVE');
    holder.exec('BEGIN EXCLUSIVE');
    expect(thrownBy(() => openStorage({ dataDir, clock }))).toMatchObject({ reason: 'busy' });
    expect(existsSync(databasePath(dataDir))).toBe(true);
  });

  test('a data directory that is a file, and a database that is a directory, say so', () => {
    const parent = temporaryDirectory();
    writeFileSync(join(parent, 'file'), '');
    expect(thrownBy(() => openStorage({ dataDir: join(parent, 'file'), clock }))).toMatchObject({
      reason: 'unavailable',
      message: expect.stringContaining(join(parent, 'file')),
    });
    mkdirSync(join(parent, 'data', 'gatehouse.sqlite'), { recursive: true });
    expect(thrownBy(() => openStorage({ dataDir: join(parent, 'data'), clock }))).toMatchObject({
      reason: 'unavailable',
    });
  });
});

describe('backup', () => {
  test('is a whole, private database that opens on its own, made while writing goes on', async () => {
    const storage = openForTest();
    const insert = storage.db.prepare('INSERT INTO state VALUES (?, ?, 0)');
    storage.db.transaction(() => {
      for (let row = 0; row < 2_000; row += 1) insert.run(`before-${row}`, JSON.stringify('x'.repeat(500)));
    })();
    const dataDir = temporaryDirectory();
    const copying = storage.backup(databasePath(dataDir));
    insert.run('meanwhile', '1');
    await copying;
    expect(modeOf(databasePath(dataDir))).toBe(PRIVATE_FILE);
    const copy = openForTest({ dataDir });
    expect(copy.opening.created).toBe(false);
    const rows = copy.db.prepare("SELECT count(*) FROM state WHERE key LIKE 'before-%'").pluck().get();
    expect(rows).toBe(2_000);
  });

  test('replaces an earlier copy, and a failed one leaves the earlier copy alone', async () => {
    const storage = openForTest();
    const directory = temporaryDirectory();
    const toPath = join(directory, 'copy.sqlite');
    writeFileSync(toPath, 'an older copy');
    await storage.backup(toPath);
    expect(readFileSync(toPath).subarray(0, 15).toString()).toBe('SQLite format 3');
    const copied = readFileSync(toPath);
    mkdirSync(`${toPath}.partial`);
    await expect(storage.backup(toPath)).rejects.toBeInstanceOf(StorageError);
    expect(readFileSync(toPath).equals(copied)).toBe(true);
    await expect(storage.backup(join(directory, 'missing', 'copy.sqlite'))).rejects.toBeInstanceOf(StorageError);
  });
});
