import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const probe = fileURLToPath(new URL('./probe.mjs', import.meta.url));
const startMsMax = 20_000;
const stopMsMax = 10_000;

export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}

/** A server in a process of its own, with the probe inside. */
export interface ServerProcess {
  readonly origin: string;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** The first line of stdout must be JSON with a `baseUrl`; ours and Gatehouse's both are. */
async function originOf(child: ChildProcess, errors: () => string): Promise<string> {
  if (child.stdout === null) throw new Error('the server process has no stdout');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line', { signal: AbortSignal.timeout(startMsMax) }),
    once(child, 'exit').then(() => {
      throw new Error(`a server ended before it listened:\n${errors()}`);
    }),
  ]);
  return new URL(JSON.parse(String(first[0])).baseUrl).origin;
}

export async function startServer(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', probe, program, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (data) => {
    errors = `${errors}${data}`.slice(-4000);
  });
  const origin = await originOf(child, () => errors);
  return {
    origin,
    async usage() {
      const answer = once(child, 'message');
      child.send('usage');
      const [message] = (await answer) as [{ usage: Usage }];
      return message.usage;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      const deadline = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
      child.kill('SIGTERM');
      await gone;
      clearTimeout(deadline);
    },
  };
}
