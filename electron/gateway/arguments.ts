/** The gateway's command line under Electron. */
import type { ShellArguments } from '../arguments.ts';

/** `port` is what the person chose for this run; it wins over the one given. */
export function gatewayArguments(given: ShellArguments, dataDir: string, port = given.port): string[] {
  const line = ['--electron', '--data-dir', dataDir];
  if (given.configPath !== undefined) line.push('--config', given.configPath);
  if (port !== undefined) line.push('--port', String(port));
  return line;
}
