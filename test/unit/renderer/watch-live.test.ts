import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../../renderer/src/contract-views.ts';
import { backOffMs, FIRST_WAIT_MS, WAIT_MS_MAX } from '../../../renderer/src/live/back-off.ts';
import { type Connection, watchLive } from '../../../renderer/src/live/watch-live.ts';
import { snapshot } from './views.ts';

const first: LiveEvent = { type: 'snapshot', snapshot: snapshot() };

/** Each element is one attempt to subscribe: the events it yields, or the error it throws (after its events). */
async function play(attempts: readonly { events?: readonly LiveEvent[]; error?: Error }[]) {
  const stop = new AbortController();
  const phases: string[] = [];
  const waits: number[] = [];
  let turn = 0;
  await watchLive({
    open: async () => {
      const attempt = attempts[turn++];
      return (async function* () {
        yield* attempt?.events ?? [];
        if (attempt?.error !== undefined) throw attempt.error;
      })();
    },
    onEvent: () => undefined,
    onConnection: (connection: Connection) => phases.push(connection.phase),
    isDenied: (error) => error instanceof Error && error.message === 'denied',
    wait: async (failures) => {
      waits.push(failures);
      if (turn >= attempts.length) stop.abort();
    },
    signal: stop.signal,
  });
  return { phases, waits };
}

describe('watchLive', () => {
  it('is live only once a snapshot is there', async () => {
    const { phases } = await play([{ events: [{ type: 'pause', pause: { active: false } }] }]);
    expect(phases).toEqual(['connecting', 'reconnecting']);
  });

  it('reconnects after a stream that ends as after one that breaks, and counts failures from the last success', async () => {
    const { phases, waits } = await play([
      { error: new Error('refused') },
      { error: new Error('refused') },
      { events: [first], error: new Error('cut') },
      { events: [first] },
    ]);
    expect(phases).toEqual([
      'connecting',
      'reconnecting',
      'reconnecting',
      'live',
      'reconnecting',
      'live',
      'reconnecting',
    ]);
    expect(waits).toEqual([1, 2, 1, 1]);
  });

  it('stops for good when access is denied', async () => {
    const { phases, waits } = await play([{ events: [first], error: new Error('denied') }, { events: [first] }]);
    expect(phases).toEqual(['connecting', 'live', 'denied']);
    expect(waits).toEqual([]);
  });
});

describe('backOffMs', () => {
  it('doubles up to a bound and spreads downwards only', () => {
    expect([1, 2, 3].map((failures) => backOffMs(failures, 0))).toEqual([
      FIRST_WAIT_MS,
      FIRST_WAIT_MS * 2,
      FIRST_WAIT_MS * 4,
    ]);
    expect(backOffMs(1000, 0)).toBe(WAIT_MS_MAX);
    expect(backOffMs(1000, 0.999)).toBeGreaterThan(WAIT_MS_MAX * 0.74);
  });
});
