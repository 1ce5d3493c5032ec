import { describe, expect, test } from 'vitest';
import { GatehouseError } from '../../../proxy/core/errors.ts';
import {
  createIdempotency,
  EXPIRY_MS,
  type IdempotentRequest,
  type ReplayedSettlement,
} from '../../../proxy/limits/idempotency.ts';
import { secretOfInstall } from '../../../proxy/limits/secret-of-install.ts';
import { createStateStore } from '../../../proxy/storage/state-store.ts';
import { openForTest } from '../../integration/storage/fixtures.ts';

const START_MS = 1_795_176_000_000;

function room() {
  const { db } = openForTest();
  let nowMs = START_MS;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const settlements = new Map<string, ReplayedSettlement>();
  const restart = () =>
    createIdempotency({
      db,
      clock,
      secret: secretOfInstall(createStateStore({ db, clock }), 'idempotencySecret'),
      settlementOf: (requestId) => settlements.get(requestId),
    });
  return { db, first: restart(), restart, settlements, at: (ms: number) => (nowMs = START_MS + ms) };
}

const request = (more: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
  accessKeyId: 'cli',
  key: 'order-66-and-more',
  route: 'openai-chat',
  body: Buffer.from('{"model":"a","messages":["keep this secret"]}'),
  requestId: 'req_1',
  ...more,
});

function refusalOf(fn: () => unknown): GatehouseError {
  try {
    fn();
  } catch (error) {
    if (error instanceof GatehouseError) return error;
    throw error;
  }
  throw new Error('it was let through');
}

describe('the same key again', () => {
  test('while the first is under way: wait', () => {
    const { first } = room();
    first.begin(request());
    const error = refusalOf(() => first.begin(request({ requestId: 'req_2' })));
    expect([error.code, error.status, error.retryable]).toEqual(['request_in_progress', 409, true]);
    expect(error.details).toMatchObject({ retryAfterMs: 2_000, facts: { first_request: 'req_1' } });
  });

  test('after its end: what it cost, and nothing of the answer', () => {
    const { first, settlements } = room();
    first.begin(request()).end({ reserved: true });
    settlements.set('req_1', { status: 200, state: 'settled', costNano: 1_500_000, certainty: 'exact' });
    const error = refusalOf(() => first.begin(request({ requestId: 'req_2' })));
    expect([error.code, error.status, error.retryable]).toEqual(['idempotency_replayed', 409, false]);
    expect(error.message).toContain(
      'the request req_1 with this Idempotency-Key has ended (settled). It cost $0.0015 (exact).',
    );
    expect(error.details.facts).toEqual({
      first_request: 'req_1',
      state: 'settled',
      status: 200,
      cost_usd: '0.0015',
      certainty: 'exact',
    });
    settlements.clear();
    expect(refusalOf(() => first.begin(request())).message).toContain('What it cost is not known');
  });

  test('with another body or at another route: a mistake, in flight and after', () => {
    const { first } = room();
    const lease = first.begin(request());
    for (const _ of [1, 2]) {
      const error = refusalOf(() => first.begin(request({ requestId: 'req_2', body: Buffer.from('{}') })));
      expect([error.code, error.status, error.retryable]).toEqual(['idempotency_mismatch', 422, false]);
      expect(refusalOf(() => first.begin(request({ route: 'openai-responses' }))).code).toBe('idempotency_mismatch');
      lease.end({ reserved: true });
    }
  });

  test('is another one under another access key, or none', () => {
    const { first } = room();
    first.begin(request());
    first.begin(request({ accessKeyId: 'ide', requestId: 'req_2' }));
    first.begin(request({ accessKeyId: undefined, requestId: 'req_3' }));
    expect(refusalOf(() => first.begin(request({ accessKeyId: 'ide' }))).details.facts).toMatchObject({
      first_request: 'req_2',
    });
  });

  test('is free when nothing was reserved: what was refused may be sent again', () => {
    const { db, first } = room();
    first.begin(request()).end({ reserved: false });
    expect(db.prepare('SELECT count(*) FROM idempotency').pluck().get()).toBe(0);
    const lease = first.begin(request({ requestId: 'req_2', body: Buffer.from('another') }));
    lease.end({ reserved: true });
    lease.end({ reserved: false });
    expect(refusalOf(() => first.begin(request({ body: Buffer.from('another') }))).code).toBe('idempotency_replayed');
  });

  test('200 at once: one', () => {
    const { first } = room();
    const passed = Array.from({ length: 200 }, (_, n) => {
      try {
        first.begin(request({ requestId: `req_${n}` }));
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'request_in_progress' });
        return false;
      }
    });
    expect(passed.filter(Boolean)).toHaveLength(1);
  });

  test.each(['', ' a', 'a ', 'a\n', 'é', 'x'.repeat(256)])('%j is no key', (key) => {
    expect(refusalOf(() => room().first.begin(request({ key }))).code).toBe('invalid_request');
  });
  test.each(['a', 'a b', 'x'.repeat(255)])('%j is one', (key) => {
    room().first.begin(request({ key }));
  });
});

