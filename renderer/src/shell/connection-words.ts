/** How the state of the connection to the gateway is said. */
import type { Tone } from '../components/Status.tsx';
import type { Connection } from '../live/watch-live.ts';

export function connectionWords(
  connection: Connection,
  paused: boolean,
): { readonly tone: Tone; readonly words: string } {
  switch (connection.phase) {
    case 'connecting':
      return { tone: 'busy', words: 'Connecting' };
    case 'live':
      return paused ? { tone: 'warn', words: 'Paused' } : { tone: 'ok', words: 'Running' };
    case 'reconnecting':
      return { tone: 'warn', words: 'Reconnecting' };
    case 'denied':
      return { tone: 'bad', words: 'No access' };
    default:
      connection satisfies never;
      return { tone: 'idle', words: '' };
  }
}
