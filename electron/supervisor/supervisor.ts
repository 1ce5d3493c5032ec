/** Carries out what the state machine decides: forks, arms the one timer, passes on what the gateway says. */
import type { GatewayMessage } from '../../proxy/contract/host.ts';
import {
  nextState,
  type StopReason,
  type SupervisorEffect,
  type SupervisorEvent,
  type SupervisorLimits,
  type SupervisorState,
} from './state.ts';

/** One running gateway process. */
export interface GatewayProcess {
  /** Asks for an orderly end. */
  sendShutdown(deadlineMs: number): void;
  /** Ends it now. Its `exited` still follows. */
  kill(): void;
}

export interface GatewayProcessEvents {
  message(message: GatewayMessage): void;
  exited(exitCode: number): void;
}

export interface SupervisorParts {
  fork(events: GatewayProcessEvents): GatewayProcess;
  limits: SupervisorLimits;
  /** A number in [0, 1). */
  chance(): number;
  /** After every change of state. */
  changed(state: SupervisorState): void;
  /** The gateway created its first access key; the only time it is ever seen. */
  accessKeyCreated(accessKey: string): void;
  tellFailed(reason: StopReason): void;
}

export interface Supervisor {
  state(): SupervisorState;
  /** Starts the gateway; also the way out of `failed`. */
  start(): void;
  /** Drains and stops. Resolves when the process is gone. */
  stop(): Promise<void>;
  /** While it stops: what still runs is ended now, and settled. */
  hurry(): void;
}

export function createSupervisor(parts: SupervisorParts): Supervisor {
  let state: SupervisorState = { name: 'stopped' };
  let current: GatewayProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  const waiters: (() => void)[] = [];

  function handle(event: SupervisorEvent): void {
    const before = state;
    const transition = nextState(before, event, parts.limits, parts.chance());
    state = transition.state;
    if (state !== before) clearTimeout(timer);
    for (const effect of transition.effects) perform(effect);
    if (state === before) return;
    parts.changed(state);
    if (isAtRest(state)) for (const done of waiters.splice(0)) done();
  }

  function perform(effect: SupervisorEffect): void {
    switch (effect.type) {
      case 'fork':
        current = forkOne();
        return;
      case 'kill':
        current?.kill();
        return;
      case 'sendShutdown':
        current?.sendShutdown(effect.deadlineMs);
        return;
      case 'timer':
        clearTimeout(timer);
        timer = setTimeout(() => handle({ type: 'timerFired' }), effect.delayMs);
        return;
      case 'tellFailed':
        parts.tellFailed(effect.reason);
        return;
      default:
        effect satisfies never;
    }
  }

  function forkOne(): GatewayProcess {
    let over = false;
    const forked: GatewayProcess = parts.fork({
      message: (message) => {
        if (!over && current === forked) receive(message);
      },
      exited: (exitCode) => {
        if (over) return;
        over = true;
        if (current !== forked) return;
        current = undefined;
        handle({ type: 'exited', exitCode });
      },
    });
    return forked;
  }

  function receive(message: GatewayMessage): void {
    switch (message.type) {
      case 'listening':
        if (message.accessKey !== undefined) parts.accessKeyCreated(message.accessKey);
        handle({ type: 'listening', listening: { baseUrl: message.baseUrl, port: message.port } });
        return;
      case 'failed':
        handle({
          type: 'reportedFailure',
          reason: {
            code: message.code,
            message: message.message,
            ...(message.portInUse === undefined ? {} : { portInUse: message.portInUse }),
          },
          retryable: message.retryable,
        });
        return;
      case 'drained':
        return;
      default:
        message satisfies never;
    }
  }

  return {
    state: () => state,
    start: () => handle({ type: 'start' }),
    hurry: () => handle({ type: 'hurry' }),
    stop: async () => {
      handle({ type: 'stop' });
      if (isAtRest(state)) return;
      await new Promise<void>((resolve) => waiters.push(resolve));
    },
  };
}

function isAtRest(state: SupervisorState): boolean {
  return state.name === 'stopped' || state.name === 'failed';
}
