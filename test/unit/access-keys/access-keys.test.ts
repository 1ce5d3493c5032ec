import { describe, expect, test } from 'vitest';
import { createAccessKeys } from '../../../proxy/access-keys/access-keys.ts';
import { AccessKeyError, type AccessKeyFailure } from '../../../proxy/access-keys/errors.ts';
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

function messageOf(fn: () => unknown): string {
  try {
    fn();
    return '';
  } catch (error) {
    return String(error);
  }
}

const LONG = 'a-value-from-the-environment';

describe('issuing', () => {
  test('a key is gh_ and 43 characters, shown once, and verifies', () => {
    const { keys } = room();
    const { key, secret } = keys.create({ id: 'cli', project: 'chatbot' });
    expect(secret).toMatch(/^gh_[A-Za-z0-9_-]{43}$/);
    expect(key).toEqual({
      id: 'cli',
      prefix: secret.slice(0, 7),
      project: 'chatbot',
      createdAtMs: START_MS,
      managed: false,
    });
    expect(accessKeyView.parse(key)).toEqual(key);
    expect(keys.verify(secret)).toEqual({ state: 'valid', key: { id: 'cli', project: 'chatbot' } });
    expect(keys.create({ id: 'other' }).secret).not.toBe(secret);
  });

  test('the bytes come from where the caller says, all 32 of them', () => {
    const { db } = openForTest();
    const clock = { nowMs: () => START_MS, monotonicMs: () => 0 };
    const keys = createAccessKeys({ db, clock, randomBytes: (size) => Buffer.alloc(size, 0xff) });
    expect(keys.create({ id: 'cli' }).secret).toBe(`gh_${'_'.repeat(42)}8`);
  });

  test('nothing in the database can be used as the key', () => {
    const { db, keys } = room();
    const { secret } = keys.create({ id: 'cli' });
    const row = JSON.stringify(db.prepare('SELECT * FROM access_keys').all());
    expect(row).not.toContain(secret);
    expect(row).not.toContain(secret.slice(7));
    expect(db.serialize().includes(secret.slice(8))).toBe(false);
  });

  test('an id that is taken is refused, and the first key stays', () => {
    const { keys } = room();
    const { secret } = keys.create({ id: 'cli' });
    expect(reasonOf(() => keys.create({ id: 'cli' }))).toBe('id_taken');
    expect(keys.verify(secret).state).toBe('valid');
    expect(keys.list()).toHaveLength(1);
  });
});

describe('verifying', () => {
  test.each(['', 'gh_', 'gh_x', LONG, 'x'.repeat(100_000)])('an unknown key of %# is unknown', (secret) => {
    expect(room().keys.verify(secret)).toEqual({ state: 'unknown' });
  });

  test('one character more, less or other is unknown', () => {
    const { keys } = room();
    const { secret } = keys.create({ id: 'cli' });
    const other = secret.slice(0, -1) + (secret.endsWith('A') ? 'E' : 'A');
    for (const wrong of [`${secret}A`, secret.slice(0, -1), other, secret.toUpperCase(), ` ${secret}`]) {
      expect(keys.verify(wrong).state).toBe('unknown');
    }
  });

  test('keys and revocations outlive a restart', () => {
    const { keys, restart } = room();
    const kept = keys.create({ id: 'kept', project: 'p' }).secret;
    const revoked = keys.create({ id: 'gone' }).secret;
    keys.revoke('gone');
    const again = restart();
    expect(again.verify(kept)).toEqual({ state: 'valid', key: { id: 'kept', project: 'p' } });
    expect(again.verify(revoked)).toEqual({ state: 'revoked', id: 'gone' });
  });
});

describe('revoking', () => {
  test('takes effect at once and is told apart from unknown', () => {
    const { keys, at } = room();
    const { secret } = keys.create({ id: 'cli' });
    at(5);
    expect(keys.revoke('cli').revokedAtMs).toBe(START_MS + 5);
    expect(keys.verify(secret)).toEqual({ state: 'revoked', id: 'cli' });
    at(9);
    expect(keys.revoke('cli').revokedAtMs).toBe(START_MS + 5);
    expect(reasonOf(() => keys.revoke('nobody'))).toBe('not_found');
  });

  test('a revoked id may be given again; the old key stays revoked and listed', () => {
    const { keys } = room();
    const old = keys.create({ id: 'cli' }).secret;
    keys.revoke('cli');
    const fresh = keys.create({ id: 'cli' }).secret;
    expect(keys.verify(old).state).toBe('revoked');
    expect(keys.verify(fresh).state).toBe('valid');
    expect(keys.list().map((key) => [key.id, key.revokedAtMs !== undefined])).toEqual([
      ['cli', true],
      ['cli', false],
    ]);
    keys.revoke('cli');
    expect(keys.verify(fresh).state).toBe('revoked');
  });
});

