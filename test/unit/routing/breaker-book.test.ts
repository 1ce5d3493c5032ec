import { describe, expect, test } from 'vitest';
import { type Admission, createBreakerBook, type Permit } from '../../../proxy/routing/breaker-book.ts';
import { blames, type Outcome, verdictsOf } from '../../../proxy/routing/breaker-outcome.ts';
import type { BreakerStore } from '../../../proxy/routing/breaker-store.ts';
import type { Failure } from '../../../proxy/routing/failure.ts';

const SERVER_ERROR: Failure = {
  kind: 'server_error',
  scope: 'endpoint',
  decision: 'retry',
  status: 500,
  message: 'failed',
};
const CONNECT: Failure = { kind: 'connect', scope: 'provider', decision: 'retry', message: 'nobody there' };
const failed = (failure: Failure): Outcome => ({ kind: 'failed', failure });

function permitOf(admission: Admission): Permit {
  if (!admission.ok) throw new Error('expected it to pass');
  return admission.permit;
}

type Book = ReturnType<typeof createBreakerBook>;
function call(book: Book, endpoint: string, outcome: Outcome, nowMs: number): void {
  book.record(permitOf(book.admit(endpoint, nowMs)), outcome, nowMs);
}
function fail(book: Book, endpoint: string, failure: Failure, count: number, nowMs = 0): void {
  for (let done = 0; done < count; done += 1) call(book, endpoint, failed(failure), nowMs);
}

function memoryStore(initial?: unknown): BreakerStore & { saved: unknown } {
  const store = {
    saved: initial,
    load: () => store.saved,
    save: (state: unknown) => {
      store.saved = JSON.parse(JSON.stringify(state));
    },
  };
  return store;
}

describe('whom a failure speaks of', () => {
  const base = { decision: 'next', message: 'x' } as const;
  test.each<[what: string, failure: Failure, endpoint: string | undefined, provider: string | undefined]>([
    ['no connection', { ...base, kind: 'connect', scope: 'provider' }, undefined, 'failed'],
    ['no trust', { ...base, kind: 'tls', scope: 'provider' }, undefined, 'failed'],
    ['no first byte', { ...base, kind: 'timeout', scope: 'endpoint' }, 'failed', undefined],
    ['500', { ...base, kind: 'server_error', scope: 'endpoint' }, 'failed', undefined],
    ['529', { ...base, kind: 'overloaded', scope: 'endpoint' }, 'failed', undefined],
    ['cut', { ...base, kind: 'cut', scope: 'endpoint' }, 'failed', undefined],
    ['nonsense', { ...base, kind: 'malformed', scope: 'endpoint' }, 'failed', undefined],
    ["the model's slip", { ...base, kind: 'malformed', scope: 'request' }, undefined, undefined],
    ['429 with a time', { ...base, kind: 'rate_limited', scope: 'endpoint', retryAfterMs: 9_000 }, 'paused', undefined],
    ['429 without', { ...base, kind: 'rate_limited', scope: 'endpoint' }, 'failed', undefined],
    ['too much for the limit at once', { ...base, kind: 'rate_limited', scope: 'request' }, undefined, undefined],
    ['an empty account', { ...base, kind: 'quota', scope: 'credential' }, undefined, 'failed'],
    ['a limit per day', { ...base, kind: 'quota', scope: 'endpoint' }, 'failed', undefined],
    ['no such model', { ...base, kind: 'model_missing', scope: 'endpoint' }, undefined, undefined],
    ['a bad request', { ...base, kind: 'bad_request', scope: 'request' }, undefined, undefined],
    ['a limit of our own', { ...base, kind: 'gateway', scope: 'request' }, undefined, undefined],
  ])('%s', (_what, failure, endpoint, provider) => {
    const verdicts = verdictsOf(failed(failure), false);
    expect([verdicts.endpoint?.type, verdicts.provider?.type]).toEqual([endpoint, provider]);
    expect(blames(failure)).toBe((endpoint ?? provider) !== undefined);
  });

  test('a refused credential is the provider speaking, but opens nothing', () => {
    const failure: Failure = { ...base, kind: 'credential', scope: 'credential', credentialRefused: true };
    expect(verdictsOf(failed(failure), false)).toEqual({});
    expect(blames(failure)).toBe(true);
  });
});

