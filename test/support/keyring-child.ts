/** Runs inside the D-Bus session that keyring.ts sets up: does the steps from stdin with the real store, reports on stdout. */
import { execFileSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { providerConfig } from '../../proxy/contract/config.ts';
import { systemClock } from '../../proxy/core/clock.ts';
import { createCredentials, pendingNativeCalls } from '../../proxy/credentials/credentials.ts';
import { KEYCHAIN_SERVICE } from '../../proxy/credentials/keychain.ts';
import { importKeytar } from '../../proxy/credentials/load-keytar.ts';
import { CredentialError } from '../../proxy/credentials/types.ts';
import { createCredentialIndex } from '../../proxy/storage/credential-index.ts';
import { openStorage } from '../../proxy/storage/open.ts';
import type { KeyringOutcome, KeyringStep } from './keyring.ts';

interface Task {
  readonly dataDir: string;
  readonly backend: 'auto' | 'keychain' | 'encrypted-file';
  readonly steps: readonly KeyringStep[];
  readonly answerMs: number;
}

const LOGIN_KEYRING = '/org/freedesktop/secrets/collection/login';

const task = JSON.parse(await text(process.stdin)) as Task;
const storage = openStorage({ dataDir: task.dataDir, clock: systemClock });
const index = createCredentialIndex({ db: storage.db, clock: systemClock });
const open = () =>
  createCredentials({
    dataDir: task.dataDir,
    index,
    env: {},
    clock: systemClock,
    backend: task.backend,
    timeouts: { readMs: task.answerMs, writeMs: task.answerMs, probeMs: task.answerMs },
  });
let credentials = await open();

const provider = (id: string) => providerConfig.parse({ id, kind: 'openai' });

async function run(step: KeyringStep): Promise<Omit<KeyringOutcome, 'step' | 'elapsedMs'>> {
  switch (step.do) {
    case 'set':
      await credentials.set(provider(step.id), step.secret);
      return {};
    case 'resolve': {
      const value = await credentials.resolve(provider(step.id));
      return value === undefined ? {} : { value };
    }
    case 'describe':
      return { view: await credentials.describe(provider(step.id)) };
    case 'remove':
      await credentials.remove(provider(step.id));
      return {};
    case 'forget-index':
      index.remove(step.id);
      return {};
    case 'status':
      return { store: await credentials.status() };
    case 'reopen':
      await credentials.close();
      credentials = await open();
      return {};
    case 'lock':
      callKeyring('Lock');
      return {};
    case 'erase': {
      const keytar = await importKeytar();
      await keytar.deletePassword(KEYCHAIN_SERVICE, step.id);
      return {};
    }
    default:
      return step satisfies never;
  }
}

function callKeyring(method: 'Lock'): void {
  const service = ['--dest=org.freedesktop.secrets', '/org/freedesktop/secrets'];
  const args = ['--session', '--print-reply', ...service, `org.freedesktop.Secret.Service.${method}`];
  execFileSync('dbus-send', [...args, `array:objpath:${LOGIN_KEYRING}`], { timeout: 10_000, stdio: 'ignore' });
}

const outcomes: KeyringOutcome[] = [];
for (const step of task.steps) {
  const startedMs = systemClock.monotonicMs();
  const done = await run(step).catch((error: unknown) => ({
    reason: error instanceof CredentialError ? error.reason : 'not a CredentialError',
    shown: `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`,
  }));
  outcomes.push({ step: step.do, elapsedMs: systemClock.monotonicMs() - startedMs, ...done });
}
await credentials.close();
storage.close();
const pending = pendingNativeCalls();
process.stdout.write(`${JSON.stringify({ outcomes, pending })}\n`, () => {
  // As the gateway does: a thread that waits for a prompt would keep the process for ever.
  if (pending > 0) process.kill(process.pid, 'SIGKILL');
});
