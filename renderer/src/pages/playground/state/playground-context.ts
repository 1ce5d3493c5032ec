import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ChatRequest } from '../../../../../proxy/contract/playground-request.ts';
import type { Place } from './conversation.ts';
import type { PlaygroundState, PlaygroundStore } from './playground-store.ts';

export interface PlaygroundDesk {
  readonly store: PlaygroundStore;
  /** Shows all that is known of a run. */
  readonly openTrace: (place: Place) => void;
  /** Shows a call as code. */
  readonly openCode: (request: ChatRequest) => void;
}

export const PlaygroundContext = createContext<PlaygroundDesk | undefined>(undefined);

/** Only components under the playground's page may ask for it. */
export function usePlayground(): PlaygroundDesk {
  const desk = useContext(PlaygroundContext);
  if (desk === undefined) throw new Error('usePlayground needs a PlaygroundContext above it');
  return desk;
}

/** One part of the playground's state. `pick` must return a part, not build something new. */
export function usePlaygroundState<T>(pick: (state: PlaygroundState) => T): T {
  const { store } = usePlayground();
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}
