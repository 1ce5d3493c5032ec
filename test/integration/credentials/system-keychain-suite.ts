/** macOS Keychain and Windows Credential Manager: the same round trip, on a machine that is nobody's. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { providerConfig } from '../../../proxy/contract/config.ts';
import { systemClock } from '../../../proxy/core/clock.ts';
import { createCredentials } from '../../../proxy/credentials/credentials.ts';
import { createCredentialIndex } from '../../../proxy/storage/credential-index.ts';
import { openStorage } from '../../../proxy/storage/open.ts';
import { filesContaining } from '../../support/keyring-files.ts';

const FIRST = 'sk-canary-7f3a91c4e2d85b60';
const SECOND = 'sk-replaced-0c5d1e9b7a42f836';

/** Only where CI=true: elsewhere it would write into the keychain of the person who runs the tests. */
export function systemKeychainSuite(): void {
  const name = 'OS keychain (of this system)';
  const reason = "it would write into this person's own keychain; runs where CI=true";
  const inCi = process.env.CI === 'true';
  describe.skipIf(!inCi)(inCi ? name : `${name}: ${reason}`, () => {
    test('stores, gives back after a restart, replaces and deletes', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-keychain-'));
      const storage = openStorage({ dataDir, clock: systemClock });
      const index = createCredentialIndex({ db: storage.db, clock: systemClock });
      const options = { dataDir, index, env: {}, clock: systemClock, backend: 'keychain' as const };
      // A name of its own, so that two runs on one machine do not meet.
      const provider = providerConfig.parse({ id: `test-${randomBytes(6).toString('hex')}`, kind: 'openai' });
      const credentials = await createCredentials(options);
      try {
        expect(await credentials.status()).toMatchObject({ backend: 'keychain', state: 'ready' });
        await credentials.set(provider, FIRST);
        expect(await (await createCredentials(options)).resolve(provider)).toBe(FIRST);
        await credentials.set(provider, SECOND);
        expect(await credentials.resolve(provider)).toBe(SECOND);
        expect(filesContaining(dataDir, SECOND)).toEqual([]);
        await credentials.remove(provider);
        expect(await credentials.describe(provider)).toMatchObject({ source: 'keychain', state: 'missing' });
      } finally {
        await credentials.remove(provider);
        await credentials.close();
        storage.close();
        rmSync(dataDir, { recursive: true, force: true });
      }
    });
  });
}
