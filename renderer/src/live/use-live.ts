import { useSyncExternalStore } from 'react';
import { useSession } from '../app/session-context.ts';
import type { HostState } from './host-state.ts';
import type { LiveState } from './reduce-live.ts';
import type { Connection } from './watch-live.ts';

/** One part of the live state; undefined until the first snapshot. `pick` must return a part, not build something new. */
export function useLive<T>(pick: (live: LiveState) => T): T | undefined {
  const { live } = useSession();
  return useSyncExternalStore(live.subscribe, () => {
    const state = live.get().live;
    return state === undefined ? undefined : pick(state);
  });
}

export function useConnection(): Connection {
  const { live } = useSession();
  return useSyncExternalStore(live.subscribe, () => live.get().connection);
}

/** Undefined in the web console, and until the desktop app has said something. */
export function useHostState(): HostState | undefined {
  const { host } = useSession();
  return useSyncExternalStore(host.subscribe, host.get);
}
