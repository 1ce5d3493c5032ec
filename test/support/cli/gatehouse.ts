/** The real command line in processes of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../proxy/main.ts', import.meta.url));
const RUN_WITHIN_MS = 40_000;

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Served {
  readonly process: ChildProcess;
  readonly baseUrl: string;
  readonly accessKey: string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function freshDataDir(): string {
  return join(mkdtempSync(join(tmpdir(), 'gatehouse-cli-')), 'data');
}

/** No D-Bus: these tests are not about the keychain, and a desktop's own must not be touched. */
export function start(argv: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, XDG_RUNTIME_DIR: _runtime, ...own } = process.env;
  return spawn(process.execPath, [MAIN, ...argv], { env: { ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function gatehouse(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  return ended(start(argv, env));
}

export async function ended(child: ChildProcess): Promise<Run> {
  const timer = setTimeout(() => child.kill('SIGKILL'), RUN_WITHIN_MS);
  const [out, err] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return { code, out: out(), err: err() };
}

export async function serve(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const child = start(['serve', '--port', '0', ...argv], env);
  const { stdout } = child;
  if (stdout === null) throw new Error('no stdout');
  const closed = once(child, 'close');
  const err = collect(child, 'stderr');
  const line = once(createInterface({ input: stdout }), 'line');
  const first = await Promise.race([line, closed.then(() => undefined)]);
  if (first === undefined) throw new Error(`serve ended before it listened: ${err()}`);
  const { event, baseUrl, accessKey } = JSON.parse(String(first[0]));
  if (event !== 'listening') throw new Error(`unexpected first line: ${first[0]}`);
  return {
    process: child,
    baseUrl,
    accessKey,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = await closed;
      return code;
    },
  };
}

/** Gives what came so far. */
function collect(child: ChildProcess, name: 'stdout' | 'stderr'): () => string {
  const chunks: Buffer[] = [];
  child[name]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** HTTP status of one chat call to the simulator. */
export async function callStatus(baseUrl: string, key: string): Promise<number> {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sim/echo', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  await response.arrayBuffer();
  return response.status;
}
