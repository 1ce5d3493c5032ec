import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type CredentialsOptions, createCredentials } from '../../../proxy/credentials/credentials.ts';
import type { Credentials, KeytarLike } from '../../../proxy/credentials/types.ts';
import { filesContaining } from '../../support/keyring-files.ts';
import { CANARY, failureOf, movedClock, provider, realIndex, temporaryFolder } from './support.ts';

/** What the loader meets where keytar was not installed: Node's own failure to find a module. */
const noLibrary = async (): Promise<KeytarLike> => import(String('keytar-is-not-installed-here'));

interface Setup {
  readonly credentials: Credentials;
  readonly dataDir: string;
  readonly clock: ReturnType<typeof movedClock>;
  readonly index: ReturnType<typeof realIndex>;
}

async function setUp(options: Partial<CredentialsOptions> = {}): Promise<Setup> {
  const dataDir = temporaryFolder();
  const clock = movedClock();
  const index = realIndex(dataDir);
  const given = { dataDir, index, env: {}, clock, backend: 'encrypted-file' as const, loadKeytar: noLibrary };
  return { credentials: await createCredentials({ ...given, ...options }), dataDir, clock, index };
}

/** A keychain in memory that counts what it is asked and can be told to behave badly. */
function memoryKeychain() {
  const entries = new Map<string, string>();
  const asked: string[] = [];
  let trouble: Error | undefined;
  const answer = <T>(what: string, work: () => T): Promise<T> => {
    asked.push(what);
    return trouble === undefined ? Promise.resolve(work()) : Promise.reject(trouble);
  };
  const keytar: KeytarLike = {
    getPassword: (_service, account) => answer(`get ${account}`, () => entries.get(account) ?? null),
    setPassword: (_service, account, password) =>
      answer(`set ${account}`, () => {
        entries.set(account, password);
      }),
    deletePassword: (_service, account) => answer(`delete ${account}`, () => entries.delete(account)),
  };
  return {
    load: async () => keytar,
    asked,
    entries,
    fail(error: Error | undefined) {
      trouble = error;
    },
  };
}

