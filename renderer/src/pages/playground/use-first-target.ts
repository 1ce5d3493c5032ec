import { useEffect } from 'react';
import { targetValue } from './lanes/target-words.ts';
import type { Targets } from './lanes/use-targets.ts';
import type { PlaygroundStore } from './state/playground-store.ts';

/** Lanes that ask nobody, or a name from last time that is no longer offered, get the first model; not in mid-conversation. */
export function useFirstTarget(store: PlaygroundStore, targets: Targets | undefined): void {
  useEffect(() => {
    const first = targets?.first;
    if (targets === undefined || first === undefined) return;
    const { lanes, turns } = store.get().conversation;
    for (const { id, target } of lanes) {
      const value = targetValue(target);
      if (value === '' || (turns.length === 0 && !targets.has(value)))
        store.target(id, { model: first, mode: undefined });
    }
  }, [store, targets]);
}
