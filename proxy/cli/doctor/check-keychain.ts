/** Which store holds provider keys. Asked of the running gateway if there is one, so that its keychain is not probed twice. */
import type { KeychainView } from '../../contract/views.ts';
import { systemClock } from '../../core/clock.ts';
import { createCredentials } from '../../credentials/credentials.ts';
import type { CredentialIndex } from '../../credentials/types.ts';
import { createCredentialIndex } from '../../storage/credential-index.ts';
import type { Db } from '../../storage/database.ts';
import type { ControlClient } from '../control-client.ts';
import { type Finding, fail, ok, warn, words } from './finding.ts';

const EMPTY_INDEX: CredentialIndex = {
  put: () => undefined,
  get: () => undefined,
  remove: () => false,
  list: () => [],
};

export async function checkKeychain(
  where: { client: ControlClient | undefined; dataDir: string; db: Db | undefined },
  env: NodeJS.ProcessEnv,
): Promise<Finding> {
  try {
    const view = where.client === undefined ? await askHere(where, env) : await where.client.credentials.store();
    return findingOf(view);
  } catch (error) {
    return fail('keychain', words(error), 'See the message.');
  }
}

async function askHere(
  { dataDir, db }: { dataDir: string; db: Db | undefined },
  env: NodeJS.ProcessEnv,
): Promise<KeychainView> {
  const index = db === undefined ? EMPTY_INDEX : createCredentialIndex({ db, clock: systemClock });
  const credentials = await createCredentials({
    dataDir,
    index,
    env,
    clock: systemClock,
    passphrase: env.GATEHOUSE_PASSPHRASE,
  });
  try {
    return await credentials.status();
  } finally {
    await credentials.close();
  }
}

function findingOf({ state, detail }: KeychainView): Finding {
  if (state === 'ready') return ok('keychain', detail);
  if (state === 'locked')
    return warn('keychain', detail, 'Unlock it, or give the passphrase of the encrypted file in GATEHOUSE_PASSPHRASE.');
  return fail('keychain', detail, 'See the message; keys can also come from the environment (credential: env:NAME).');
}
