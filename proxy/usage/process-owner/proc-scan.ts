/** Which process of this user holds a socket: a bounded walk over `/proc/<pid>/fd`. */
import { readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ScanLimits {
  /** For one walk. */
  readonly timeMsMax: number;
  readonly pidsMax: number;
}
export const SCAN_LIMITS: ScanLimits = { timeMsMax: 500, pidsMax: 4_096 };

/** Tools open many connections: who called a moment ago is asked first. */
const RECENT_MAX = 8;
const LOOK_AT_CLOCK_EVERY = 64;

export interface ScanParts {
  readonly procDir: string;
  readonly uid: number;
  readonly monotonicMs: () => number;
  readonly limits?: ScanLimits;
}

export type FindPid = (inode: string) => Promise<number | undefined>;

export function createProcScan({ procDir, uid, monotonicMs, limits = SCAN_LIMITS }: ScanParts): FindPid {
  let recent: number[] = [];

  async function holds(pid: number, wanted: string, untilMs: number): Promise<boolean> {
    const directory = join(procDir, String(pid), 'fd');
    if (monotonicMs() > untilMs) return false;
    // A process may end, or turn out to be another user's, at any moment of this walk.
    const descriptors = await readdir(directory).catch((): string[] => []);
    // The newest first: it is a connection just made that is looked for.
    descriptors.sort((a, b) => Number(b) - Number(a));
    for (const [index, descriptor] of descriptors.entries()) {
      if (index > 0 && index % LOOK_AT_CLOCK_EVERY === 0 && monotonicMs() > untilMs) return false;
      if ((await readlink(join(directory, descriptor)).catch(() => '')) === wanted) return true;
    }
    return false;
  }

  async function ownPids(untilMs: number): Promise<number[]> {
    const all = (await readdir(procDir)).filter((name) => /^\d+$/.test(name)).map(Number);
    const own: number[] = [];
    // The newest first: tools come and go, the desktop was there before.
    for (const pid of all.sort((a, b) => b - a)) {
      if (own.length >= limits.pidsMax || monotonicMs() > untilMs) break;
      const owner = await stat(join(procDir, String(pid))).catch(() => undefined);
      if (owner?.uid === uid) own.push(pid);
    }
    return own;
  }

  return async (inode) => {
    const untilMs = monotonicMs() + limits.timeMsMax;
    const wanted = `socket:[${inode}]`;
    const remember = (pid: number) => {
      recent = [pid, ...recent.filter((known) => known !== pid)].slice(0, RECENT_MAX);
      return pid;
    };
    for (const pid of recent) if (await holds(pid, wanted, untilMs)) return remember(pid);
    for (const pid of await ownPids(untilMs)) {
      if (!recent.includes(pid) && (await holds(pid, wanted, untilMs))) return remember(pid);
    }
    return undefined;
  };
}
