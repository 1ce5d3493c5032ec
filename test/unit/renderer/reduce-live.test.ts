import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../../renderer/src/contract-views.ts';
import {
  type LiveState,
  REQUESTS_KEPT_MAX,
  reduceLive,
  TRANSFERS_KEPT_MAX,
} from '../../../renderer/src/live/reduce-live.ts';
import { provider, request, snapshot, transfer } from './views.ts';

function run(events: readonly LiveEvent[]): LiveState {
  const state = events.reduce<LiveState | undefined>(reduceLive, undefined);
  if (state === undefined) throw new Error('no snapshot among the events');
  return state;
}

const first: LiveEvent = { type: 'snapshot', snapshot: snapshot() };

describe('reduceLive', () => {
  it('ignores changes to a state it does not have yet', () => {
    expect(reduceLive(undefined, { type: 'request', request: request('a') })).toBeUndefined();
  });

  it('sorts the snapshot newest first and forgets transfers of before', () => {
    const state = run([
      first,
      { type: 'transfer', transfer: transfer(1) },
      {
        type: 'snapshot',
        snapshot: snapshot({
          recentRequests: [request('old', { startedAtMs: 1 }), request('new', { startedAtMs: 2 })],
        }),
      },
    ]);
    expect(state.requests.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(state.transfers).toEqual([]);
  });

  it('replaces a request where it stands', () => {
    const state = run([
      first,
      { type: 'request', request: request('a', { startedAtMs: 1, state: 'running' }) },
      { type: 'request', request: request('b', { startedAtMs: 2 }) },
      { type: 'request', request: request('a', { startedAtMs: 1, state: 'settled' }) },
    ]);
    expect(state.requests.map(({ id, state: now }) => [id, now])).toEqual([
      ['b', 'settled'],
      ['a', 'settled'],
    ]);
  });

  it('keeps the feed sorted, single and bounded whatever order events arrive in', () => {
    const events = fc.array(fc.record({ id: fc.integer({ min: 0, max: 400 }), at: fc.integer({ min: 0, max: 50 }) }), {
      maxLength: 600,
    });
    fc.assert(
      fc.property(events, (arrivals) => {
        const startedAt = new Map<number, number>();
        for (const { id, at } of arrivals) if (!startedAt.has(id)) startedAt.set(id, at);
        const state = run([
          first,
          ...arrivals.map(
            ({ id }): LiveEvent => ({
              type: 'request',
              request: request(`r${id}`, { startedAtMs: startedAt.get(id) ?? 0 }),
            }),
          ),
        ]);
        const ids = state.requests.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeLessThanOrEqual(REQUESTS_KEPT_MAX);
        const instants = state.requests.map(({ startedAtMs }) => startedAtMs);
        expect(instants).toEqual([...instants].sort((a, b) => b - a));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps each transfer once, newest first, and not without end', () => {
    const events = Array.from(
      { length: TRANSFERS_KEPT_MAX + 20 },
      (_, seq): LiveEvent => ({
        type: 'transfer',
        transfer: transfer(seq + 1),
      }),
    );
    const state = run([first, ...events, ...events.slice(-3)]);
    expect(state.transfers).toHaveLength(TRANSFERS_KEPT_MAX);
    expect(state.transfers[0]?.seq).toBe(TRANSFERS_KEPT_MAX + 20);
  });

  it('changes one provider, adds one it did not know, and takes a whole list', () => {
    const state = run([
      { type: 'snapshot', snapshot: snapshot({ providers: [provider('a')] }) },
      { type: 'provider', provider: provider('a', { health: 'failing' }) },
      { type: 'provider', provider: provider('b') },
    ]);
    expect(state.providers.map(({ id, health }) => [id, health])).toEqual([
      ['a', 'failing'],
      ['b', 'ok'],
    ]);
    expect(reduceLive(state, { type: 'providers', providers: [] })?.providers).toEqual([]);
  });
});
