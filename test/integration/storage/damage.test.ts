import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../../proxy/storage/errors.ts';
import { databasePath, openStorage } from '../../../proxy/storage/open.ts';
import { listSetAside } from '../../../proxy/storage/set-aside.ts';
import { openForTest, steppingClock, temporaryDirectory, thrownBy } from './fixtures.ts';

const clock = steppingClock();

/** A closed database with some rows in it. */
function ledgerWithRows(): string {
  const dataDir = temporaryDirectory();
  const storage = openStorage({ dataDir, clock });
  const insert = storage.db.prepare('INSERT INTO state VALUES (?, ?, 0)');
  for (let row = 0; row < 500; row += 1) insert.run(`key-${row}`, JSON.stringify('v'.repeat(200)));
  storage.close();
  return dataDir;
}

function overwrite(path: string, position: number, bytes: Buffer): void {
  const descriptor = openSync(path, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, position);
  closeSync(descriptor);
}

function rootPageOf(dataDir: string, table: string): number {
  const storage = openStorage({ dataDir, clock });
  const page = storage.db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table);
  storage.close();
  return Number(page);
}

const PAGE_BYTES = 4096;

const DAMAGES: Record<string, (path: string, dataDir: string) => void> = {
  'cut to half': (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  'cut in the first page': (path) => truncateSync(path, 100),
  'cut by one page': (path) => truncateSync(path, statSync(path).size - PAGE_BYTES),
  emptied: (path) => truncateSync(path, 0),
  'overwritten with text': (path) => writeFileSync(path, 'this was a ledger once '.repeat(1_000)),
  'with a garbage header': (path) => overwrite(path, 0, Buffer.from('SQLite fxrmat 3\0')),
  'with a garbage schema page': (path) => overwrite(path, 100, Buffer.alloc(PAGE_BYTES - 100, 0xa5)),
  'with a garbage page in a table': (path, dataDir) => {
    overwrite(path, (rootPageOf(dataDir, 'state') - 1) * PAGE_BYTES, Buffer.alloc(PAGE_BYTES, 0x5a));
  },
  'with two pages swapped': (path, dataDir) => {
    const first = (rootPageOf(dataDir, 'state') - 1) * PAGE_BYTES;
    const second = (rootPageOf(dataDir, 'requests') - 1) * PAGE_BYTES;
    const bytes = readFileSync(path);
    overwrite(path, first, bytes.subarray(second, second + PAGE_BYTES));
    overwrite(path, second, bytes.subarray(first, first + PAGE_BYTES));
  },
};

describe.each(Object.keys(DAMAGES))('a database %s', (name) => {
  const damage = DAMAGES[name] as (typeof DAMAGES)[string];

  test('is kept aside byte for byte, said aloud, and the next start says that a ledger begins anew', () => {
    const dataDir = ledgerWithRows();
    const path = databasePath(dataDir);
    damage(path, dataDir);
    const damaged = readFileSync(path);

    const error = thrownBy(() => openStorage({ dataDir, clock }));
    expect(error).toBeInstanceOf(StorageError);
    const { reason, message, keptPath = '' } = error as StorageError;
    expect(reason).toBe('corrupt');
    expect(keptPath).toMatch(/gatehouse\.sqlite\.corrupt-\d{4}-\d\d-\d\dT[\d-]+Z$/);
    expect(message).toContain(keptPath);
    expect(message).toMatch(/backup/);
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(keptPath).equals(damaged)).toBe(true);

    const next = openForTest({ dataDir });
    expect(next.opening.created).toBe(true);
    expect(next.opening.setAside.map((note) => note.file)).toEqual([basename(keptPath)]);
    expect(next.db.prepare('SELECT count(*) FROM state').pluck().get()).toBe(0);
  });

  test('stays where it is when asked to', () => {
    const dataDir = ledgerWithRows();
    const path = databasePath(dataDir);
    damage(path, dataDir);
    const damaged = readFileSync(path);
    const error = thrownBy(() => openStorage({ dataDir, clock, leaveDamaged: true }));
    expect(error).toMatchObject({ reason: 'corrupt' });
    expect((error as StorageError).keptPath).toBeUndefined();
    expect(readFileSync(path).equals(damaged)).toBe(true);
    expect(listSetAside(dataDir)).toEqual([]);
  });
});

