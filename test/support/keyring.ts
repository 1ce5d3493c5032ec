/**
 * A real Secret Service for one test: a child program inside a D-Bus session of its own, with its own home, keyring and
 * runtime folder, bounded in time. Nothing of the person's own session or keyring is touched.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CredentialView, KeychainView } from '../../proxy/contract/views.ts';

/**
 * - `unlocked`: a login keyring, open
 * - `no-keyring`: a service without any keyring, and a prompter that fails
 * - `no-service`: D-Bus without a Secret Service
 * - `no-dbus`: no session bus at all
 * - `silent-prompt`: as `unlocked`, but a prompt, once asked for, is never answered
 */
export type Desktop = 'unlocked' | 'no-keyring' | 'no-service' | 'no-dbus' | 'silent-prompt';

/** What the child does, in order; each gives one outcome. */
export type KeyringStep =
  | { readonly do: 'set'; readonly id: string; readonly secret: string }
  | { readonly do: 'resolve' | 'describe' | 'remove' | 'forget-index'; readonly id: string }
  /** `reopen`: a new start of the program; `erase`: the entry is deleted by somebody else. */
  | { readonly do: 'status' | 'lock' | 'reopen' }
  | { readonly do: 'erase'; readonly id: string };

export interface KeyringOutcome {
  readonly step: string;
  readonly value?: string;
  readonly view?: CredentialView;
  readonly store?: KeychainView;
  readonly reason?: string;
  /** The error as a log would show it: message, stack, cause and properties. */
  readonly shown?: string;
  readonly elapsedMs: number;
}

export interface KeyringRun {
  readonly outcomes: KeyringOutcome[];
  /** Native calls still open when everything was closed. */
  readonly pending: number;
  readonly stderr: string;
  readonly dataDir: string;
}

interface RunOptions {
  readonly folder: string;
  readonly desktop: Desktop;
  readonly steps: readonly KeyringStep[];
  readonly backend?: 'auto' | 'keychain' | 'encrypted-file';
  readonly limitMs?: number;
}

const CHILD = fileURLToPath(new URL('./keyring-child.ts', import.meta.url));
const RUN_LIMIT_MS = 30_000;

const EMPTY_BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

/** Undefined when the suite can run here; else the reason, for the name of the skipped suite. */
export function keyringUnavailable(): string | undefined {
  for (const command of ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon']) {
    if (spawnSync(command, ['--version'], { timeout: 10_000 }).error !== undefined)
      return `${command} is not installed`;
  }
  try {
    createRequire(import.meta.url)('keytar');
    return undefined;
  } catch {
    return 'keytar could not be loaded';
  }
}

/** Runs the steps in a fresh session; `folder` keeps home, keyring and data directory from one run to the next. */
export async function runWithKeyring(options: RunOptions): Promise<KeyringRun> {
  const { folder, desktop, steps, backend = 'auto', limitMs = RUN_LIMIT_MS } = options;
  const home = join(folder, 'home');
  const dataDir = join(folder, 'data');
  const runtime = join(folder, 'run');
  for (const path of [home, runtime]) mkdirSync(path, { recursive: true, mode: 0o700 });
  writePrompter(home, desktop);
  const [command, args] = commandFor(desktop, folder);
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: runtime },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
  });
  // Short only where the limit is what is tested: elsewhere a busy machine must not look like a silent prompt.
  const answerMs = desktop === 'silent-prompt' ? 1_500 : 10_000;
  child.stdin.end(JSON.stringify({ dataDir, backend, steps, answerMs }));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<NodeJS.Signals | null>();
  child.on('error', reject);
  // Not `close`: a service that D-Bus started may hold our pipes open for longer than it matters.
  child.on('exit', (_code, signal) => resolve(signal));
  const signal = await promise;
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{"outcomes"')) {
    throw new Error(`the keyring child did not finish (${String(signal)}): ${stdout}\n${stderr}`);
  }
  child.stdout.destroy();
  child.stderr.destroy();
  return { ...(JSON.parse(last) as { outcomes: KeyringOutcome[]; pending: number }), stderr, dataDir };
}

/** A prompt is a program that D-Bus starts. Ours fails at once, or is asked and never answers. */
function writePrompter(home: string, desktop: Desktop): void {
  const services = join(home, 'dbus-1', 'services');
  mkdirSync(services, { recursive: true });
  const exec = desktop === 'silent-prompt' ? '/bin/sleep 20' : '/bin/false';
  const name = 'org.gnome.keyring.SystemPrompter';
  writeFileSync(join(services, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=${exec}\n`);
}

function commandFor(desktop: Desktop, folder: string): [string, string[]] {
  const node = [process.execPath, CHILD];
  switch (desktop) {
    case 'no-dbus':
      return [process.execPath, [CHILD]];
    case 'no-service': {
      const bus = join(folder, 'empty-bus.conf');
      writeFileSync(bus, EMPTY_BUS);
      return ['dbus-run-session', [`--config-file=${bus}`, '--', ...node]];
    }
    case 'no-keyring':
      return ['dbus-run-session', ['--', ...node]];
    case 'unlocked':
    case 'silent-prompt': {
      const script = 'printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" "$1"';
      return ['dbus-run-session', ['--', 'sh', '-c', script, ...node]];
    }
    default:
      return desktop satisfies never;
  }
}
