/**
 * How the desktop app says its gateway process is, for when there is no control port to learn it from. The preload script
 * posts it to the page; in the web console nothing does, and there is nothing to say.
 */
export type HostPhase = 'starting' | 'running' | 'restarting' | 'failed' | 'stopping' | 'stopped';

export interface HostState {
  readonly state: HostPhase;
  /** Why it failed, and what to do. */
  readonly message?: string;
  /** Of `stopping`: calls that are finished first. */
  readonly callsLeft?: number;
}

const MESSAGE = 'gatehouse:gateway-state';
const PHASES: ReadonlySet<unknown> = new Set<HostPhase>([
  'starting',
  'running',
  'restarting',
  'failed',
  'stopping',
  'stopped',
]);

export interface HostStateStore {
  readonly get: () => HostState | undefined;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createHostState(host: Window): HostStateStore {
  const listeners = new Set<() => void>();
  let current: HostState | undefined;
  host.addEventListener('message', (event: MessageEvent<unknown>) => {
    const state = event.source === host ? hostStateIn(event.data) : undefined;
    if (state === undefined) return;
    current = state;
    for (const listener of listeners) listener();
  });
  return {
    get: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function hostStateIn(data: unknown): HostState | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== MESSAGE) return undefined;
  if (!('state' in data) || !PHASES.has(data.state)) return undefined;
  const message = 'message' in data && typeof data.message === 'string' ? { message: data.message } : {};
  const callsLeft = 'callsLeft' in data && typeof data.callsLeft === 'number' ? { callsLeft: data.callsLeft } : {};
  return { state: data.state as HostPhase, ...message, ...callsLeft };
}
