/**
 * The last step of a shutdown. A keychain prompt that nobody answered hangs in a native thread, and then even
 * process.exit waits for it forever; only SIGKILL ends such a process.
 */
import { pendingNativeCalls } from '../credentials/native-lane.ts';

export function exitNow(code: number): void {
  if (pendingNativeCalls() > 0) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}
