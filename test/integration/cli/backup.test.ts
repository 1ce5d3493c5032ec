/** backup, restore, vacuum and reconcile, driven as a person would, beside a running gateway and without one. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../proxy/core/clock.ts';
import { createSqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import { MIGRATIONS } from '../../../proxy/storage/migrations/index.ts';
import { openStorage } from '../../../proxy/storage/open.ts';
import { run } from '../../support/cli/captured-io.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';
import { exactly, reserveInput } from '../../support/ledger.ts';

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-backup-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A data directory with books of this many calls and no gateway. */
async function booksOf(calls: number): Promise<string> {
  const dataDir = temporaryDirectory();
  await addCalls(dataDir, calls);
  return dataDir;
}

async function addCalls(dataDir: string, calls: number): Promise<void> {
  const storage = openStorage({ dataDir, clock: systemClock });
  const ledger = createSqliteLedger({ db: storage.db, clock: systemClock, timeZone: 'Europe/Berlin' });
  const { entries } = await ledger.balance();
  for (let call = 0; call < calls; call += 1) {
    await ledger.reserve(reserveInput(`att-${entries}-${call}`, 1_000));
    await ledger.settle(exactly(`att-${entries}-${call}`, 400));
  }
  storage.close();
}

function entriesIn(path: string): number {
  const db = new Database(path, { readonly: true });
  const count = db.prepare<[], number>('SELECT count(*) FROM transfers').pluck().get() ?? -1;
  db.close();
  return count;
}

async function startWithCalls(dataDir: string, calls: number): Promise<TestGateway> {
  const t = await startTestGateway(undefined, { dataDir });
  onTestFinished(() => t.close());
  for (let call = 0; call < calls; call += 1) {
    const response = await t.chat({ model: 'sim/echo', messages: [{ role: 'user', content: 'hi' }] });
    expect(response.status).toBe(200);
    await response.text();
  }
  return t;
}

describe('backup', () => {
  test('copies one whole, private file that says what it holds', async () => {
    const dataDir = await booksOf(3);
    const path = join(temporaryDirectory(), 'copy.sqlite');
    const { code, out, err } = await run(['backup', path, '--data-dir', dataDir]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/9 ledger entries up to [0-9a-f]{16}\.\.\., they add up/);
    expect(out).toContain('Provider keys are not in a backup');
    expect(entriesIn(path)).toBe(9);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, '..'))).toEqual(['copy.sqlite']);
  });

  test('beside a gateway under load is one moment of its books', async () => {
    const dataDir = temporaryDirectory();
    const t = await startWithCalls(dataDir, 3);
    const directory = temporaryDirectory();
    let calling = true;
    const load = (async () => {
      while (calling) await (await t.chat({ model: 'sim/echo', messages: [{ role: 'user', content: 'x' }] })).text();
    })();
    for (const name of ['one', 'two', 'three']) {
      const { code, out, err } = await run(['backup', join(directory, name), '--data-dir', dataDir, '--json']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(JSON.parse(out).audit.problems).toEqual([]);
    }
    calling = false;
    await load;
    expect(entriesIn(join(directory, 'three'))).toBeGreaterThan(entriesIn(join(directory, 'one')));
  });

  test('replaces a file only when told, and never the database itself', async () => {
    const dataDir = await booksOf(1);
    const path = join(temporaryDirectory(), 'copy.sqlite');
    writeFileSync(path, 'mine');
    const refused = await run(['backup', path, '--data-dir', dataDir]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('--force');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect((await run(['backup', path, '--force', '--data-dir', dataDir])).code).toBe(0);
    const itself = await run(['backup', join(dataDir, 'gatehouse.sqlite'), '--force', '--data-dir', dataDir]);
    expect(itself.err).toContain('is the database itself');
    expect(entriesIn(join(dataDir, 'gatehouse.sqlite'))).toBe(3);
  });

  test('of books that do not add up is made all the same, and says so', async () => {
    const dataDir = await booksOf(1);
    const db = new Database(join(dataDir, 'gatehouse.sqlite'));
    db.exec('UPDATE spend_windows SET spent_nano = spent_nano + 1');
    db.close();
    const path = join(temporaryDirectory(), 'copy.sqlite');
    const { code, out } = await run(['backup', path, '--data-dir', dataDir]);
    expect(code).toBe(3);
    expect(out).toContain('PROBLEMS');
    expect(existsSync(path)).toBe(true);
  });
});

