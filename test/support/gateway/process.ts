/** The gateway as users run it: a process of its own, with a data directory, and everything it prints. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Tests run on the pinned Node, and so does what they start. */
const NODE = process.execPath;
/** Where the sources are kept compiled from start to start (`npm test` sets it). */
const { NODE_COMPILE_CACHE } = process.env;

export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly baseUrl: string;
  readonly consoleUrl: string;
  /** Only of the first start on a data directory. */
  readonly accessKey: string | undefined;
  /** stdout and stderr so far. */
  printed(): string;
  /** Sends the signal and waits for the exit. Returns the exit code, or the signal that ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | string | null>;
}

export function gatewayArgs(...args: string[]): string[] {
  return [join(ROOT, 'proxy/main.ts'), ...args];
}

/** `program`: another one than the sources. Rejects with what was printed when the process ends before it listens. */
export async function spawnGateway(
  dataDir: string,
  options: { configPath?: string; env?: Record<string, string>; program?: string } = {},
): Promise<GatewayProcess> {
  const config = options.configPath === undefined ? [] : ['--config', options.configPath];
  const serve = ['serve', '--data-dir', dataDir, '--port', '0', ...config];
  const argv = options.program === undefined ? gatewayArgs(...serve) : [options.program, ...serve];
  const child = spawn(NODE, argv, {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: dataDir,
      GATEHOUSE_LOG_LEVEL: 'trace',
      ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let stdout = '';
  child.stderr?.on('data', (data: Buffer) => {
    printed += data.toString();
  });
  const listening = new Promise<{ baseUrl: string; consoleUrl: string; accessKey?: string }>((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      stdout += data.toString();
      printed += data.toString();
      const end = stdout.indexOf('\n');
      if (end !== -1) resolve(JSON.parse(stdout.slice(0, end)) as { baseUrl: string; consoleUrl: string });
    });
    child.on('exit', (code) => reject(new Error(`the gateway ended with ${code} before it listened:\n${printed}`)));
  });
  const { baseUrl, consoleUrl, accessKey } = await listening;
  return {
    child,
    baseUrl,
    consoleUrl,
    accessKey,
    printed: () => printed,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code, by] = (await exited) as [number | null, string | null];
      return code ?? by;
    },
  };
}
