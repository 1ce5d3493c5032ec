import { useState } from 'react';

export const COMPARED_MAX = 4;

export interface Comparison {
  /** Ids, in the order they were chosen. */
  readonly chosen: readonly string[];
  readonly full: boolean;
  toggle(id: string): void;
  clear(): void;
}

/** Up to four models that a person put side by side. */
export function useComparison(): Comparison {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return {
    chosen,
    full: chosen.length >= COMPARED_MAX,
    toggle: (id) =>
      setChosen((before) => {
        if (before.includes(id)) return before.filter((other) => other !== id);
        return before.length < COMPARED_MAX ? [...before, id] : before;
      }),
    clear: () => setChosen([]),
  };
}
