/** Runs a program of the person's own for one alert: no shell, a bare environment, the event on its standard input. */
import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import type { AlertView } from '../contract/alerts.ts';
import { payload } from './payload.ts';
import type { ExecHook, Outcome, Timer } from './types.ts';

const TIMEOUT_MS = 10_000;
/** Without these nothing starts on Windows. Provider keys and everything else of our environment stay here. */
const PASSED_ON = ['PATH', 'HOME', 'SystemRoot', 'USERPROFILE'] as const;

export interface ExecParts {
  readonly env: NodeJS.ProcessEnv;
  readonly timer: Timer;
  readonly timeoutMs?: number;
}

export type RunExecHook = (hook: ExecHook, alert: AlertView, signal: AbortSignal) => Promise<Outcome>;

export function createExecRunner({ env, timer, timeoutMs = TIMEOUT_MS }: ExecParts): RunExecHook {
  return ({ command: [program, ...args] }, alert, signal) =>
    new Promise((resolve) => {
      const ownGroup = process.platform !== 'win32';
      const child = spawn(program, args, {
        shell: false,
        windowsHide: true,
        // Its own group, so that what it started ends with it.
        detached: ownGroup,
        cwd: homedir(),
        env: environmentFor(alert, env),
        // Nobody reads its output, so there is nothing to bound and no pipe that could fill.
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      let timedOut = false;
      const kill = () => killAll(child.pid, ownGroup);
      const callOff = timer.after(timeoutMs, () => {
        timedOut = true;
        kill();
      });
      signal.addEventListener('abort', kill);
      const end = (outcome: Outcome) => {
        callOff();
        signal.removeEventListener('abort', kill);
        resolve(outcome);
      };
      child.on('error', (error) => end({ ok: false, error: startFailure(error) }));
      child.on('exit', (code, killedBy) => {
        if (timedOut) end({ ok: false, error: `did not end within ${timeoutMs / 1000} s and was killed` });
        else if (code === 0) end({ ok: true, status: 0 });
        else if (code === null) end({ ok: false, error: `was ended by ${killedBy ?? 'a signal'}` });
        else end({ ok: false, status: code, error: `ended with exit code ${code}` });
      });
      // A program that does not read its input closes the pipe on us; its exit code tells how it went.
      child.stdin.on('error', () => child.stdin.destroy());
      child.stdin.end(payload(alert));
    });
}

function environmentFor(alert: AlertView, env: NodeJS.ProcessEnv): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), GATEHOUSE_EVENT: alert.event };
}

function killAll(pid: number | undefined, ownGroup: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(ownGroup ? -pid : pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function startFailure(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'could not be started: there is no such program (give its whole path)';
  if (code === 'EACCES') return 'could not be started: this user may not run it';
  return `could not be started (${typeof code === 'string' ? code : error.name})`;
}