describe('last use', () => {
  test('shows at once, is written by flush, and never moves back', () => {
    const { db, keys, restart, at } = room();
    const { secret } = keys.create({ id: 'cli' });
    const written = () => db.prepare('SELECT last_used_at_ms FROM access_keys').pluck().get();
    at(10);
    keys.verify(secret);
    expect(keys.list()[0]?.lastUsedAtMs).toBe(START_MS + 10);
    expect(written()).toBeNull();
    keys.flush();
    expect(written()).toBe(START_MS + 10);
    at(4);
    keys.verify(secret);
    keys.flush();
    keys.flush();
    expect(written()).toBe(START_MS + 10);
    expect(restart().list()[0]?.lastUsedAtMs).toBe(START_MS + 10);
  });

  test('a revoked or unknown key is not used', () => {
    const { keys } = room();
    const { secret } = keys.create({ id: 'cli' });
    keys.revoke('cli');
    keys.verify(secret);
    keys.verify(LONG);
    keys.flush();
    expect(keys.list()[0]).not.toHaveProperty('lastUsedAtMs');
  });
});

describe('managed keys', () => {
  test('verify while this config runs, are listed as managed, and even their hash is not stored', () => {
    const { db, keys, restart } = room();
    keys.setManaged([{ id: 'ci', project: 'p', secret: LONG }]);
    expect(keys.verify(LONG)).toEqual({ state: 'valid', key: { id: 'ci', project: 'p' } });
    expect(keys.list()).toMatchObject([{ id: 'ci', prefix: 'a-v', project: 'p', managed: true }]);
    expect(db.prepare('SELECT hash FROM access_keys').pluck().all()).toEqual([null]);
    expect(db.serialize().includes(LONG.slice(4))).toBe(false);
    expect(restart().verify(LONG).state).toBe('unknown');
  });

  test('the next set replaces the last one; a key that stays keeps its row and its last use', () => {
    const { keys, at } = room();
    keys.setManaged([
      { id: 'stays', secret: LONG },
      { id: 'goes', secret: `${LONG}-2` },
    ]);
    at(3);
    keys.verify(LONG);
    keys.setManaged([{ id: 'stays', project: 'new', secret: `${LONG}-3` }]);
    expect(keys.verify(LONG).state).toBe('unknown');
    expect(keys.verify(`${LONG}-2`).state).toBe('unknown');
    expect(keys.verify(`${LONG}-3`)).toEqual({ state: 'valid', key: { id: 'stays', project: 'new' } });
    expect(keys.list()).toMatchObject([
      { id: 'stays', project: 'new', lastUsedAtMs: START_MS + 3 },
      { id: 'goes', revokedAtMs: START_MS + 3 },
    ]);
    keys.setManaged([]);
    expect(keys.list().every((key) => key.revokedAtMs !== undefined)).toBe(true);
  });

  test('the same set again, as at a reload, changes nothing', () => {
    const { keys } = room();
    keys.setManaged([{ id: 'ci', secret: LONG }]);
    const listed = keys.list();
    keys.setManaged([{ id: 'ci', secret: LONG }]);
    expect(keys.list()).toEqual(listed);
    expect(keys.verify(LONG).state).toBe('valid');
  });

  test('cannot be changed from the window', () => {
    const { keys } = room();
    keys.setManaged([{ id: 'ci', secret: LONG }]);
    expect(reasonOf(() => keys.create({ id: 'ci' }))).toBe('managed');
    expect(reasonOf(() => keys.revoke('ci'))).toBe('managed');
    expect(keys.verify(LONG).state).toBe('valid');
  });

  test('stand beside issued ones, before and after', () => {
    const { keys } = room();
    const own = keys.create({ id: 'own' }).secret;
    keys.setManaged([{ id: 'ci', secret: LONG }]);
    keys.setManaged([]);
    expect(keys.verify(own).state).toBe('valid');
    expect(keys.verify(LONG).state).toBe('unknown');
    expect(keys.create({ id: 'ci' }).key.managed).toBe(false);
  });

  test.each<[string, AccessKeyFailure, (own: { active: string; revoked: string }) => { id: string; secret: string }[]]>(
    [
      ['a short value', 'too_short', () => [{ id: 'ci', secret: 'x'.repeat(15) }]],
      ['the id of an issued key', 'id_taken', () => [{ id: 'own', secret: LONG }]],
      [
        'one id twice',
        'id_taken',
        () => [
          { id: 'ci', secret: LONG },
          { id: 'ci', secret: `${LONG}-2` },
        ],
      ],
      [
        'one value twice',
        'value_taken',
        () => [
          { id: 'ci', secret: LONG },
          { id: 'cd', secret: LONG },
        ],
      ],
      ['the value of an issued key', 'value_taken', ({ active }) => [{ id: 'ci', secret: active }]],
      ['the value of a revoked key', 'value_taken', ({ revoked }) => [{ id: 'ci', secret: revoked }]],
    ],
  )('%s is refused whole, without the value in the message, and nothing changes', (_, reason, make) => {
    const { keys } = room();
    const active = keys.create({ id: 'own' }).secret;
    const revoked = keys.create({ id: 'gone' }).secret;
    keys.revoke('gone');
    keys.setManaged([{ id: 'before', secret: `${LONG}-before` }]);
    const listed = keys.list();
    const wanted = [{ id: 'good', secret: `${LONG}-good` }, ...make({ active, revoked })];
    expect(reasonOf(() => keys.setManaged(wanted))).toBe(reason);
    for (const { secret } of wanted) expect(messageOf(() => keys.setManaged(wanted))).not.toContain(secret);
    expect(keys.list()).toEqual(listed);
    expect(keys.verify(`${LONG}-before`).state).toBe('valid');
    expect(keys.verify(`${LONG}-good`).state).toBe('unknown');
    expect(keys.verify(revoked).state).toBe('revoked');
  });
});
