/**
 * Where everything is kept. The desktop app and the headless gateway share one data directory, so that the ledger, the
 * keys and the command line are the same whichever host runs; Chromium's own files live in a folder of their own inside.
 */
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

export interface ShellPaths {
  dataDir: string;
  /** Electron's `userData`: Chromium's profile and the window's size. The single-instance lock belongs to it as well. */
  chromiumDir: string;
  logDir: string;
}

/** The flag wins over GATEHOUSE_DATA_DIR, which wins over the platform's place for application data. */
export function shellPaths(flag: string | undefined, env: NodeJS.ProcessEnv): ShellPaths {
  const fromEnv = env.GATEHOUSE_DATA_DIR === '' ? undefined : env.GATEHOUSE_DATA_DIR;
  const dataDir = resolve(flag ?? fromEnv ?? envPaths('gatehouse', { suffix: '' }).data);
  return { dataDir, chromiumDir: join(dataDir, 'desktop'), logDir: join(dataDir, 'logs') };
}
