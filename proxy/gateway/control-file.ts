/** How the CLI finds the control API of the gateway that runs on a data directory. 0600, and gone when it ends. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface ControlFile {
  readonly baseUrl: string;
  /** With the control prefix, e.g. `http://127.0.0.1:7420/_gatehouse/control`. */
  readonly controlUrl: string;
  /** The desktop app listens there instead of on the network; `controlUrl` is then only a name. */
  readonly socketPath?: string;
  readonly token: string;
}

export function writeControlFile(dataDir: string, content: ControlFile): () => void {
  const path = join(dataDir, 'control.json');
  const fresh = `${path}.${process.pid}`;
  rmSync(fresh, { force: true });
  const file = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(content)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
  return () => rmSync(path, { force: true });
}
