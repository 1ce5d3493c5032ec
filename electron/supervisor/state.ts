/**
 * What the main process knows about the gateway process, as a pure state machine. Time and chance come in as events and
 * arguments; what has to be done comes out as effects. Exactly one timer can be live: every change of state cancels it.
 */
import type { PortInUse } from '../../proxy/contract/host.ts';

/** Why the gateway does not run. `code` is stable, `message` is for people. */
export interface StopReason {
  code: string;
  message: string;
  /** Of port_in_use: what could be had instead. */
  portInUse?: PortInUse;
}

export interface Listening {
  baseUrl: string;
  port: number;
}

export type SupervisorState =
  /** Nothing runs and nothing is wanted: before the first start and after a stop. */
  | { name: 'stopped' }
  /** Forked, not yet listening. `doomed` is set once we know it will not make it and only wait for its exit. */
  | { name: 'starting'; crashes: number; doomed?: Doom }
  | { name: 'running'; crashes: number; listening: Listening; doomed?: Doom }
  /** Down after a crash; the next start is due when the timer fires. */
  | { name: 'restarting'; crashes: number; delayMs: number; reason: StopReason }
  /** Down for good until a person asks for another start. */
  | { name: 'failed'; reason: StopReason }
  /** Asked to drain and exit. */
  | { name: 'stopping' };

interface Doom {
  reason: StopReason;
  retryable: boolean;
}

export type SupervisorEvent =
  | { type: 'start' }
  | { type: 'listening'; listening: Listening }
  /** The gateway's own last word before it exits. */
  | { type: 'reportedFailure'; reason: StopReason; retryable: boolean }
  | { type: 'exited'; exitCode: number }
  | { type: 'stop' }
  /** Whoever waits for the drain waits no longer. */
  | { type: 'hurry' }
  | { type: 'timerFired' };

export type SupervisorEffect =
  | { type: 'fork' }
  | { type: 'kill' }
  | { type: 'sendShutdown'; deadlineMs: number }
  | { type: 'timer'; delayMs: number }
  /** A person has to know: the gateway is down and stays down. */
  | { type: 'tellFailed'; reason: StopReason };

export interface SupervisorLimits {
  /** From fork to `listening`. A first start may compile nothing but may recover a ledger. */
  startDeadlineMs: number;
  /** From a reported failure (or a kill) to the exit. */
  exitDeadlineMs: number;
  /** What the gateway is given to drain. */
  shutdownDeadlineMs: number;
  /** Added to the above before it is killed. */
  shutdownGraceMs: number;
  backOffFirstMs: number;
  backOffMaxMs: number;
  /** This many crashes without `stableAfterMs` of running in between end in `failed`. */
  crashesMax: number;
  stableAfterMs: number;
}

export const SUPERVISOR_LIMITS: SupervisorLimits = {
  startDeadlineMs: 30_000,
  exitDeadlineMs: 5_000,
  shutdownDeadlineMs: 10_000,
  shutdownGraceMs: 2_000,
  backOffFirstMs: 500,
  backOffMaxMs: 30_000,
  crashesMax: 5,
  stableAfterMs: 60_000,
};

export interface Transition {
  state: SupervisorState;
  effects: SupervisorEffect[];
}

/** `chance` is a number in [0, 1) that spreads the back-off; it matters only where a restart is planned. */
export function nextState(
  state: SupervisorState,
  event: SupervisorEvent,
  limits: SupervisorLimits,
  chance: number,
): Transition {
  switch (state.name) {
    case 'stopped':
    case 'failed':
      return event.type === 'start' ? fork(0, limits) : stay(state);
    case 'starting':
      return whileStarting(state, event, limits, chance);
    case 'running':
      return whileRunning(state, event, limits, chance);
    case 'restarting':
      return whileRestarting(state, event, limits);
    case 'stopping':
      return whileStopping(state, event, limits);
    default:
      return state satisfies never;
  }
}

/** Crash n waits first * 2^(n-1), at most the maximum; between 50 % and 100 % of that, so that clients' retries don't align. */
export function backOffMs(crashes: number, limits: SupervisorLimits, chance: number): number {
  const full = Math.min(limits.backOffMaxMs, limits.backOffFirstMs * 2 ** Math.max(0, crashes - 1));
  return Math.round(full * (0.5 + chance / 2));
}

function whileStarting(
  state: Extract<SupervisorState, { name: 'starting' }>,
  event: SupervisorEvent,
  limits: SupervisorLimits,
  chance: number,
): Transition {
  switch (event.type) {
    case 'listening':
      if (state.doomed) return stay(state);
      return {
        state: { name: 'running', crashes: state.crashes, listening: event.listening },
        effects: [{ type: 'timer', delayMs: limits.stableAfterMs }],
      };
    case 'reportedFailure':
      return awaitExit(state, { reason: event.reason, retryable: event.retryable }, limits);
    case 'timerFired':
      return {
        state: { ...state, doomed: state.doomed ?? { reason: slowStart(limits), retryable: true } },
        effects: [{ type: 'kill' }, { type: 'timer', delayMs: limits.exitDeadlineMs }],
      };
    case 'exited':
      // An exit with code 0 before listening is as much a failure as any other: nothing answers.
      return afterExit(state, state.doomed ?? crashed(event.exitCode), limits, chance);
    case 'stop':
      return stop(limits);
    case 'start':
    case 'hurry':
      return stay(state);
    default:
      return event satisfies never;
  }
}

