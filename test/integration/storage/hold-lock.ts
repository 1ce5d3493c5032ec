/** Child of instance-lock.test.ts: holds the lock of a data directory until it is killed, or says who does. */
import { systemClock } from '../../../proxy/core/clock.ts';
import { acquireInstanceLock, InstanceLockedError } from '../../../proxy/storage/instance-lock.ts';

const [dataDir = '', baseUrl] = process.argv.slice(2);

try {
  const lock = acquireInstanceLock({ dataDir, clock: systemClock });
  if (baseUrl !== undefined) lock.announce(baseUrl);
  process.send?.({ held: true });
  process.on('message', () => {
    lock.release();
    process.disconnect();
  });
} catch (error) {
  if (!(error instanceof InstanceLockedError)) throw error;
  process.send?.({ held: false, owner: error.owner, message: error.message });
  process.disconnect();
}
