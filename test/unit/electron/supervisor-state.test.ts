import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backOffMs,
  SUPERVISOR_LIMITS as LIMITS,
  nextState,
  type SupervisorEffect,
  type SupervisorEvent,
  type SupervisorState,
} from '../../../electron/supervisor/state.ts';

const listening = { baseUrl: 'http://127.0.0.1:7420/v1', port: 7420 };
const portInUse = { code: 'port_in_use', message: 'Port 7420 is in use by "node" (pid 1).' };
const crash: SupervisorEvent = { type: 'exited', exitCode: 139 };
const reported = (retryable: boolean): SupervisorEvent => ({ type: 'reportedFailure', reason: portInUse, retryable });

const starting = (crashes = 0): SupervisorState => ({ name: 'starting', crashes });
const running = (crashes = 0): SupervisorState => ({ name: 'running', crashes, listening });
const stopped: SupervisorState = { name: 'stopped' };
const stopping: SupervisorState = { name: 'stopping' };
const failed: SupervisorState = { name: 'failed', reason: portInUse };
const crashReason = { code: 'gateway_crashed', message: 'The gateway stopped unexpectedly (exit code 139).' };
const restarting = (crashes: number, delayMs: number): SupervisorState => {
  return { name: 'restarting', crashes, delayMs, reason: crashReason };
};
const doomed = (state: SupervisorState, retryable: boolean) => ({ ...state, doomed: { reason: portInUse, retryable } });

const fork: SupervisorEffect = { type: 'fork' };
const kill: SupervisorEffect = { type: 'kill' };
const timer = (delayMs: number): SupervisorEffect => ({ type: 'timer', delayMs });
const startTimer = timer(LIMITS.startDeadlineMs);
const exitTimer = timer(LIMITS.exitDeadlineMs);
const shutdown: SupervisorEffect[] = [
  { type: 'sendShutdown', deadlineMs: LIMITS.shutdownDeadlineMs },
  timer(LIMITS.shutdownDeadlineMs + LIMITS.shutdownGraceMs),
];

/** state, event, next state, effects. `chance` is 1 throughout, so a back-off is its full length. */
const TABLE: [string, SupervisorState, SupervisorEvent, SupervisorState, SupervisorEffect[]][] = [
  ['a first start forks', stopped, { type: 'start' }, starting(), [fork, startTimer]],
  ['a person starts it after a failure', failed, { type: 'start' }, starting(), [fork, startTimer]],
  ['nothing to stop', stopped, { type: 'stop' }, stopped, []],
  ['a failed one stays failed on stop', failed, { type: 'stop' }, failed, []],
  ['a late exit of a stopped one', stopped, crash, stopped, []],

  ['it listens', starting(2), { type: 'listening', listening }, running(2), [timer(LIMITS.stableAfterMs)]],
  ['start while starting', starting(1), { type: 'start' }, starting(1), []],
  ['a crash before listening', starting(), crash, restarting(1, 500), [timer(500)]],
  ['the second crash waits longer', starting(1), crash, restarting(2, 1_000), [timer(1_000)]],
  ['its own report waits for the exit', starting(), reported(false), doomed(starting(), false), [exitTimer]],
  [
    'a report leaves no way back',
    doomed(starting(), false),
    { type: 'listening', listening },
    doomed(starting(), false),
    [],
  ],
  [
    'no exit after a report',
    doomed(starting(), false),
    { type: 'timerFired' },
    doomed(starting(), false),
    [kill, exitTimer],
  ],
  ['stop while starting drains as well', starting(), { type: 'stop' }, stopping, shutdown],

  ['it ran long enough', running(3), { type: 'timerFired' }, running(0), []],
  ['a crash while running', running(), crash, restarting(1, 500), [timer(500)]],
  ['stop', running(), { type: 'stop' }, stopping, shutdown],
  ['a report while running', running(), reported(true), doomed(running(), true), [exitTimer]],
  [
    'a doomed one that hangs is killed',
    doomed(running(), true),
    { type: 'timerFired' },
    doomed(running(), true),
    [kill, exitTimer],
  ],
  ['start while running', running(), { type: 'start' }, running(), []],

  ['the wait is over', restarting(3, 9), { type: 'timerFired' }, starting(3), [fork, startTimer]],
  ['a person does not want to wait', restarting(3, 9), { type: 'start' }, starting(3), [fork, startTimer]],
  ['stop while waiting', restarting(3, 9), { type: 'stop' }, stopped, []],
  ['a late message while waiting', restarting(3, 9), { type: 'listening', listening }, restarting(3, 9), []],

  ['it drained', stopping, { type: 'exited', exitCode: 0 }, stopped, []],
  ['it crashed while draining', stopping, crash, stopped, []],
  ['it would not end', stopping, { type: 'timerFired' }, stopping, [kill]],
  ['start while stopping', stopping, { type: 'start' }, stopping, []],
  [
    'nobody waits any longer',
    stopping,
    { type: 'hurry' },
    stopping,
    [{ type: 'sendShutdown', deadlineMs: 0 }, timer(LIMITS.shutdownGraceMs)],
  ],
  ['hurry while it runs', running(), { type: 'hurry' }, running(), []],
  ['hurry while starting', starting(1), { type: 'hurry' }, starting(1), []],
  ['hurry while it waits to start again', restarting(1, 5), { type: 'hurry' }, restarting(1, 5), []],
  ['hurry with nothing there', failed, { type: 'hurry' }, failed, []],
  ['a second stop', stopping, { type: 'stop' }, stopping, []],
];

