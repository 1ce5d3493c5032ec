/** Databases that earlier releases wrote, opened by this one: rows and chain intact, sums right, calls go on. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { verifyChain } from '../../../proxy/ledger/chain.ts';
import { reconcile } from '../../../proxy/ledger/reconcile/reconcile.ts';
import { createSqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import { MIGRATIONS } from '../../../proxy/storage/migrations/index.ts';
import { openStorage } from '../../../proxy/storage/open.ts';
import { run } from '../../support/cli/captured-io.ts';
import { startTestGateway } from '../../support/gateway/start.ts';
import { exactly, manualClock, reserveInput } from '../../support/ledger.ts';
import { openForTest, temporaryDirectory } from './fixtures.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'storage');
const VERSIONS = readdirSync(FIXTURES).flatMap((name) => /^schema-(\d+)\.json$/.exec(name)?.[1] ?? []);
const NEWEST = MIGRATIONS.length;

interface Facts {
  readonly schemaVersion: number;
  readonly entries: number;
  readonly headHash: string;
  readonly balance: Record<string, number>;
  readonly requests: number;
  readonly accessKeys: number;
  readonly configVersions: number;
  readonly accessKey: string;
}

function factsOf(version: string): Facts {
  return JSON.parse(readFileSync(join(FIXTURES, `schema-${version}.json`), 'utf8'));
}

function databaseOf(version: string): Buffer {
  return gunzipSync(readFileSync(join(FIXTURES, `schema-${version}.sqlite.gz`)));
}

function dataDirOf(version: string): string {
  const dataDir = join(temporaryDirectory(), 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  writeFileSync(join(dataDir, 'gatehouse.sqlite'), databaseOf(version), { mode: 0o600 });
  return dataDir;
}

test('there is a database of every schema version that was ever released alone', () => {
  const before = MIGRATIONS.slice(0, -1).map((migration) => String(migration.version));
  // Versions 2 and 3 came together.
  expect(VERSIONS).toEqual(expect.arrayContaining(before.filter((number) => number !== '2')));
});

describe.each(VERSIONS)('a database of schema version %s', (version) => {
  test('keeps every row and hash', async () => {
    const facts = factsOf(version);
    const { db, opening } = openForTest({ dataDir: dataDirOf(version) });
    expect(opening.migrated).toEqual(MIGRATIONS.slice(facts.schemaVersion).map((migration) => migration.version));
    expect(opening.backupPath !== undefined).toBe(facts.schemaVersion < NEWEST);
    const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect({
      requests: count('requests'),
      accessKeys: count('access_keys'),
      configVersions: count('config_versions'),
    }).toEqual({ requests: facts.requests, accessKeys: facts.accessKeys, configVersions: facts.configVersions });
    const ledger = createSqliteLedger({ db, clock: manualClock(Date.now()), timeZone: 'Europe/Berlin' });
    const chain = verifyChain(ledger.exportEntries());
    expect(chain).toEqual({ ok: true, checkedEntries: facts.entries, headHash: facts.headHash, problems: [] });
    expect(await ledger.balance()).toEqual(facts.balance);
    expect((await ledger.audit()).problems).toEqual([]);
  });

  test('goes on: holds are resolved, zones change, the wallet counts what was granted then', async () => {
    const { db } = openForTest({ dataDir: dataDirOf(version) });
    // The next start came soon: hours later, the calls behind the open holds would count as calls without a record.
    const clock = manualClock(Number(db.prepare('SELECT max(at_ms) FROM transfers').pluck().get()) + 60_000);
    const ledger = createSqliteLedger({ db, clock, timeZone: 'Asia/Kolkata' });
    const before = await ledger.wallet();
    // Since its first grant: fee, overrun, an unknown cost, two corrections; and what the two open holds hold.
    const spentNano = 333_333 + 50_000 + 25 + 70 - 77 + 11;
    expect(before).toMatchObject({ grantedNano: 5_000_000_001, spentNano, heldNano: 11_000 });
    const { released, settled } = await ledger.recover();
    expect({ released, settled }).toEqual({ released: ['open-unsent'], settled: ['open-sent'] });
    expect(await ledger.wallet()).toMatchObject({ spentNano: spentNano + 5_000, heldNano: 0 });
    expect(await ledger.reserve(reserveInput('new', 100, { wallet: 'global' }))).toEqual({ ok: true });
    await ledger.settle(exactly('new', 60));
    expect((await ledger.audit()).problems).toEqual([]);
    const { differences } = await reconcile({ ledger, db, clock });
    expect(differences).toEqual([]);
  });

  test('serves calls with the keys of then, as a whole gateway', async () => {
    const facts = factsOf(version);
    const dataDir = dataDirOf(version);
    const t = await startTestGateway(undefined, { dataDir });
    const response = await t.chat(
      { model: 'sim/echo', messages: [{ role: 'user', content: 'hi' }] },
      { headers: { authorization: `Bearer ${facts.accessKey}` } },
    );
    expect(response.status).toBe(200);
    await response.text();
    const { items } = await t.control.requests.list({});
    // Two holds were open: the requests behind them got their records at this start.
    expect(items).toHaveLength(facts.requests + 3);
    expect((await t.control.ledger.audit()).problems).toEqual([]);
    await t.close();
  });

  test('is taken from a backup', async () => {
    const file = join(temporaryDirectory(), 'old.sqlite');
    writeFileSync(file, databaseOf(version));
    const dataDir = join(temporaryDirectory(), 'new');
    const { code, out, err } = await run(['restore', file, '--data-dir', dataDir]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.includes(`brought to schema version ${NEWEST}`)).toBe(Number(version) < NEWEST);
    const storage = openStorage({ dataDir, clock: manualClock(0) });
    expect(storage.opening.migrated).toEqual([]);
    storage.close();
  });
});
