import { useConnection, useLive } from '../live/use-live.ts';
import { connectionWords } from './connection-words.ts';

/** Says changes of the gateway's state to screen readers. The request feed is not announced: it never stops. */
export function StatusAnnouncer() {
  const paused = useLive((live) => live.pause.active) === true;
  const { words } = connectionWords(useConnection(), paused);
  return (
    <div role="status" className="visually-hidden">
      Gateway: {words}
    </div>
  );
}
