/** The gateway's command line under Electron. */
import type { ShellArguments } from '../arguments.ts';

export function gatewayArguments(given: ShellArguments, dataDir: string): string[] {
  const line = ['--electron', '--data-dir', dataDir];
  if (given.configPath !== undefined) line.push('--config', given.configPath);
  if (given.port !== undefined) line.push('--port', String(given.port));
  return line;
}
