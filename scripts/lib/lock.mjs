import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inRoot } from './paths.mjs';
import { SetupError } from './say.mjs';

const lockFile = inRoot('dist', '.setup.lock');
const waitMsMax = 15 * 60_000;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another account.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** The process that holds the lock, or undefined where the lock was left behind. */
function holder() {
  try {
    const pid = Number.parseInt(readFileSync(lockFile, 'utf8'), 10);
    return Number.isInteger(pid) && isAlive(pid) ? pid : undefined;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written first and linked then: a lock that another process can see always says whose it is. */
function tryTake() {
  const own = `${lockFile}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n`);
  try {
    linkSync(own, lockFile);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Runs `work` while no other start of this repository installs or builds: two at once would empty each other's folders.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(work) {
  mkdirSync(inRoot('dist'), { recursive: true });
  const startedAtMs = Date.now();
  while (!tryTake()) {
    if (holder() === undefined) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (Date.now() - startedAtMs > waitMsMax) {
      throw new SetupError(
        `Another set-up of this folder has been running for too long. If none is, delete ${lockFile}.`,
      );
    }
    await delay(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}