describe('nextState', () => {
  it.each(TABLE)('%s', (_name, state, event, nextExpected, effects) => {
    expect(nextState(state, event, LIMITS, 1)).toEqual({ state: nextExpected, effects });
  });

  it('gives up after the allowed number of crashes, and says so', () => {
    const { state, effects } = nextState(starting(LIMITS.crashesMax - 1), crash, LIMITS, 0);
    const reason = { code: 'gateway_crashed', message: expect.stringContaining('5 times in a row') };
    expect(state).toEqual({ name: 'failed', reason });
    expect(effects).toEqual([{ type: 'tellFailed', reason }]);
  });

  it('does not start again what a person has to mend first', () => {
    const { state } = nextState(doomed(starting(), false), { type: 'exited', exitCode: 1 }, LIMITS, 0);
    expect(state).toEqual({ name: 'failed', reason: portInUse });
  });

  it('starts again what may pass, with the reported reason', () => {
    const { state } = nextState(doomed(starting(), true), { type: 'exited', exitCode: 1 }, LIMITS, 1);
    expect(state).toEqual({ name: 'restarting', crashes: 1, delayMs: 500, reason: portInUse });
  });

  it('kills a start that takes too long and counts it as a crash', () => {
    const late = nextState(starting(), { type: 'timerFired' }, LIMITS, 1);
    expect(late.effects).toEqual([kill, exitTimer]);
    const { state } = nextState(late.state, { type: 'exited', exitCode: 137 }, LIMITS, 1);
    expect(state).toMatchObject({ name: 'restarting', crashes: 1, reason: { code: 'gateway_slow_start' } });
  });

  it('tells a clean exit nobody asked for from a crash', () => {
    const { state } = nextState(running(), { type: 'exited', exitCode: 0 }, LIMITS, 1);
    expect(state).toMatchObject({ name: 'failed', reason: { code: 'gateway_ended' } });
  });

  it('keeps the same object when nothing happened, so that a timer keeps running', () => {
    const state = starting();
    expect(nextState(state, { type: 'start' }, LIMITS, 0).state).toBe(state);
  });
});

describe('backOffMs', () => {
  it('doubles up to its maximum', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((crashes) => backOffMs(crashes, LIMITS, 1));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('stays between half and whole whatever the chance', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (crashes, chance) => {
        const full = backOffMs(crashes, LIMITS, 1);
        const wait = backOffMs(crashes, LIMITS, chance);
        expect(wait).toBeGreaterThanOrEqual(full / 2);
        expect(wait).toBeLessThanOrEqual(full);
      }),
    );
  });
});

describe('any sequence of events', () => {
  const anyEvent: fc.Arbitrary<SupervisorEvent> = fc.oneof(
    fc.constant<SupervisorEvent>({ type: 'start' }),
    fc.constant<SupervisorEvent>({ type: 'stop' }),
    fc.constant<SupervisorEvent>({ type: 'timerFired' }),
    fc.constant<SupervisorEvent>({ type: 'listening', listening }),
    fc.integer({ min: 0, max: 255 }).map((exitCode): SupervisorEvent => ({ type: 'exited', exitCode })),
    fc.boolean().map(reported),
  );

  interface World {
    state: SupervisorState;
    alive: boolean;
    armed: boolean;
  }

  /** A process cannot end or speak when there is none; a timer cannot fire unarmed. */
  function canHappen({ alive, armed }: World, event: SupervisorEvent): boolean {
    if (event.type === 'timerFired') return armed;
    return alive || event.type === 'start' || event.type === 'stop';
  }

  function apply(world: World, effect: SupervisorEffect): World {
    if (effect.type === 'timer') return { ...world, armed: true };
    if (effect.type !== 'fork') return world;
    expect(world.alive, 'a second gateway beside a living one').toBe(false);
    return { ...world, alive: true };
  }

  function step(world: World, event: SupervisorEvent): World {
    if (!canHappen(world, event)) return world;
    const { state, effects } = nextState(world.state, event, LIMITS, 0.5);
    const changed = state !== world.state;
    const before: World = {
      state,
      alive: world.alive && event.type !== 'exited',
      armed: world.armed && event.type !== 'timerFired' && !changed,
    };
    return effects.reduce(apply, before);
  }

  it('never runs two gateways and always has a timer while it waits for something', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let world: World = { state: stopped, alive: false, armed: false };
        for (const event of events) {
          world = step(world, event);
          const { state, alive, armed } = world;
          expect(alive).toBe(['starting', 'running', 'stopping'].includes(state.name));
          if (state.name === 'starting' || state.name === 'restarting') expect(armed).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