describe('providers that need no key', () => {
  test.each([
    ['none in the config', provider('openai', { credential: 'none' })],
    ['the simulator', provider('sim', { kind: 'simulator' })],
    ['Ollama', provider('ollama', { kind: 'ollama' })],
    ['a server on this machine', provider('mine', { kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:1/v1' })],
  ])('%s', async (_what, config) => {
    const { credentials } = await setUp();
    expect(await credentials.resolve(config)).toBeUndefined();
    expect(await credentials.describe(config)).toEqual({ source: 'none', state: 'not-needed' });
  });

  test('a local server that was given a key uses it', async () => {
    const { credentials } = await setUp();
    const config = provider('mine', { kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:1/v1' });
    await credentials.set(config, CANARY);
    expect(await credentials.resolve(config)).toBe(CANARY);
    await credentials.remove(config);
    expect(await credentials.resolve(config)).toBeUndefined();
  });
});

describe('the environment', () => {
  const config = provider('openai', { credential: 'env:OPENAI_API_KEY' });

  test('is read at every request', async () => {
    const env: NodeJS.ProcessEnv = {};
    const { credentials } = await setUp({ env });
    const failure = await failureOf(credentials.resolve(config));
    expect(failure.reason).toBe('missing');
    expect(failure.message).toContain('OPENAI_API_KEY');
    expect(await credentials.describe(config)).toMatchObject({ source: 'environment', state: 'missing' });
    env.OPENAI_API_KEY = CANARY;
    expect(await credentials.resolve(config)).toBe(CANARY);
    expect(await credentials.describe(config)).toEqual({ source: 'environment', state: 'present', hint: 'sk-…5b60' });
    env.OPENAI_API_KEY = '';
    expect((await failureOf(credentials.resolve(config))).reason).toBe('missing');
    env.OPENAI_API_KEY = `${CANARY}\n${CANARY}`;
    expect((await failureOf(credentials.resolve(config))).reason).toBe('invalid');
    expect(JSON.stringify(await credentials.describe(config))).not.toContain(CANARY);
  });
});

describe('a file of one’s own', () => {
  test('is described with its trouble', async () => {
    const { credentials, dataDir, clock } = await setUp();
    const path = join(dataDir, 'openai.key');
    const config = provider('openai', { credential: `file:${path}` });
    expect(await credentials.describe(config)).toMatchObject({ source: 'file', state: 'missing' });
    writeFileSync(path, `${CANARY}\n`, { mode: 0o600 });
    expect(await credentials.resolve(config)).toBe(CANARY);
    expect(await credentials.describe(config)).toEqual({ source: 'file', state: 'present', hint: 'sk-…5b60' });
    if (process.platform === 'win32') return;
    chmodSync(path, 0o644);
    clock.advance(2_000);
    expect(await credentials.describe(config)).toMatchObject({ source: 'file', state: 'unavailable' });
  });
});

describe('changing what is not ours', () => {
  test.each(['none', 'env:OPENAI_API_KEY', 'file:/run/key'])('%s is refused', async (credential) => {
    const { credentials } = await setUp();
    const config = provider('openai', { credential });
    expect((await failureOf(credentials.set(config, CANARY))).reason).toBe('not_a_store');
    expect((await failureOf(credentials.remove(config))).reason).toBe('not_a_store');
  });
});

describe('the encrypted file behind the room', () => {
  test('two providers can share an account; the index keeps the masked form only', async () => {
    const { credentials, dataDir, index } = await setUp();
    await credentials.set(provider('a', { credential: 'keychain:shared' }), `  ${CANARY}\n`);
    expect(await credentials.resolve(provider('b', { credential: 'keychain:shared' }))).toBe(CANARY);
    expect(index.get('shared')).toMatchObject({ backend: 'encrypted-file', hint: 'sk-…5b60' });
    expect(filesContaining(dataDir, CANARY)).toEqual([]);
  });

  test('locked, unlocked, wrong: each state is described, and a wrong passphrase changes nothing', async () => {
    const first = await setUp({ passphrase: 'correct horse' });
    await first.credentials.set(provider('openai'), CANARY);
    const { dataDir, index, clock } = first;
    const credentials = await createCredentials({ dataDir, index, env: {}, clock, loadKeytar: noLibrary });
    expect(await credentials.describe(provider('openai'))).toMatchObject({ state: 'locked', hint: 'sk-…5b60' });
    expect(await credentials.status()).toMatchObject({ backend: 'encrypted-file', state: 'locked' });
    expect((await credentials.status()).detail).toContain(
      '(keytar) could not be loaded on this system (ERR_MODULE_NOT_FOUND)',
    );
    expect((await failureOf(credentials.unlock('wrong'))).reason).toBe('wrong_passphrase');
    expect((await failureOf(credentials.resolve(provider('openai')))).reason).toBe('locked');
    await credentials.unlock('correct horse');
    expect(await credentials.resolve(provider('openai'))).toBe(CANARY);
    expect(await credentials.status()).toMatchObject({ backend: 'encrypted-file', state: 'ready' });
  });

  test('an empty passphrase is none: not from the environment, and not to unlock with', async () => {
    const { credentials, dataDir } = await setUp({ passphrase: '' });
    expect((await failureOf(credentials.unlock(''))).reason).toBe('invalid');
    await credentials.set(provider('openai'), CANARY);
    expect(readdirSync(dataDir)).toContain('credentials.key');
  });

  test('nothing that can be printed of the room shows a secret', async () => {
    const { credentials } = await setUp({ passphrase: CANARY });
    await credentials.set(provider('openai'), CANARY);
    await credentials.resolve(provider('openai'));
    expect(inspect(credentials, { depth: 20, showHidden: true })).not.toContain(CANARY);
    expect(JSON.stringify([credentials, await credentials.status()])).not.toContain(CANARY);
  });

  test('a database that cannot be read is told without throwing', async () => {
    const { credentials } = await setUp({
      index: {
        put: () => undefined,
        remove: () => undefined,
        list: () => [],
        get() {
          throw new Error(`disk I/O error near ${CANARY}`);
        },
      },
    });
    expect(await credentials.describe(provider('openai'))).toMatchObject({ state: 'unavailable' });
    expect(JSON.stringify(await credentials.describe(provider('openai')))).not.toContain(CANARY);
  });

  test('closed is closed', async () => {
    const { credentials } = await setUp();
    await credentials.set(provider('openai'), CANARY);
    await credentials.close();
    expect((await failureOf(credentials.resolve(provider('openai')))).reason).toBe('locked');
    expect(await credentials.describe(provider('openai'))).toMatchObject({ state: 'locked' });
    expect((await failureOf(credentials.set(provider('openai'), CANARY))).reason).toBe('locked');
    expect((await failureOf(credentials.status())).reason).toBe('locked');
  });
});

describe('without the keychain library', () => {
  test('only the keychain wanted: says what is missing; nothing is written anywhere', async () => {
    const { credentials, dataDir } = await setUp({ backend: 'keychain' });
    const failure = await failureOf(credentials.set(provider('openai'), CANARY));
    expect(failure.reason).toBe('no_library');
    expect(failure.message).toContain('libsecret-1-dev');
    expect(await credentials.status()).toMatchObject({ backend: 'keychain', state: 'unavailable' });
    expect(readdirSync(dataDir).filter((name) => name.startsWith('credentials'))).toEqual([]);
  });
});

describe('the cache', () => {
  const config = provider('openai');

  test('the keychain is asked once for many requests, and again after a change', async () => {
    const keychain = memoryKeychain();
    const { credentials } = await setUp({ backend: 'auto', loadKeytar: keychain.load });
    await credentials.set(config, CANARY);
    keychain.asked.length = 0;
    const secrets = await Promise.all(Array.from({ length: 50 }, () => credentials.resolve(config)));
    expect(new Set(secrets)).toEqual(new Set([CANARY]));
    expect(keychain.asked).toEqual(['get openai']);
    await credentials.set(config, 'sk-new');
    expect(await credentials.resolve(config)).toBe('sk-new');
    await credentials.remove(config);
    expect((await failureOf(credentials.resolve(config))).reason).toBe('missing');
  });

  test('a failure is repeated for a moment rather than asked for at every request, then asked anew', async () => {
    const keychain = memoryKeychain();
    const { credentials, clock } = await setUp({ backend: 'auto', loadKeytar: keychain.load });
    await credentials.set(config, CANARY);
    keychain.fail(new Error('Cannot create an item in a locked collection'));
    expect((await failureOf(credentials.resolve(config))).reason).toBe('locked');
    keychain.fail(undefined);
    keychain.asked.length = 0;
    expect((await failureOf(credentials.resolve(config))).reason).toBe('locked');
    expect(keychain.asked).toEqual([]);
    clock.advance(5_000);
    expect(await credentials.resolve(config)).toBe(CANARY);
    clock.advance(1_000_000);
    expect(await credentials.resolve(config)).toBe(CANARY);
    expect(keychain.asked).toEqual(['get openai']);
  });

  test('after a failed replacement the earlier secret is still there', async () => {
    const keychain = memoryKeychain();
    const { credentials } = await setUp({ backend: 'auto', loadKeytar: keychain.load });
    await credentials.set(config, CANARY);
    keychain.fail(new Error('User canceled the operation.'));
    const failure = await failureOf(credentials.set(config, 'sk-new'));
    expect(failure.reason).toBe('denied');
    keychain.fail(undefined);
    expect(await credentials.resolve(config)).toBe(CANARY);
  });

  test('an answer to the prompt that comes too late is asked for anew', async () => {
    const keychain = memoryKeychain();
    const slow = Promise.withResolvers<void>();
    let hold = false;
    const { credentials } = await setUp({
      backend: 'auto',
      timeouts: { readMs: 20, writeMs: 20, probeMs: 1_000 },
      loadKeytar: async () => {
        const keytar = await keychain.load();
        return {
          ...keytar,
          async setPassword(service, account, password) {
            if (hold) await slow.promise;
            await keytar.setPassword(service, account, password);
          },
        };
      },
    });
    await credentials.set(config, CANARY);
    expect(await credentials.resolve(config)).toBe(CANARY);
    hold = true;
    expect((await failureOf(credentials.set(config, 'sk-late'))).reason).toBe('timed_out');
    expect((await failureOf(credentials.resolve(config))).reason).toBe('timed_out');
    slow.resolve();
    await new Promise(setImmediate);
    expect(await credentials.resolve(config)).toBe('sk-late');
  });
});