describe('endpoints and providers', () => {
  test('an endpoint that fails closes itself off and nobody else', () => {
    const book = createBreakerBook();
    fail(book, 'p/a', SERVER_ERROR, 5);
    expect(book.admit('p/a', 0)).toMatchObject({ ok: false, by: 'endpoint', retryAtMs: 5_000 });
    expect(book.admit('p/b', 0).ok).toBe(true);
    expect(book.admit('q/a', 0).ok).toBe(true);
  });

  test('a provider that cannot be reached closes off all its endpoints', () => {
    const book = createBreakerBook();
    fail(book, 'p/a', CONNECT, 3);
    fail(book, 'p/b/with/slashes', CONNECT, 2);
    expect(book.admit('p/c', 0)).toMatchObject({ ok: false, by: 'provider', cause: { kind: 'connect' } });
    expect(book.admit('q/c', 0).ok).toBe(true);
  });

  test('an empty account closes off the provider at once, for a while', () => {
    const book = createBreakerBook();
    fail(book, 'p/a', { kind: 'quota', scope: 'credential', decision: 'next', message: 'x' }, 1);
    expect(book.admit('p/b', 599_999)).toMatchObject({ ok: false, by: 'provider', retryAtMs: 600_000 });
    expect(book.admit('p/b', 600_000)).toMatchObject({ ok: true, probe: true });
  });

  test('or for as long as the provider says', () => {
    const book = createBreakerBook();
    fail(book, 'p/a', { kind: 'quota', scope: 'endpoint', decision: 'next', retryAfterMs: 30_000, message: 'x' }, 1);
    expect(book.admit('p/a', 0)).toMatchObject({ ok: false, by: 'endpoint', retryAtMs: 30_000 });
  });

  test('a 429 closes off only its endpoint, until the time it names', () => {
    const book = createBreakerBook();
    fail(
      book,
      'p/a',
      { kind: 'rate_limited', scope: 'endpoint', decision: 'retry', retryAfterMs: 7_000, message: 'x' },
      1,
    );
    expect(book.admit('p/a', 6_999)).toMatchObject({ ok: false, retryAtMs: 7_000 });
    expect(book.admit('p/b', 0).ok).toBe(true);
    expect(book.admit('p/a', 7_000)).toMatchObject({ ok: true, probe: false });
  });

  test('bad requests open nothing, however many', () => {
    const book = createBreakerBook();
    fail(book, 'p/a', { kind: 'bad_request', scope: 'request', decision: 'stop', message: 'x' }, 50);
    fail(book, 'p/a', { kind: 'model_missing', scope: 'endpoint', decision: 'next', message: 'x' }, 50);
    expect(book.stateOf('p/a', 0)).toBe('closed');
    expect(book.list(0)).toEqual([]);
  });

  test('one call probes both its endpoint and its provider; refused by one, it is the probe of neither', () => {
    const book = createBreakerBook();
    fail(book, 'p/a', SERVER_ERROR, 5);
    fail(book, 'p/b', CONNECT, 5);
    const probe = book.admit('p/a', 5_000);
    expect(probe).toMatchObject({ ok: true, probe: true });
    expect(book.admit('p/b', 5_000)).toMatchObject({ ok: false, by: 'provider' });
    book.record(permitOf(probe), { kind: 'served' }, 5_100);
    expect(book.list(5_100).map(({ id, state }) => [id, state])).toEqual(
      expect.arrayContaining([
        ['p', 'closed'],
        ['p/a', 'closed'],
      ]),
    );
    fail(book, 'p/b', CONNECT, 5, 6_000);
    const rest: Failure = { ...SERVER_ERROR, kind: 'quota' };
    const other = createBreakerBook();
    fail(other, 'p/a', rest, 1);
    fail(other, 'p/b', CONNECT, 5);
    // The endpoint still rests, so the provider's probe stays free for another one.
    expect(other.admit('p/a', 5_000)).toMatchObject({ ok: false, by: 'endpoint' });
    expect(other.admit('p/c', 5_000)).toMatchObject({ ok: true, probe: true });
  });

  test('a call that is abandoned or ends without a word frees its probes', () => {
    const book = createBreakerBook();
    fail(book, 'p/a', SERVER_ERROR, 5);
    book.abandon(permitOf(book.admit('p/a', 5_000)), 5_000);
    book.record(permitOf(book.admit('p/a', 5_000)), { kind: 'none' }, 5_000);
    const bad: Failure = { kind: 'bad_request', scope: 'request', decision: 'stop', message: 'x' };
    book.record(permitOf(book.admit('p/a', 5_000)), failed(bad), 5_000);
    expect(book.admit('p/a', 5_000)).toMatchObject({ ok: true, probe: true });
  });

  test('changes of state are told once each', () => {
    const book = createBreakerBook();
    const told: string[] = [];
    const stop = book.onChange(({ id, state }) => told.push(`${id} ${state}`));
    fail(book, 'p/a', SERVER_ERROR, 5);
    const probe = permitOf(book.admit('p/a', 5_000));
    book.record(probe, { kind: 'served' }, 5_000);
    call(book, 'p/a', { kind: 'served' }, 5_000);
    stop();
    fail(book, 'p/a', SERVER_ERROR, 5, 6_000);
    expect(told).toEqual(['p/a open', 'p/a half-open', 'p/a closed']);
  });

  test('reset closes a provider with all its endpoints, or one endpoint alone', () => {
    const book = createBreakerBook();
    fail(book, 'p/a', SERVER_ERROR, 5);
    fail(book, 'p/b', SERVER_ERROR, 5);
    fail(book, 'pp/a', SERVER_ERROR, 5);
    book.reset('p/a', 0);
    expect(book.list(0).map(({ id }) => id)).toEqual(['p/b', 'pp/a']);
    book.reset('p', 0);
    expect(book.list(0).map(({ id }) => id)).toEqual(['pp/a']);
  });

  test('it is bounded, and closed ones go first', () => {
    const book = createBreakerBook({ sizeMax: 3 });
    fail(book, 'a/x', { ...SERVER_ERROR, kind: 'quota' }, 1);
    for (const name of ['b', 'c', 'd', 'e']) fail(book, `${name}/x`, SERVER_ERROR, 1);
    expect(book.list(0).map(({ id }) => id)).toEqual(['a/x', 'd/x', 'e/x']);
  });
});