describe('a damaged database', () => {
  test('a backup put back in its place opens with its rows, and the note stays', () => {
    const dataDir = ledgerWithRows();
    const path = databasePath(dataDir);
    copyFileSync(path, `${path}.backup`);
    truncateSync(path, 5000);
    expect(thrownBy(() => openStorage({ dataDir, clock }))).toMatchObject({ reason: 'corrupt' });
    copyFileSync(`${path}.backup`, path);
    const restored = openForTest({ dataDir });
    expect(restored.opening).toMatchObject({ created: false, setAside: [{ problem: expect.any(String) }] });
    expect(restored.db.prepare('SELECT count(*) FROM state').pluck().get()).toBe(500);
  });

  test('one too large for a full check at every start is still refused when its end is gone', () => {
    const dataDir = temporaryDirectory();
    const storage = openStorage({ dataDir, clock });
    storage.db.exec("INSERT INTO state VALUES ('large', hex(zeroblob(36000000)), 0)");
    storage.close();
    const path = databasePath(dataDir);
    expect(statSync(path).size).toBeGreaterThan(64 * 1024 * 1024);
    openStorage({ dataDir, clock }).close();
    truncateSync(path, statSync(path).size - PAGE_BYTES);
    expect(thrownBy(() => openStorage({ dataDir, clock }))).toMatchObject({ reason: 'corrupt' });
  });

  test('a log that lost its database is kept aside too, and never poured into a new one', () => {
    const dataDir = temporaryDirectory();
    const path = databasePath(dataDir);
    const running = openForTest({ dataDir });
    running.db.prepare("INSERT INTO state VALUES ('old', '1', 0)").run();
    const log = readFileSync(`${path}-wal`);
    running.close();
    rmSync(path);
    writeFileSync(`${path}-wal`, log);
    const error = thrownBy(() => openStorage({ dataDir, clock })) as StorageError;
    expect(error.reason).toBe('corrupt');
    expect(readFileSync(`${error.keptPath}-wal`).equals(log)).toBe(true);
    expect(openForTest({ dataDir }).db.prepare('SELECT count(*) FROM state').pluck().get()).toBe(0);
  });

  test('damaged twice: both are kept and both are noted', () => {
    const dataDir = temporaryDirectory();
    const path = databasePath(dataDir);
    const still = { nowMs: () => 1_795_176_000_000, monotonicMs: () => 0 };
    for (const text of ['first', 'second']) {
      writeFileSync(path, text);
      expect(thrownBy(() => openStorage({ dataDir, clock: still }))).toMatchObject({ reason: 'corrupt' });
    }
    const kept = listSetAside(dataDir).map((note) => readFileSync(`${dataDir}/${note.file}`, 'utf8'));
    expect(kept).toEqual(['first', 'second']);
  });

  test('a note that cannot be read does not keep the gateway from starting, and says so', () => {
    const dataDir = temporaryDirectory();
    writeFileSync(`${dataDir}/set-aside.json`, '{"half');
    expect(openForTest({ dataDir }).opening.setAside).toMatchObject([{ problem: expect.stringContaining('cannot') }]);
  });

  test('frames of the log that a crash left torn are ignored, the committed ones before them are kept', () => {
    const dataDir = temporaryDirectory();
    const path = databasePath(dataDir);
    const running = openForTest({ dataDir });
    running.db.prepare("INSERT INTO state VALUES ('kept', '1', 0)").run();
    const copyDir = temporaryDirectory();
    copyFileSync(path, databasePath(copyDir));
    writeFileSync(`${databasePath(copyDir)}-wal`, Buffer.concat([readFileSync(`${path}-wal`), Buffer.alloc(3000, 7)]));
    expect(openForTest({ dataDir: copyDir }).db.prepare('SELECT key FROM state').pluck().all()).toEqual(['kept']);
  });
});
