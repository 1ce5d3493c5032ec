/** A disk that refuses: full, read-only, or not ours. With real mounts where this user may mount. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { toStorageError } from '../../../proxy/storage/classify-error.ts';
import { StorageError } from '../../../proxy/storage/errors.ts';
import { acquireInstanceLock } from '../../../proxy/storage/instance-lock.ts';
import { databasePath, openStorage } from '../../../proxy/storage/open.ts';
import { openForTest, skipOnWindows, steppingClock, temporaryDirectory, thrownBy } from './fixtures.ts';

const clock = steppingClock();

function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
}

function mountedDirectory(size: string): string {
  const directory = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', directory]));
  return directory;
}

/** Uses up what is left but for `keepBytes`. */
function fill(directory: string, keepBytes: number): void {
  const filler = join(directory, 'filler');
  for (const chunk of [65_536, 4_096]) fillBy(filler, chunk);
  const size = Number(execFileSync('stat', ['-c', '%s', filler], { encoding: 'utf8' }));
  execFileSync('truncate', ['-s', String(Math.max(0, size - keepBytes)), filler]);
}

function fillBy(filler: string, bytes: number): void {
  try {
    while (true) writeFileSync(filler, Buffer.alloc(bytes, 1), { flag: 'a' });
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
}

function reasonOfOpening(dataDir: string): string | undefined {
  try {
    openStorage({ dataDir, clock }).close();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(StorageError);
    return (error as StorageError).reason;
  }
}

const insertUntilRefused = (storage: ReturnType<typeof openStorage>): { rows: number; error: unknown } => {
  const insert = storage.db.prepare('INSERT INTO state VALUES (?, ?, 0)');
  for (let rows = 0; ; rows += 1) {
    try {
      insert.run(`key-${rows}`, JSON.stringify('x'.repeat(4_000)));
    } catch (error) {
      return { rows, error };
    }
  }
};

const MOUNTS = mayMount();
const skipWithoutMounts = ({ skip }: TestContext) => skip(!MOUNTS, 'real file systems need root and mount(8) on Linux');

describe('a database that may not grow', () => {
  test('reports disk_full, and what was committed stays', () => {
    const storage = openForTest();
    storage.db.pragma(`max_page_count = ${Number(storage.db.pragma('page_count', { simple: true })) + 20}`);
    const { rows, error } = insertUntilRefused(storage);
    expect(toStorageError(error, storage.path)).toMatchObject({
      reason: 'disk_full',
      message: expect.stringMatching(/full.*Free some space/),
    });
    expect(rows).toBeGreaterThan(0);
    expect(storage.db.prepare('SELECT count(*) FROM state').pluck().get()).toBe(rows);
  });
});

describe('a full disk', () => {
  beforeEach(skipWithoutMounts);

  test('met at run time: refused as disk_full, then goes on when there is space', () => {
    const dataDir = mountedDirectory('2m');
    const storage = openStorage({ dataDir, clock });
    onTestFinished(() => storage.close());
    const { rows, error } = insertUntilRefused(storage);
    expect(toStorageError(error, storage.path)).toMatchObject({ reason: 'disk_full' });
    expect(storage.db.prepare('SELECT count(*) FROM state').pluck().get()).toBe(rows);
    execFileSync('mount', ['-o', 'remount,size=8m', dataDir]);
    storage.db.exec("INSERT INTO state VALUES ('after', '1', 0)");
    expect(storage.db.pragma('quick_check', { simple: true })).toBe('ok');
  });

  // At 128 KiB a write-ahead log once took the schema with it: closing could not move it into the database any more.
  test.each([0, 8, 32, 64, 96, 128, 160, 192, 224, 256, 320])(
    'met at the first start with %d KiB left: refused as disk_full or opened, never a half-made ledger',
    (keepKib) => {
      const dataDir = mountedDirectory('1m');
      fill(dataDir, keepKib * 1024);
      const refused = reasonOfOpening(dataDir);
      if (refused !== undefined) expect(refused).toBe('disk_full');
      expect(readdirSync(dataDir).filter((name) => name.includes('.new'))).toEqual([]);
      execFileSync('rm', [join(dataDir, 'filler')]);
      const storage = openForTest({ dataDir });
      expect(storage.opening.migrated).toEqual([]);
      expect(storage.db.pragma('quick_check', { simple: true })).toBe('ok');
      expect(storage.db.prepare('SELECT count(*) FROM requests').pluck().get()).toBe(0);
    },
  );

  test('met when starting again: disk_full, and the ledger is whole once there is space', () => {
    const dataDir = mountedDirectory('1m');
    const first = openStorage({ dataDir, clock });
    first.db.exec("INSERT INTO state VALUES ('kept', '1', 0)");
    first.close();
    fill(dataDir, 0);
    expect(reasonOfOpening(dataDir)).toBe('disk_full');
    expect(existsSync(databasePath(dataDir))).toBe(true);
    execFileSync('rm', [join(dataDir, 'filler')]);
    expect(openForTest({ dataDir }).db.prepare('SELECT key FROM state').pluck().all()).toEqual(['kept']);
  });

  test('met while migrating: disk_full, the database stays at its version and no half copy is left', () => {
    const dataDir = mountedDirectory('1m');
    const first = { version: 1, name: 'first', sql: 'CREATE TABLE facts (word TEXT);' };
    const second = { version: 2, name: 'second', sql: 'ALTER TABLE facts ADD COLUMN length INTEGER;' };
    const storage = openStorage({ dataDir, clock, migrations: [first] });
    storage.db.prepare('INSERT INTO facts VALUES (?)').run('x'.repeat(200_000));
    storage.close();
    fill(dataDir, 100 * 1024);
    expect(thrownBy(() => openStorage({ dataDir, clock, migrations: [first, second] }))).toMatchObject({
      reason: 'disk_full',
    });
    expect(readdirSync(join(dataDir, 'backups'))).toEqual([]);
    execFileSync('rm', [join(dataDir, 'filler')]);
    expect(openForTest({ dataDir, migrations: [first] }).opening.migrated).toEqual([]);
  });
});

describe('a read-only mount', () => {
  beforeEach(skipWithoutMounts);

  test.each([
    ['empty', false],
    ['with a ledger', true],
  ])('%s: read_only for the database and for the lock', (_, withLedger) => {
    const dataDir = mountedDirectory('2m');
    if (withLedger) openStorage({ dataDir, clock }).close();
    if (withLedger) acquireInstanceLock({ dataDir, clock }).release();
    execFileSync('mount', ['-o', 'remount,ro', dataDir]);
    const expected = { reason: 'read_only', message: expect.stringMatching(/cannot write.*--data-dir/) };
    expect(thrownBy(() => openStorage({ dataDir, clock }))).toMatchObject(expected);
    expect(thrownBy(() => acquireInstanceLock({ dataDir, clock }))).toMatchObject(expected);
    expect(readdirSync(dataDir)).toEqual(withLedger ? ['gatehouse.lock', 'gatehouse.sqlite'] : []);
  });
});

describe('missing permissions', () => {
  beforeEach(skipOnWindows);

  // Root may write anywhere, so a child without privileges tries.
  test.each([
    ['a directory without write permission', 0o500, 0o600],
    ['a database file without write permission', 0o700, 0o400],
  ])('%s: read_only', (_, directoryMode, fileMode) => {
    const dataDir = temporaryDirectory();
    openStorage({ dataDir, clock }).close();
    acquireInstanceLock({ dataDir, clock }).release();
    for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), fileMode);
    chmodSync(dataDir, directoryMode);
    onTestFinished(() => chmodSync(dataDir, 0o700));
    const script = join(import.meta.dirname, 'open-unprivileged.ts');
    const child = spawnSync(process.execPath, [script, dataDir], { encoding: 'utf8', timeout: 20_000 });
    expect(child.stderr).toBe('');
    expect(JSON.parse(child.stdout)).toEqual({ storage: 'read_only', lock: 'read_only' });
  });
});
