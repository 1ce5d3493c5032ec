/**
 * One writer at a time for the encrypted file, across processes: a lock file that names its holder. A holder that was
 * killed is seen to be gone and loses the lock, so a crash never leaves the credentials unwritable.
 */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import { createFile, isSystemError } from './atomic-write.ts';
import { CredentialError } from './types.ts';

const POLL_MS = 15;
/** What this process holds. Its own pid in a lock without being in here was left by an earlier process with that pid, as in a container. */
const held = new Set<string>();

/** Runs `work` while holding the lock at `path`. Throws `timed_out` when another live process keeps it for `limitMs`. */
export async function withWriteLock<T>(
  path: string,
  limitMs: number,
  clock: Clock,
  work: () => Promise<T>,
): Promise<T> {
  const token = `${process.pid} ${randomBytes(8).toString('hex')}`;
  // Before the file exists: another user of the lock in this process must not take ours for a leftover.
  held.add(token);
  try {
    await acquire(path, token, clock.monotonicMs() + limitMs, clock);
    try {
      return await work();
    } finally {
      await release(path, token);
    }
  } finally {
    held.delete(token);
  }
}

async function acquire(path: string, token: string, deadlineMs: number, clock: Clock): Promise<void> {
  while (!(await createFile(path, token))) {
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (isGone(holder)) {
      await takeAway(path, holder);
      continue;
    }
    if (clock.monotonicMs() >= deadlineMs) {
      throw new CredentialError(
        'timed_out',
        `Another process (pid ${pidOf(holder)}) is writing the credentials and does not finish. If it is no Gatehouse, delete ${path}.`,
      );
    }
    await wait(POLL_MS);
  }
}

async function release(path: string, token: string): Promise<void> {
  if ((await readHolder(path)) === token) await rm(path, { force: true });
}

/** Renames before deleting: of several that saw the dead holder, one gets it, and a lock taken meanwhile is given back. */
async function takeAway(path: string, expected: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return;
    throw error;
  }
  try {
    if ((await readHolder(aside)) !== expected) await link(aside, path);
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function readHolder(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function pidOf(holder: string): number {
  return Number.parseInt(holder, 10);
}

function isGone(holder: string): boolean {
  const pid = pidOf(holder);
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  if (pid === process.pid) return !held.has(holder);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return isSystemError(error, 'ESRCH');
  }
}
