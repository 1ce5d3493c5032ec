/** Two events in a row as one, where they only make the same text longer. */
import type { PlaygroundEvent } from '../../contract/playground.ts';

export function mergeEvents(last: PlaygroundEvent, next: PlaygroundEvent): PlaygroundEvent | undefined {
  if (last.type === 'text' && next.type === 'text') return { type: 'text', delta: last.delta + next.delta };
  if (last.type === 'reasoning' && next.type === 'reasoning') {
    return { type: 'reasoning', delta: last.delta + next.delta };
  }
  // Of two traces that nobody has read yet only the later one matters.
  return last.type === 'trace' && next.type === 'trace' ? next : undefined;
}
