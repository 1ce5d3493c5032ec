/** An installation whose person is done with the guided start, so that the window opens on the overview. */
import { systemClock } from '../../proxy/core/clock.ts';
import { openStorage } from '../../proxy/storage/open.ts';
import { createStateStore } from '../../proxy/storage/state-store.ts';

export function leaveGuide(dataDir: string): void {
  const storage = openStorage({ dataDir, clock: systemClock });
  const state = createStateStore({ db: storage.db, clock: systemClock });
  state.set('setup', { state: 'dismissed', step: 'found', sinceMs: systemClock.nowMs() });
  storage.close();
}
