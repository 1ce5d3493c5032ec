/** The control API of the gateway that runs on a data directory, for commands that make no sense without one. */
import { readLivingInstance } from '../storage/instance-lock.ts';
import { CliError } from './cli-io.ts';
import { type ControlClient, createControlClient, readControlFile } from './control-client.ts';

/**
 * Throws CliError, which says how to start one. Asked anew for each use that lies apart in time: a gateway that was
 * restarted has another token.
 */
export function runningGateway(dataDir: string, timeoutMs?: number): ControlClient {
  const file = readControlFile(dataDir);
  const owner = readLivingInstance(dataDir);
  if (file !== undefined && owner !== undefined) return createControlClient(file, timeoutMs);
  if (owner !== undefined) {
    throw new CliError(
      `Gatehouse runs on ${dataDir} but takes no commands now: it is starting or ending, or belongs to another user account. Try again in a moment.`,
    );
  }
  throw new CliError(
    `No gateway runs on ${dataDir}. Start one in another terminal with: gatehouse serve (another data directory: --data-dir).`,
  );
}