describe('restore', () => {
  test('puts the backup in place and keeps what was there', async () => {
    const dataDir = await booksOf(2);
    const path = join(temporaryDirectory(), 'copy.sqlite');
    await run(['backup', path, '--data-dir', dataDir]);
    await addCalls(dataDir, 5);
    const { code, out, err } = await run(['restore', path, '--data-dir', dataDir]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(entriesIn(join(dataDir, 'gatehouse.sqlite'))).toBe(6);
    const kept = readdirSync(dataDir).filter((name) => name.includes('before-restore'));
    expect(kept).toHaveLength(1);
    expect(out).toContain(kept[0]);
    expect(entriesIn(join(dataDir, kept[0] ?? ''))).toBe(21);
    await addCalls(dataDir, 1);
    expect((await run(['ledger', 'audit', '--data-dir', dataDir])).code).toBe(0);
  });

  test('into an empty data directory, on another machine', async () => {
    const path = join(temporaryDirectory(), 'copy.sqlite');
    await run(['backup', path, '--data-dir', await booksOf(2)]);
    const dataDir = join(temporaryDirectory(), 'new');
    expect((await run(['restore', path, '--data-dir', dataDir])).code).toBe(0);
    expect(entriesIn(join(dataDir, 'gatehouse.sqlite'))).toBe(6);
    expect(readdirSync(dataDir).sort()).toEqual(['gatehouse.lock', 'gatehouse.sqlite']);
  });

  test('is refused while a gateway runs', async () => {
    const path = join(temporaryDirectory(), 'copy.sqlite');
    await run(['backup', path, '--data-dir', await booksOf(2)]);
    const dataDir = temporaryDirectory();
    await startWithCalls(dataDir, 1);
    const { code, err } = await run(['restore', path, '--data-dir', dataDir]);
    expect(code).toBe(1);
    expect(err).toContain('already running');
  });

  const damaged = (bytes: Buffer) => {
    bytes.fill(0x5a, 4096 * 3, 4096 * 9);
    return bytes;
  };
  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['a damaged backup', damaged, /damaged.*Nothing was changed/],
    ['half a backup', (bytes) => bytes.subarray(0, bytes.length / 2), /damaged.*Nothing was changed/],
    ['another file', () => Buffer.from('hello'.repeat(1_000)), /damaged.*Nothing was changed/],
  ])('refuses %s and leaves everything as it is', async (_name, change, words) => {
    const dataDir = await booksOf(4);
    const path = join(temporaryDirectory(), 'copy.sqlite');
    await run(['backup', path, '--data-dir', await booksOf(40)]);
    writeFileSync(path, change(readFileSync(path)));
    const before = readFileSync(join(dataDir, 'gatehouse.sqlite'));
    const { code, err } = await run(['restore', path, '--data-dir', dataDir]);
    expect({ code, err: words.test(err) ? words : err }).toEqual({ code: 1, err: words });
    expect(readFileSync(join(dataDir, 'gatehouse.sqlite')).equals(before)).toBe(true);
    expect(readdirSync(dataDir).filter((name) => /restor/.test(name))).toEqual([]);
  });

  test('refuses books that do not add up, unless told', async () => {
    const dataDir = await booksOf(1);
    const path = join(temporaryDirectory(), 'copy.sqlite');
    await run(['backup', path, '--data-dir', dataDir]);
    const db = new Database(path);
    db.exec('UPDATE spend_windows SET spent_nano = spent_nano + 1');
    db.close();
    const refused = await run(['restore', path, '--data-dir', dataDir]);
    expect(refused.err).toMatch(/does not add up \(window_drift/);
    expect((await run(['restore', path, '--force', '--data-dir', dataDir])).code).toBe(0);
  });

  test('refuses databases of others, of later releases, the database itself and nothing', async () => {
    const dataDir = await booksOf(1);
    const other = join(temporaryDirectory(), 'other.sqlite');
    new Database(other).exec('CREATE TABLE t (x)').close();
    const own = join(dataDir, 'gatehouse.sqlite');
    expect((await run(['restore', other, '--data-dir', dataDir])).err).toContain('another program');
    expect((await run(['restore', own, '--data-dir', dataDir])).err).toContain('is the database itself');
    expect((await run(['restore', '/nowhere/x', '--data-dir', dataDir])).err).toContain('There is no file');
    const later = join(temporaryDirectory(), 'later.sqlite');
    await run(['backup', later, '--data-dir', dataDir]);
    const db = new Database(later);
    db.exec(`INSERT INTO schema_migrations VALUES (${MIGRATIONS.length + 1}, 'later', 0, 'x')`);
    db.close();
    expect((await run(['restore', later, '--data-dir', dataDir])).err).toContain('a later release');
    expect(entriesIn(own)).toBe(3);
  });

  test('takes the place of a damaged database, which is kept with its log', async () => {
    const dataDir = await booksOf(30);
    const path = join(temporaryDirectory(), 'copy.sqlite');
    await run(['backup', path, '--data-dir', dataDir]);
    const own = join(dataDir, 'gatehouse.sqlite');
    writeFileSync(own, Buffer.alloc(8_192, 0x41));
    writeFileSync(`${own}-wal`, Buffer.alloc(100, 0x42));
    const { code, err } = await run(['restore', path, '--data-dir', dataDir]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(entriesIn(own)).toBe(90);
    expect(existsSync(`${own}-wal`)).toBe(false);
    const kept = readdirSync(dataDir).filter((name) => name.includes('before-restore'));
    expect(kept).toHaveLength(2);
  });
});

describe('vacuum', () => {
  const fillAndDelete = (path: string) => {
    const db = new Database(path);
    const insert = db.prepare('INSERT INTO state VALUES (?, ?, 0)');
    for (let row = 0; row < 500; row += 1) insert.run(`fill-${row}`, JSON.stringify('x'.repeat(4_000)));
    db.exec(`DELETE FROM state WHERE key LIKE 'fill-%'`);
    db.close();
  };

  test('of a stopped gateway gives the space back and changes nothing else', async () => {
    const dataDir = await booksOf(3);
    const path = join(dataDir, 'gatehouse.sqlite');
    fillAndDelete(path);
    const { code, out } = await run(['vacuum', '--json', '--data-dir', dataDir]);
    expect(code).toBe(0);
    const { bytesBefore, bytesAfter } = JSON.parse(out);
    expect(bytesBefore - bytesAfter).toBeGreaterThan(1_900_000);
    expect(statSync(path).size).toBe(bytesAfter);
    expect((await run(['ledger', 'audit', '--data-dir', dataDir])).code).toBe(0);
    expect(readdirSync(dataDir).filter((name) => name.includes('compact'))).toEqual([]);
  });

  test('of a running one goes through it', async () => {
    const dataDir = temporaryDirectory();
    const t = await startWithCalls(dataDir, 2);
    const { code, out, err } = await run(['vacuum', '--json', '--data-dir', dataDir]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out).bytesAfter).toBeGreaterThan(0);
    expect((await t.chat({ model: 'sim/echo', messages: [{ role: 'user', content: 'hi' }] })).status).toBe(200);
  });

  test('without a database says so', async () => {
    const { code, err } = await run(['vacuum', '--data-dir', temporaryDirectory()]);
    expect(code).toBe(1);
    expect(err).toContain('no Gatehouse database');
  });
});

