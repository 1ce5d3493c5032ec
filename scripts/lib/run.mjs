import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './paths.mjs';

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 128 + n after signal n, as a shell reports it
 * @property {string} output stdout and stderr, in the order of arrival
 * @property {boolean} timedOut
 */

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  if (signal !== null) return 128 + (constants.signals[signal] ?? 0);
  return code ?? 1;
}

/**
 * Runs a command to its end and keeps what it printed. Past `timeoutMs` the command and its children are killed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ timeoutMs: number, env?: NodeJS.ProcessEnv, cwd?: string, echo?: boolean, shell?: boolean }} options
 *   `echo` also shows the output while it comes
 * @returns {Promise<Outcome>}
 */
export function runQuietly(command, args, { timeoutMs, env = process.env, cwd = root, echo = false, shell = false }) {
  return new Promise((resolve) => {
    const ownGroup = process.platform !== 'win32';
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'], detached: ownGroup });
    let output = '';
    let timedOut = false;
    /** @param {NodeJS.Signals} signal */
    const killAll = (signal) => {
      if (child.pid === undefined) return;
      try {
        if (ownGroup) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch (error) {
        // The group is already gone: it ended between the deadline and the kill.
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
      }
    };
    /** @type {NodeJS.Signals | undefined} */
    let interruptedBy;
    /** @param {NodeJS.Signals} signal */
    const interrupted = (signal) => {
      interruptedBy = signal;
      killAll('SIGTERM');
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    const deadline = setTimeout(() => {
      timedOut = true;
      killAll('SIGKILL');
    }, timeoutMs);
    /** @param {Buffer} data */
    const collect = (data) => {
      output += data.toString('utf8');
      if (echo) process.stdout.write(data);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(deadline);
      process.removeListener('SIGINT', interrupted);
      process.removeListener('SIGTERM', interrupted);
      // Whoever stopped this command meant all of it: the script ends too, by the same signal, and starts nothing else.
      if (interruptedBy !== undefined) process.kill(process.pid, interruptedBy);
      else resolve({ code, output, timedOut });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    child.once('close', (code, signal) => finish(exitCodeOf(code, signal)));
  });
}

/**
 * npm starts a script through a shell, and a signal sent to npm ends that shell and nothing below it. So under npm the
 * shell's death is the signal: without this, `kill <npm>` would leave the program running with nobody to stop it.
 * @param {() => void} onOrphaned
 */
function watchNpmShell(onOrphaned) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => {};
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== shell) onOrphaned();
  }, 250);
  return () => clearInterval(timer);
}

/**
 * Runs a program in this one's place: same stdin, stdout and stderr, signals passed on, exit code handed back.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, failedToStart?: string }>}
 */
export function runInPlace(command, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    // Ctrl-C in a terminal reaches the whole foreground group, the child too: passed on, it would arrive twice and
    // read as "quit at once". Without a terminal nobody else delivers it.
    const ownTerminal = process.stdin.isTTY === true;
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      if (signal === 'SIGINT' && ownTerminal) return;
      child.kill(signal);
    };
    for (const signal of signals) process.on(signal, forward);
    const stopWatching = watchNpmShell(() => {
      stopWatching();
      child.kill('SIGTERM');
    });
    const done = () => {
      stopWatching();
      for (const signal of signals) process.removeListener(signal, forward);
    };
    child.once('error', (error) => {
      done();
      resolve({ code: 127, failedToStart: error.message });
    });
    child.once('exit', (code, signal) => {
      done();
      resolve({ code: exitCodeOf(code, signal) });
    });
  });
}
