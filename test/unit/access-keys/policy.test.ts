import { describe, expect, test } from 'vitest';
import { createAccessKeys } from '../../../proxy/access-keys/access-keys.ts';
import { AccessKeyError, type AccessKeyFailure } from '../../../proxy/access-keys/errors.ts';
import { rightsOfConfig } from '../../../proxy/access-keys/rights.ts';
import { accessKeyConfig } from '../../../proxy/contract/config.ts';
import { accessKeyView } from '../../../proxy/contract/views.ts';
import { openForTest } from '../../integration/storage/fixtures.ts';

const START_MS = 1_795_176_000_000;

function room({ db } = openForTest()) {
  let nowMs = START_MS;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const restart = () => createAccessKeys({ db, clock });
  return { db, keys: restart(), restart, at: (ms: number) => (nowMs = START_MS + ms) };
}

function reasonOf(fn: () => unknown): AccessKeyFailure | 'no error' {
  try {
    fn();
    return 'no error';
  } catch (error) {
    expect(error).toBeInstanceOf(AccessKeyError);
    return (error as AccessKeyError).reason;
  }
}

const LONG = 'a-value-from-the-environment';

describe('what a key may do', () => {
  const policy = { models: ['openai/*'], maxTier: 'standard' as const, requestsPerMinute: 60 };

  test('comes with every verification, is shown, and outlives a restart', () => {
    const { keys, restart } = room();
    const { key, secret } = keys.create({ id: 'cli', project: 'p', policy });
    expect(key).toMatchObject({ policy });
    expect(accessKeyView.parse(key)).toEqual(key);
    const valid = { state: 'valid', key: { id: 'cli', project: 'p', policy } };
    expect(keys.verify(secret)).toEqual(valid);
    expect(restart().verify(secret)).toEqual(valid);
    expect(restart().list()).toMatchObject([{ id: 'cli', project: 'p', policy }]);
  });

  test('nothing in it is no policy', () => {
    const { keys } = room();
    const { key, secret } = keys.create({ id: 'cli', policy: {} });
    expect(key).not.toHaveProperty('policy');
    expect(keys.verify(secret)).toEqual({ state: 'valid', key: { id: 'cli' } });
  });

  test('is replaced as a whole by an update, at once and for good', () => {
    const { keys, restart } = room();
    const { secret } = keys.create({ id: 'cli', project: 'p', policy });
    expect(keys.update('cli', { policy: { concurrency: 2 } })).toMatchObject({ policy: { concurrency: 2 } });
    const after = { state: 'valid', key: { id: 'cli', policy: { concurrency: 2 } } };
    expect(keys.verify(secret)).toEqual(after);
    expect(restart().verify(secret)).toEqual(after);
    keys.update('cli', { project: 'q' });
    expect(keys.verify(secret)).toEqual({ state: 'valid', key: { id: 'cli', project: 'q' } });
  });

  test('only of a key that is there and ours', () => {
    const { keys } = room();
    keys.create({ id: 'gone' });
    keys.revoke('gone');
    keys.setManaged([{ id: 'ci', secret: LONG }]);
    expect(reasonOf(() => keys.update('gone', {}))).toBe('not_found');
    expect(reasonOf(() => keys.update('nobody', {}))).toBe('not_found');
    expect(reasonOf(() => keys.update('ci', {}))).toBe('managed');
  });

  test('of a managed key is that of the config', () => {
    const { keys } = room();
    keys.setManaged([{ id: 'ci', policy, secret: LONG }]);
    expect(keys.verify(LONG)).toEqual({ state: 'valid', key: { id: 'ci', policy } });
    expect(keys.list()).toMatchObject([{ id: 'ci', policy }]);
    keys.setManaged([{ id: 'ci', secret: LONG }]);
    expect(keys.verify(LONG)).toEqual({ state: 'valid', key: { id: 'ci' } });
    expect(keys.list()[0]).not.toHaveProperty('policy');
  });

  test('in a database that cannot be read, no key is let in without limits', () => {
    const { db, keys, restart } = room();
    keys.create({ id: 'cli', policy });
    db.prepare(`UPDATE access_keys SET policy = '{"maxTier":"free"}'`).run();
    expect(restart).toThrow('"cli"');
  });

  test('of a config is all but id, value and project', () => {
    const config = accessKeyConfig.parse({ id: 'ci', value: 'env:KEY', project: 'p', ...policy });
    expect(rightsOfConfig(config)).toEqual(policy);
    expect(rightsOfConfig(accessKeyConfig.parse({ id: 'ci', value: 'env:KEY' }))).toBeUndefined();
  });
});

