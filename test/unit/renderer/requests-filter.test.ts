import { describe, expect, test } from 'vitest';
import { REQUESTS_KEPT_MAX } from '../../../renderer/src/live/reduce-live.ts';
import { mergeRequests } from '../../../renderer/src/pages/requests/merge-requests.ts';
import { EVERY_REQUEST, filterOf, fitsFilter, isEvery } from '../../../renderer/src/pages/requests/requests-filter.ts';
import { request } from './views.ts';

const NOON_MS = Date.UTC(2026, 10, 20, 12);

describe('what the toolbar asks for', () => {
  test('nothing chosen narrows nothing', () => {
    expect(isEvery(EVERY_REQUEST)).toBe(true);
    expect(filterOf(EVERY_REQUEST, NOON_MS, 'UTC')).toBeUndefined();
  });

  test('a period on the clock of the time zone, a state, and filters', () => {
    const choice = { period: 'today', state: 'problems', filters: { client: ['aider'] } } as const;
    expect(filterOf({ ...choice, filters: { client: ['aider'] } }, NOON_MS, 'Asia/Tokyo')).toEqual({
      filters: { client: ['aider'] },
      states: ['failed', 'refused'],
      fromMs: Date.UTC(2026, 10, 19, 15),
      toMs: Date.UTC(2026, 10, 20, 15),
    });
  });
});

describe('whether a live request belongs to the list', () => {
  const live = request('a', {
    startedAtMs: NOON_MS,
    state: 'streaming',
    client: 'aider',
    split: { name: 's', arm: 'x' },
  });
  test.each([
    [{}, true],
    [{ filters: { client: ['aider'] } }, true],
    [{ filters: { client: ['codex'] } }, false],
    [{ filters: { client: ['codex', 'aider'], split: ['s'], arm: ['x'] } }, true],
    [{ filters: { project: [null] } }, live.project === undefined],
    [{ filters: { project: ['acme'] } }, false],
    [{ states: ['running', 'streaming'] as ('running' | 'streaming')[] }, true],
    [{ states: ['settled'] as 'settled'[] }, false],
    [{ fromMs: NOON_MS }, true],
    [{ fromMs: NOON_MS + 1 }, false],
    [{ toMs: NOON_MS }, false],
  ])('%j: %s', (filter, fits) => {
    expect(fitsFilter(filter, live)).toBe(fits);
  });
});

describe('a narrowed list and the live feed', () => {
  const at = (id: string, startedAtMs: number, client = 'aider') => request(id, { startedAtMs, client });
  const narrowed = (fetchedAtMs: number) => ({
    fits: fitsFilter.bind(undefined, { filters: { client: ['aider'] } }),
    fetchedAtMs,
  });

  test('takes in only what fits, in its place', () => {
    const merged = mergeRequests(
      [[at('c', 3), at('a', 1)]],
      [at('e', 5), at('d', 4, 'codex'), at('b', 2)],
      narrowed(0),
    );
    expect(merged.requests.map(({ id }) => id)).toEqual(['e', 'c', 'b', 'a']);
  });

  test('old pages are no gap: only a feed that forgot more than was fetched is one', () => {
    const full = Array.from({ length: REQUESTS_KEPT_MAX }, (_, index) => at(`l${index}`, 10_000 - index, 'codex'));
    expect(mergeRequests([[at('old', 1)]], full, narrowed(9_950)).gap).toBe(false);
    expect(mergeRequests([[at('old', 1)]], full, narrowed(5_000)).gap).toBe(true);
    expect(mergeRequests([[]], full, narrowed(9_950)).gap).toBe(false);
  });

  test('a long list is taken as it is below what is live', () => {
    const older = Array.from({ length: 5_000 }, (_, index) => at(`o${index}`, 5_000 - index));
    const merged = mergeRequests([older], [at('new', 6_000)]);
    expect(merged.requests).toHaveLength(5_001);
    expect(merged.requests[5_000]).toBe(older[4_999]);
  });
});
