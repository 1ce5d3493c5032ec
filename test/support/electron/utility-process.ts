/** `utilityProcess` on worker threads: same messages, same transfer of ports, its own argv, environment and output. */
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { utilityProcess as RealModule, UtilityProcess as RealUtilityProcess } from 'electron';
import { nativePorts } from './ports.ts';

/** Above any pid Linux gives out (4,194,304), so that it can never be another process's. */
const FAKE_PID_BASE = 0x70_00_00_00;

const running = new Map<number, UtilityProcessDouble>();

/**
 * A process takes its native libraries with it; threads share them. GLib cannot register libsecret's types again once
 * the first thread has unloaded the library, so the keychain's addon is kept loaded here for all threads to come.
 */
function keepKeychainLoaded(): void {
  try {
    createRequire(import.meta.url)('keytar');
  } catch (error) {
    process.stderr.write(
      `no keychain addon on this machine: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}
keepKeychainLoaded();

type Used = 'postMessage' | 'kill' | 'pid' | 'stdout' | 'stderr';

class UtilityProcessDouble extends EventEmitter implements Pick<RealUtilityProcess, Used> {
  pid: number | undefined;
  stdout: NodeJS.ReadableStream | null;
  stderr: NodeJS.ReadableStream | null;
  readonly serviceName: string;
  private readonly worker: Worker;

  constructor(modulePath: string, args: string[], options: Electron.ForkOptions) {
    super();
    this.serviceName = options.serviceName ?? 'Node Utility Process';
    // A test may put another program in the gateway's place; the app itself has no such door.
    const program = process.env.GATEHOUSE_DOUBLE_GATEWAY ?? modulePath;
    this.worker = new Worker(new URL('./utility-worker.ts', import.meta.url), {
      argv: args,
      env: Object.fromEntries(Object.entries(options.env ?? process.env)),
      execArgv: [],
      stdout: true,
      stderr: true,
      workerData: { modulePath: program },
    });
    const stderr = new PassThrough();
    this.worker.stderr.pipe(stderr, { end: false });
    this.stdout = this.worker.stdout;
    this.stderr = stderr;
    const pid = FAKE_PID_BASE + this.worker.threadId;
    this.worker.once('online', () => {
      this.pid = pid;
      running.set(pid, this);
      this.emit('spawn');
    });
    this.worker.on('message', (message: unknown) => this.emit('message', message));
    this.worker.on('error', (error: unknown) => {
      stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    });
    this.worker.once('exit', (exitCode) => {
      running.delete(pid);
      this.pid = undefined;
      stderr.end();
      this.emit('exit', exitCode);
    });
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    const ports = nativePorts(transfer);
    this.worker.postMessage({ data: message, ports }, ports);
  }

  kill(): true {
    void this.worker.terminate();
    return true;
  }
}

/** The main process ends a stuck gateway with `process.kill(child.pid)`; for a thread that has to mean the thread. */
const killForReal = process.kill.bind(process);
process.kill = (pid, signal) => running.get(pid)?.kill() ?? killForReal(pid, signal);

/** Ends every utility process the hard way, as a crash would. */
export function crashUtilityProcess(serviceName: string): boolean {
  const found = [...running.values()].find((candidate) => candidate.serviceName === serviceName);
  return found?.kill() ?? false;
}

export const utilityProcess = {
  fork: (modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) =>
    new UtilityProcessDouble(modulePath, args, options),
};
utilityProcess.fork satisfies (...args: Parameters<typeof RealModule.fork>) => Pick<RealUtilityProcess, Used>;