describe('expiry', () => {
  const expiresAt = new Date(START_MS + 1_000).toISOString();

  test('ends a key at its instant, told apart from revoked', () => {
    const { keys, at, restart } = room();
    const { key, secret } = keys.create({ id: 'cli', policy: { expiresAt } });
    expect(key.expiresAtMs).toBe(START_MS + 1_000);
    at(999);
    expect(keys.verify(secret).state).toBe('valid');
    at(1_000);
    const expired = { state: 'expired', id: 'cli', expiredAtMs: START_MS + 1_000 };
    expect(keys.verify(secret)).toEqual(expired);
    expect(restart().verify(secret)).toEqual(expired);
    keys.flush();
    expect(keys.list()[0]).not.toHaveProperty('revokedAtMs');
    expect(keys.list()[0]?.lastUsedAtMs).toBe(START_MS + 999);
  });

  test('an update gives it more time', () => {
    const { keys, at } = room();
    const { secret } = keys.create({ id: 'cli', policy: { expiresAt } });
    at(2_000);
    keys.update('cli', { policy: { expiresAt: new Date(START_MS + 3_000).toISOString() } });
    expect(keys.verify(secret).state).toBe('valid');
    at(3_000);
    keys.revoke('cli');
    expect(keys.verify(secret)).toEqual({ state: 'revoked', id: 'cli' });
  });

  test('with an offset from UTC is the same instant', () => {
    const { keys, at } = room();
    const local = new Date(START_MS + 1_000 + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
    const { secret } = keys.create({ id: 'cli', policy: { expiresAt: local } });
    at(999);
    expect(keys.verify(secret).state).toBe('valid');
    at(1_000);
    expect(keys.verify(secret).state).toBe('expired');
  });

  test('of a managed key', () => {
    const { keys, at } = room();
    keys.setManaged([{ id: 'ci', policy: { expiresAt }, secret: LONG }]);
    expect(keys.verify(LONG).state).toBe('valid');
    at(1_000);
    expect(keys.verify(LONG).state).toBe('expired');
  });
});

describe('a key for one command', () => {
  test('ends with its time, is revoked by itself, and its id is free', () => {
    const { keys, at } = room();
    const { key, secret } = keys.create({ id: 'run', ephemeral: { ttlMs: 5_000 }, policy: { concurrency: 1 } });
    expect(key).toMatchObject({ ephemeral: true, expiresAtMs: START_MS + 5_000, policy: { concurrency: 1 } });
    expect(accessKeyView.parse(key)).toEqual(key);
    at(4_999);
    keys.flush();
    expect(keys.verify(secret).state).toBe('valid');
    at(5_000);
    expect(keys.verify(secret).state).toBe('expired');
    keys.flush();
    expect(keys.verify(secret)).toEqual({ state: 'revoked', id: 'run' });
    expect(keys.create({ id: 'run' }).key).not.toHaveProperty('ephemeral');
  });

  test('lives on when the gateway restarts, and still ends', () => {
    const { keys, at, restart } = room();
    const { secret } = keys.create({ id: 'run', ephemeral: { ttlMs: 5_000 } });
    const again = restart();
    expect(again.verify(secret).state).toBe('valid');
    at(5_000);
    again.flush();
    expect(again.verify(secret).state).toBe('revoked');
  });

  test('never outlives what its policy says, nor an update', () => {
    const { keys } = room();
    const early = new Date(START_MS + 10).toISOString();
    const { key } = keys.create({ id: 'run', ephemeral: { ttlMs: 5_000 }, policy: { expiresAt: early } });
    expect(key.expiresAtMs).toBe(START_MS + 10);
    expect(keys.update('run', { policy: { concurrency: 2 } })).toMatchObject({ expiresAtMs: START_MS + 10 });
  });

  test('is revoked when the command ends, once', () => {
    const { keys, at } = room();
    const { secret } = keys.create({ id: 'run', ephemeral: { ttlMs: 5_000 } });
    at(1);
    keys.revoke('run');
    at(6_000);
    keys.flush();
    expect(keys.verify(secret).state).toBe('revoked');
    expect(keys.list()[0]?.revokedAtMs).toBe(START_MS + 1);
  });
});