describe('over a restart', () => {
  test('what is open stays open, and a probe that was out does not block the next one', () => {
    const store = memoryStore();
    const before = createBreakerBook({ store });
    fail(before, 'p/a', SERVER_ERROR, 5);
    fail(before, 'q/a', SERVER_ERROR, 5);
    permitOf(before.admit('q/a', 5_000));
    const again = createBreakerBook({ store });
    expect(again.admit('p/a', 4_999)).toMatchObject({
      ok: false,
      retryAtMs: 5_000,
      cause: { kind: 'server_error', status: 500 },
    });
    expect(again.admit('q/a', 5_001)).toMatchObject({ ok: true, probe: true });
  });

  test('a pause stays a pause', () => {
    const store = memoryStore();
    const paused: Failure = {
      kind: 'rate_limited',
      scope: 'endpoint',
      decision: 'retry',
      retryAfterMs: 7_000,
      message: 'x',
    };
    fail(createBreakerBook({ store }), 'p/a', paused, 1);
    const again = createBreakerBook({ store });
    expect(again.admit('p/a', 0).ok).toBe(false);
    expect(again.admit('p/a', 7_000)).toMatchObject({ ok: true, probe: false });
  });

  const row = {
    id: 'p/a',
    sinceMs: 0,
    untilMs: 5_000,
    openings: 1,
    cause: { kind: 'server_error' },
    leadsTo: 'half-open',
  };
  test.each<[what: string, saved: unknown, open: readonly string[], problems: number]>([
    ['nothing saved', undefined, [], 0],
    ['a good row', { version: 1, breakers: [row] }, ['p/a'], 0],
    [
      'a bad row beside a good one',
      {
        version: 1,
        breakers: [
          { ...row, untilMs: 'x' },
          { ...row, id: 'p/b' },
        ],
      },
      ['p/b'],
      1,
    ],
    ['an unknown cause', { version: 1, breakers: [{ ...row, cause: { kind: 'nonsense' } }] }, [], 1],
    ['another version', { version: 2, breakers: [row] }, [], 1],
    ['something else entirely', 'text', [], 1],
  ])('%s', (_what, saved, open, problems) => {
    const reported: string[] = [];
    const book = createBreakerBook({ store: memoryStore(saved), report: (problem) => reported.push(problem) });
    expect(book.list(0).map(({ id }) => id)).toEqual(open);
    expect(reported).toHaveLength(problems);
  });

  test('a store that fails is reported and stops nothing', () => {
    const reported: string[] = [];
    const broken: BreakerStore = {
      load: () => {
        throw new SyntaxError('half a document');
      },
      save: () => {
        throw new Error('the disk is full');
      },
    };
    const book = createBreakerBook({ store: broken, report: (problem) => reported.push(problem) });
    fail(book, 'p/a', SERVER_ERROR, 5);
    expect(book.stateOf('p/a', 0)).toBe('open');
    expect(reported).toHaveLength(2);
  });
});
