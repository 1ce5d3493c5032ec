import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  SUPERVISOR_LIMITS as LIMITS,
  type StopReason,
  type SupervisorState,
} from '../../../electron/supervisor/state.ts';
import { createSupervisor, type GatewayProcessEvents } from '../../../electron/supervisor/supervisor.ts';

interface Forked {
  events: GatewayProcessEvents;
  shutdowns: number[];
  kills: number;
}

function harness() {
  const forked: Forked[] = [];
  const states: SupervisorState['name'][] = [];
  const failures: StopReason[] = [];
  const keys: string[] = [];
  const supervisor = createSupervisor({
    limits: LIMITS,
    chance: () => 1 - Number.EPSILON,
    fork(events) {
      const one: Forked = { events, shutdowns: [], kills: 0 };
      forked.push(one);
      return {
        sendShutdown: (deadlineMs) => one.shutdowns.push(deadlineMs),
        kill: () => {
          one.kills += 1;
        },
      };
    },
    changed: (state) => states.push(state.name),
    accessKeyCreated: (key) => keys.push(key),
    tellFailed: (reason) => failures.push(reason),
  });
  const last = (): Forked => {
    const one = forked.at(-1);
    if (one === undefined) throw new Error('nothing was forked');
    return one;
  };
  const listen = () => last().events.message({ type: 'listening', baseUrl: 'http://127.0.0.1:1/v1', port: 1 });
  return { supervisor, forked, states, failures, keys, last, listen };
}

describe('the supervisor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('starts, listens, drains and stops', async () => {
    const { supervisor, states, last, listen } = harness();
    supervisor.start();
    listen();
    const stopped = supervisor.stop();
    expect(last().shutdowns).toEqual([LIMITS.shutdownDeadlineMs]);
    last().events.message({ type: 'drained' });
    last().events.exited(0);
    await stopped;
    expect(states).toEqual(['starting', 'running', 'stopping', 'stopped']);
  });

  it('starts a crashed gateway again, each time later, and gives up at last', () => {
    const { supervisor, forked, failures, last } = harness();
    supervisor.start();
    for (const waitMs of [500, 1_000, 2_000, 4_000]) {
      last().events.exited(1);
      const before = forked.length;
      vi.advanceTimersByTime(waitMs - 1);
      expect(forked).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(forked).toHaveLength(before + 1);
    }
    last().events.exited(1);
    vi.advanceTimersByTime(60_000);
    expect(forked).toHaveLength(5);
    expect(failures).toHaveLength(1);
    expect(supervisor.state().name).toBe('failed');
  });

  it('forgets crashes after it ran for long enough', () => {
    const { supervisor, last, listen } = harness();
    supervisor.start();
    for (let crash = 0; crash < 20; crash += 1) {
      listen();
      vi.advanceTimersByTime(LIMITS.stableAfterMs);
      last().events.exited(1);
      expect(supervisor.state()).toMatchObject({ name: 'restarting', crashes: 1 });
      vi.advanceTimersByTime(LIMITS.backOffMaxMs);
    }
  });

  it('kills a gateway that does not start and one that does not stop', async () => {
    const { supervisor, last, listen } = harness();
    supervisor.start();
    vi.advanceTimersByTime(LIMITS.startDeadlineMs);
    expect(last().kills).toBe(1);
    last().events.exited(137);
    vi.advanceTimersByTime(LIMITS.backOffMaxMs);
    listen();
    const stopped = supervisor.stop();
    vi.advanceTimersByTime(LIMITS.shutdownDeadlineMs + LIMITS.shutdownGraceMs);
    expect(last().kills).toBe(1);
    last().events.exited(137);
    await stopped;
    expect(supervisor.state().name).toBe('stopped');
  });

  it('does not listen to a gateway that is over', () => {
    const { supervisor, forked, last, listen } = harness();
    supervisor.start();
    const first = last();
    first.events.exited(1);
    vi.advanceTimersByTime(LIMITS.backOffMaxMs);
    listen();
    first.events.message({ type: 'failed', code: 'late', message: 'late', retryable: false });
    first.events.exited(1);
    expect(supervisor.state().name).toBe('running');
    expect(forked).toHaveLength(2);
  });

  it('passes the first access key on once and keeps it nowhere', () => {
    const { supervisor, keys, last } = harness();
    supervisor.start();
    last().events.message({ type: 'listening', baseUrl: 'http://127.0.0.1:1/v1', port: 1, accessKey: 'gh_once' });
    expect(keys).toEqual(['gh_once']);
    expect(JSON.stringify(supervisor.state())).not.toContain('gh_once');
  });

  it('stops at once when nothing runs', async () => {
    const { supervisor, forked } = harness();
    await supervisor.stop();
    expect(forked).toEqual([]);
  });
});