describe('across restarts', () => {
  test('a finished one is known', () => {
    const { first, restart } = room();
    first.begin(request()).end({ reserved: true });
    expect(refusalOf(() => restart().begin(request())).code).toBe('idempotency_replayed');
    expect(refusalOf(() => restart().begin(request({ body: Buffer.from('{}') }))).code).toBe('idempotency_mismatch');
  });

  test('one that a crash cut off has ended, with what recovery settled', () => {
    const { first, restart, settlements } = room();
    first.begin(request());
    settlements.set('req_1', { state: 'aborted', costNano: 7, certainty: 'estimated' });
    const again = restart();
    const error = refusalOf(() => again.begin(request({ requestId: 'req_2' })));
    expect(error.code).toBe('idempotency_replayed');
    expect(error.details.facts).toMatchObject({
      first_request: 'req_1',
      cost_usd: '0.000000007',
      certainty: 'estimated',
    });
  });
});

describe('after a day', () => {
  test('a key is free again, to the millisecond', () => {
    const { first, at } = room();
    first.begin(request()).end({ reserved: true });
    at(EXPIRY_MS - 1);
    expect(refusalOf(() => first.begin(request())).code).toBe('idempotency_replayed');
    at(EXPIRY_MS);
    first.begin(request({ requestId: 'req_2' }));
    expect(refusalOf(() => first.begin(request())).details.facts).toMatchObject({ first_request: 'req_2' });
  });

  test('but not that of a request that still runs, however the clock jumps', () => {
    const { first, at } = room();
    const lease = first.begin(request());
    at(3 * EXPIRY_MS);
    first.sweep();
    expect(refusalOf(() => first.begin(request({ requestId: 'req_2' }))).code).toBe('request_in_progress');
    at(-EXPIRY_MS);
    expect(refusalOf(() => first.begin(request({ requestId: 'req_2' }))).code).toBe('request_in_progress');
    lease.end({ reserved: true });
    expect(refusalOf(() => first.begin(request({ requestId: 'req_2' }))).code).toBe('idempotency_replayed');
  });

  test('rows are swept', () => {
    const { db, first, at } = room();
    const count = () => db.prepare('SELECT count(*) FROM idempotency').pluck().get();
    first.begin(request()).end({ reserved: true });
    at(10);
    first.begin(request({ key: 'b', requestId: 'req_2' })).end({ reserved: true });
    at(EXPIRY_MS);
    first.sweep();
    expect(count()).toBe(1);
    at(EXPIRY_MS + 10);
    first.sweep();
    expect(count()).toBe(0);
  });
});

describe('what is kept', () => {
  test('is hashed: neither key nor body can be read or guessed from it', () => {
    const { db, first } = room();
    first.begin(request()).end({ reserved: true });
    const bytes = db.serialize();
    for (const text of ['order-66', 'keep this secret', '"cli"']) expect(bytes.includes(text)).toBe(false);
    // Under another secret the same request looks altogether different.
    const other = room();
    other.first.begin(request());
    const hashes = ({ db: one }: typeof other) => one.prepare('SELECT key_hash, body_hash FROM idempotency').get();
    expect(hashes(other)).not.toEqual(db.prepare('SELECT key_hash, body_hash FROM idempotency').get());
  });

  test('the secret is made once and kept; a damaged one is not replaced in silence', () => {
    const { db } = openForTest();
    const store = createStateStore({ db, clock: { nowMs: () => 0, monotonicMs: () => 0 } });
    const secret = secretOfInstall(store, 'x');
    expect(secret).toHaveLength(32);
    expect(secretOfInstall(store, 'x')).toEqual(secret);
    expect(secretOfInstall(store, 'y')).not.toEqual(secret);
    for (const damaged of ['short', 7, null]) {
      store.set('x', damaged);
      expect(() => secretOfInstall(store, 'x')).toThrow('"x"');
    }
  });
});