describe('ledger reconcile', () => {
  test('tells books that agree by its exit code, beside a gateway', async () => {
    const dataDir = temporaryDirectory();
    await startWithCalls(dataDir, 2);
    const { code, out, err } = await run(['ledger', 'reconcile', '--data-dir', dataDir]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('everything agrees');
    expect(out).toMatch(/requests +2, 0 with/);
  });

  test.each([['running'], ['stopped']])(
    'with a file of a provider corrects when told; the gateway is %s',
    async (how) => {
      const dataDir = temporaryDirectory();
      const t = await startTestGateway(undefined, { dataDir });
      if (how === 'stopped') await t.close();
      else onTestFinished(() => t.close());
      const file = join(temporaryDirectory(), 'costs.csv');
      const day = new Date().toISOString().slice(0, 10);
      writeFileSync(file, `usage_date_utc,model,cost_usd\n${day},claude-opus-4-1-20250805,0.002500000\n`);
      const argv = ['ledger', 'reconcile', '--provider', 'anthropic', '--csv', file, '--data-dir', dataDir];
      const looked = await run(argv);
      expect(looked.code).toBe(3);
      expect(looked.err).toContain('provider_usage_differs: The bill of anthropic for claude-opus-4-1');
      const corrected = await run([...argv, '--correct', '--reason', 'the bill']);
      expect(corrected.out).toContain('wrote reconcile:csv:anthropic:');
      expect(corrected.out).toContain(': 0.0025 USD');
      const balance = JSON.parse((await run(['ledger', 'audit', '--json', '--data-dir', dataDir])).out).balance;
      expect(balance.correctedNano).toBe(2_500_000);
    },
  );

  test('asks for what it needs', async () => {
    const dataDir = await booksOf(1);
    const reconcile = (...more: string[]) => run(['ledger', 'reconcile', '--data-dir', dataDir, ...more]);
    expect(await reconcile('--provider', 'openai')).toMatchObject({ code: 2 });
    expect(await reconcile('--correct')).toMatchObject({ code: 2 });
    const file = join(temporaryDirectory(), 'x.csv');
    writeFileSync(file, 'hello');
    const unreadable = await reconcile('--provider', 'openai', '--csv', file);
    expect(unreadable.code).toBe(1);
    expect(unreadable.err).toContain('has to name a day');
  });
});
