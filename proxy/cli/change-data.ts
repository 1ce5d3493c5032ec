/**
 * For commands that change something. The gateway is the only writer of its database: when one runs on this data
 * directory the change goes through its control API, else this process takes the lock and writes itself.
 */
import { systemClock } from '../core/clock.ts';
import { acquireInstanceLock, type InstanceLock, InstanceLockedError } from '../storage/instance-lock.ts';
import { openStorage } from '../storage/open.ts';
import type { Storage } from '../storage/types.ts';
import { CliError } from './cli-io.ts';
import { type ControlClient, createControlClient, readControlFile } from './control-client.ts';

export interface ChangePaths<T> {
  readonly running: (client: ControlClient) => Promise<T>;
  readonly offline: (storage: Storage) => T | Promise<T>;
}

/** Throws CliError, StorageError, or what the gateway refused with (ORPCError). */
export async function changeData<T>(dataDir: string, { running, offline }: ChangePaths<T>): Promise<T> {
  const access = runningClient(dataDir);
  if (access.running) return running(access.client);
  const { lock } = access;
  try {
    // A damaged database stays where it is: setting it aside is for a start, where somebody reads the message.
    const storage = openStorage({ dataDir, clock: systemClock, leaveDamaged: true });
    try {
      return await offline(storage);
    } finally {
      storage.close();
    }
  } finally {
    lock.release();
  }
}

/** Whoever gets the lock releases it. Throws CliError where the gateway that runs takes no commands. */
export function runningClient(
  dataDir: string,
):
  | { readonly running: true; readonly client: ControlClient }
  | { readonly running: false; readonly lock: InstanceLock } {
  const lock = lockUnlessRunning(dataDir);
  return lock === undefined ? { running: true, client: clientOfRunning(dataDir) } : { running: false, lock };
}

function lockUnlessRunning(dataDir: string): InstanceLock | undefined {
  try {
    return acquireInstanceLock({ dataDir, clock: systemClock });
  } catch (error) {
    if (error instanceof InstanceLockedError) return undefined;
    throw error;
  }
}

function clientOfRunning(dataDir: string): ControlClient {
  const file = readControlFile(dataDir);
  if (file === undefined) {
    throw new CliError(
      `Gatehouse runs on ${dataDir} but takes no commands now: it is starting or ending, or belongs to another user account. Try again in a moment.`,
    );
  }
  return createControlClient(file);
}
