/** The keychain as it really is: gnome-keyring behind D-Bus, in each of the states a desktop can be in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Desktop,
  type KeyringOutcome,
  type KeyringRun,
  type KeyringStep,
  keyringUnavailable,
  runWithKeyring,
} from '../../support/keyring.ts';
import { filesContaining } from '../../support/keyring-files.ts';
import { systemKeychainSuite } from './system-keychain-suite.ts';

const CANARY = 'sk-canary-7f3a91c4e2d85b60';
const OTHER = 'sk-replaced-0c5d1e9b7a42f836';

const missing = keyringUnavailable();
const skipped = missing !== undefined && process.env.CI !== 'true';
const suite = missing === undefined ? 'OS keychain (gnome-keyring)' : `OS keychain (gnome-keyring): ${missing}`;

// Elsewhere there is no Secret Service by nature: a suite that cannot run there is not a skipped one.
if (process.platform === 'linux') describe.skipIf(skipped)(suite, gnomeKeyringTests);
else systemKeychainSuite();

function gnomeKeyringTests(): void {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-keyring-'));
    if (missing !== undefined) throw new Error(`this suite must run where CI=true: ${missing}`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  async function run(desktop: Desktop, steps: readonly KeyringStep[], backend?: 'keychain'): Promise<KeyringRun> {
    const done = await runWithKeyring({ folder, desktop, steps, ...(backend === undefined ? {} : { backend }) });
    for (const secret of [CANARY, OTHER]) {
      expect(filesContaining(done.dataDir, secret)).toEqual([]);
      expect(done.stderr).not.toContain(secret);
      for (const { shown, view, store } of done.outcomes)
        expect(JSON.stringify({ shown, view, store })).not.toContain(secret);
    }
    return done;
  }

  const at = ({ outcomes }: KeyringRun, index: number): KeyringOutcome => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error(`there is no outcome ${index}`);
    return outcome;
  };

  test('stores, gives back after a restart, replaces and deletes', async () => {
    const done = await run('unlocked', [
      { do: 'status' },
      { do: 'describe', id: 'openai' },
      { do: 'set', id: 'openai', secret: CANARY },
      { do: 'reopen' },
      { do: 'resolve', id: 'openai' },
      { do: 'describe', id: 'openai' },
      { do: 'set', id: 'openai', secret: OTHER },
      { do: 'resolve', id: 'openai' },
      { do: 'remove', id: 'openai' },
      { do: 'resolve', id: 'openai' },
      { do: 'remove', id: 'openai' },
    ]);
    expect(at(done, 0).store).toMatchObject({ backend: 'keychain', state: 'ready' });
    expect(at(done, 1).view).toMatchObject({ source: 'keychain', state: 'missing' });
    expect(at(done, 4).value).toBe(CANARY);
    expect(at(done, 5).view).toEqual({ source: 'keychain', state: 'present', hint: 'sk-…5b60' });
    expect(at(done, 7).value).toBe(OTHER);
    expect(at(done, 8).reason).toBeUndefined();
    expect(at(done, 9).reason).toBe('missing');
    expect(at(done, 10).reason).toBeUndefined();
    expect(done.pending).toBe(0);
  });

  test('says locked, not missing, when the keyring is locked, and finds the key again once it is open', async () => {
    const locked = await run('unlocked', [
      { do: 'set', id: 'openai', secret: CANARY },
      { do: 'resolve', id: 'openai' },
      { do: 'lock' },
      { do: 'resolve', id: 'openai' },
      { do: 'reopen' },
      { do: 'describe', id: 'openai' },
      { do: 'resolve', id: 'openai' },
      { do: 'set', id: 'openai', secret: OTHER },
      { do: 'set', id: 'groq', secret: OTHER },
      { do: 'remove', id: 'openai' },
      { do: 'status' },
    ]);
    // Read once, it is served from memory: requests go on while the screen is locked.
    expect(at(locked, 3).value).toBe(CANARY);
    expect(at(locked, 5).view).toMatchObject({ source: 'keychain', state: 'locked', hint: 'sk-…5b60' });
    for (const index of [6, 7, 8, 9]) expect(at(locked, index).reason).toBe('locked');
    expect(at(locked, 10).store).toMatchObject({ backend: 'keychain', state: 'locked' });

    const open = await run('unlocked', [
      { do: 'resolve', id: 'openai' },
      { do: 'describe', id: 'groq' },
    ]);
    expect(at(open, 0).value).toBe(CANARY);
    expect(at(open, 1).view).toMatchObject({ state: 'missing' });
  });

  test('an entry that somebody else deleted is missing, and says that it was there', async () => {
    const done = await run('unlocked', [
      { do: 'set', id: 'openai', secret: CANARY },
      { do: 'erase', id: 'openai' },
      { do: 'reopen' },
      { do: 'describe', id: 'openai' },
    ]);
    expect(at(done, 3).view).toMatchObject({ source: 'keychain', state: 'missing' });
    expect(at(done, 3).view?.detail).toContain('not there any more');
  });

  test('finds keys in the keychain that a lost database no longer knows', async () => {
    const done = await run('unlocked', [
      { do: 'set', id: 'openai', secret: CANARY },
      { do: 'forget-index', id: 'openai' },
      { do: 'reopen' },
      { do: 'describe', id: 'openai' },
      { do: 'resolve', id: 'openai' },
    ]);
    expect(at(done, 3).view).toMatchObject({ source: 'keychain', state: 'present', hint: 'sk-…5b60' });
    expect(at(done, 4).value).toBe(CANARY);
  });

  test('an unlock prompt that nobody answers is given up, blocks nothing after it, and the process still ends', async () => {
    const done = await run('silent-prompt', [
      { do: 'set', id: 'openai', secret: CANARY },
      { do: 'lock' },
      { do: 'reopen' },
      { do: 'resolve', id: 'openai' },
      { do: 'set', id: 'openai', secret: OTHER },
      { do: 'remove', id: 'openai' },
      { do: 'describe', id: 'openai' },
      { do: 'status' },
    ]);
    for (const index of [3, 4, 5]) expect(at(done, index).reason).toBe('timed_out');
    expect(at(done, 6).view).toMatchObject({ source: 'keychain', state: 'unavailable' });
    expect(at(done, 7).store).toMatchObject({ backend: 'keychain', state: 'unavailable' });
    // One thread is lost to the prompt, not one for each request; the run came back, so SIGKILL ended the process.
    expect(done.pending).toBe(1);
  });

  test.each<[Desktop, RegExp]>([
    ['no-dbus', /no D-Bus session/],
    ['no-service', /No Secret Service answers on D-Bus/],
    ['no-keyring', /no keyring to write to/],
  ])('%s: keys go to the encrypted file, and the status says why', async (desktop, why) => {
    const done = await run(desktop, [
      { do: 'status' },
      { do: 'set', id: 'openai', secret: CANARY },
      { do: 'reopen' },
      { do: 'resolve', id: 'openai' },
      { do: 'describe', id: 'openai' },
    ]);
    expect(at(done, 0).store).toMatchObject({ backend: 'encrypted-file', state: 'ready' });
    expect(at(done, 0).store?.detail).toMatch(why);
    expect(at(done, 3).value).toBe(CANARY);
    expect(at(done, 4).view).toMatchObject({ source: 'encrypted-file', state: 'present' });
    expect(done.pending).toBe(0);
  });

  test('where only the keychain is wanted and there is none, storing fails and nothing goes elsewhere', async () => {
    const steps: KeyringStep[] = [{ do: 'set', id: 'openai', secret: CANARY }, { do: 'status' }];
    const done = await run('no-service', steps, 'keychain');
    expect(at(done, 0).reason).toBe('no_service');
    expect(at(done, 1).store).toMatchObject({ backend: 'keychain', state: 'unavailable' });
  });

  test('a key in a keychain that is gone is not looked for elsewhere; a new one goes to the file and the old stays', async () => {
    await run('unlocked', [{ do: 'set', id: 'openai', secret: CANARY }]);
    const gone = await run('no-dbus', [
      { do: 'describe', id: 'openai' },
      { do: 'status' },
      { do: 'remove', id: 'openai' },
      { do: 'set', id: 'openai', secret: OTHER },
      { do: 'resolve', id: 'openai' },
      { do: 'describe', id: 'openai' },
    ]);
    expect(at(gone, 0).view).toMatchObject({ source: 'keychain', state: 'unavailable' });
    expect(at(gone, 1).store?.detail).toContain('1 key stored earlier is still in the keychain');
    expect(at(gone, 2).reason).toBe('no_service');
    expect(at(gone, 4).value).toBe(OTHER);
    expect(at(gone, 5).view).toMatchObject({ source: 'encrypted-file', state: 'present' });

    const back = await run('unlocked', [{ do: 'resolve', id: 'openai' }, { do: 'status' }]);
    expect(at(back, 0).value).toBe(OTHER);
    expect(at(back, 1).store).toMatchObject({ backend: 'keychain', state: 'ready' });
  });
}
