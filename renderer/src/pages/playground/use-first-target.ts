import { useEffect } from 'react';
import { targetValue } from './lanes/target-words.ts';
import type { Targets } from './lanes/use-targets.ts';
import type { PlaygroundStore } from './state/playground-store.ts';

/** Lanes that ask nobody, or a name from last time that is no longer offered, get the first model. */
export function useFirstTarget(store: PlaygroundStore, targets: Targets | undefined): void {
  useEffect(() => {
    const first = targets?.first;
    if (targets === undefined || first === undefined) return;
    for (const { id, target } of store.get().conversation.lanes) {
      if (!targets.has(targetValue(target))) store.target(id, { model: first, mode: undefined });
    }
  }, [store, targets]);
}