function whileRunning(
  state: Extract<SupervisorState, { name: 'running' }>,
  event: SupervisorEvent,
  limits: SupervisorLimits,
  chance: number,
): Transition {
  switch (event.type) {
    case 'timerFired':
      if (!state.doomed) return { state: { ...state, crashes: 0 }, effects: [] };
      return { state: { ...state }, effects: [{ type: 'kill' }, { type: 'timer', delayMs: limits.exitDeadlineMs }] };
    case 'reportedFailure':
      return awaitExit(state, { reason: event.reason, retryable: event.retryable }, limits);
    case 'exited':
      if (!state.doomed && event.exitCode === 0) return fail(endedByItself);
      return afterExit(state, state.doomed ?? crashed(event.exitCode), limits, chance);
    case 'stop':
      return stop(limits);
    case 'start':
    case 'listening':
    case 'hurry':
      return stay(state);
    default:
      return event satisfies never;
  }
}

function whileRestarting(
  state: Extract<SupervisorState, { name: 'restarting' }>,
  event: SupervisorEvent,
  limits: SupervisorLimits,
): Transition {
  switch (event.type) {
    case 'timerFired':
    case 'start':
      return fork(state.crashes, limits);
    case 'stop':
      return { state: { name: 'stopped' }, effects: [] };
    case 'exited':
    case 'listening':
    case 'reportedFailure':
    case 'hurry':
      return stay(state);
    default:
      return event satisfies never;
  }
}

function whileStopping(
  state: Extract<SupervisorState, { name: 'stopping' }>,
  event: SupervisorEvent,
  limits: SupervisorLimits,
): Transition {
  switch (event.type) {
    case 'exited':
      return { state: { name: 'stopped' }, effects: [] };
    case 'timerFired':
      return { state: { name: 'stopping' }, effects: [{ type: 'kill' }] };
    case 'hurry':
      return {
        state: { name: 'stopping' },
        effects: [
          { type: 'sendShutdown', deadlineMs: 0 },
          { type: 'timer', delayMs: limits.shutdownGraceMs },
        ],
      };
    case 'start':
    case 'stop':
    case 'listening':
    case 'reportedFailure':
      return stay(state);
    default:
      return event satisfies never;
  }
}

function fork(crashes: number, limits: SupervisorLimits): Transition {
  return {
    state: { name: 'starting', crashes },
    effects: [{ type: 'fork' }, { type: 'timer', delayMs: limits.startDeadlineMs }],
  };
}

function stop(limits: SupervisorLimits): Transition {
  return {
    state: { name: 'stopping' },
    effects: [
      { type: 'sendShutdown', deadlineMs: limits.shutdownDeadlineMs },
      { type: 'timer', delayMs: limits.shutdownDeadlineMs + limits.shutdownGraceMs },
    ],
  };
}

function awaitExit(
  state: Extract<SupervisorState, { name: 'starting' | 'running' }>,
  doomed: Doom,
  limits: SupervisorLimits,
): Transition {
  return { state: { ...state, doomed }, effects: [{ type: 'timer', delayMs: limits.exitDeadlineMs }] };
}

function afterExit(state: { crashes: number }, doom: Doom, limits: SupervisorLimits, chance: number): Transition {
  if (!doom.retryable) return fail(doom.reason);
  const crashes = state.crashes + 1;
  if (crashes >= limits.crashesMax) return fail(gaveUp(crashes, doom.reason));
  const delayMs = backOffMs(crashes, limits, chance);
  return {
    state: { name: 'restarting', crashes, delayMs, reason: doom.reason },
    effects: [{ type: 'timer', delayMs }],
  };
}

function fail(reason: StopReason): Transition {
  return { state: { name: 'failed', reason }, effects: [{ type: 'tellFailed', reason }] };
}

function stay(state: SupervisorState): Transition {
  return { state, effects: [] };
}

function crashed(exitCode: number): Doom {
  return {
    reason: { code: 'gateway_crashed', message: `The gateway stopped unexpectedly (exit code ${exitCode}).` },
    retryable: true,
  };
}

function slowStart(limits: SupervisorLimits): StopReason {
  const seconds = Math.round(limits.startDeadlineMs / 1000);
  return { code: 'gateway_slow_start', message: `The gateway did not start within ${seconds} seconds.` };
}

function gaveUp(crashes: number, last: StopReason): StopReason {
  return { code: last.code, message: `${last.message} It failed ${crashes} times in a row, so it is left stopped.` };
}

const endedByItself: StopReason = {
  code: 'gateway_ended',
  message: 'The gateway ended without being asked to. Start it again from the tray menu.',
};
