/** Keys that an earlier release made, in a database that this one brings up to date. */
import { expect, test } from 'vitest';
import { createAccessKeys } from '../../../proxy/access-keys/access-keys.ts';
import { hashOfKey } from '../../../proxy/access-keys/secret.ts';
import { MIGRATIONS } from '../../../proxy/storage/migrations/index.ts';
import { openStorage } from '../../../proxy/storage/open.ts';
import { openForTest, steppingClock, temporaryDirectory } from './fixtures.ts';

test('keys of before policies may do all they could, and take one now', () => {
  const dataDir = temporaryDirectory();
  const before = MIGRATIONS.slice(
    0,
    MIGRATIONS.findIndex(({ name }) => name === 'access_key_policy_and_idempotency'),
  );
  expect(before.length).toBeGreaterThan(0);
  const earlier = openStorage({ dataDir, clock: steppingClock(), migrations: before });
  const insert = earlier.db.prepare(
    'INSERT INTO access_keys (id, hash, prefix, project, managed, created_at_ms, last_used_at_ms, revoked_at_ms) VALUES (?, ?, ?, ?, 0, 1, 2, ?)',
  );
  insert.run('cli', hashOfKey('gh_cli'), 'gh_cli0', 'acme', null);
  insert.run('gone', hashOfKey('gh_gone'), 'gh_gone', null, 3);
  earlier.close();

  const { db } = openForTest({ dataDir });
  const keys = createAccessKeys({ db, clock: steppingClock() });
  expect(keys.verify('gh_cli')).toEqual({ state: 'valid', key: { id: 'cli', project: 'acme' } });
  expect(keys.verify('gh_gone')).toEqual({ state: 'revoked', id: 'gone' });
  expect(keys.list()[1]).toEqual({
    id: 'gone',
    prefix: 'gh_gone',
    createdAtMs: 1,
    lastUsedAtMs: 2,
    revokedAtMs: 3,
    managed: false,
  });
  expect(keys.update('cli', { policy: { concurrency: 1 } })).toMatchObject({
    createdAtMs: 1,
    policy: { concurrency: 1 },
  });
});
