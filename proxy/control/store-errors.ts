/** What the credential store could not do, as the contract tells it. */
import { CredentialError } from '../credentials/types.ts';

interface StoreErrors {
  CREDENTIAL_STORE(options: { message: string; data: { reason: string } }): Error;
}

export async function plainly(errors: StoreErrors, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CredentialError)
      throw errors.CREDENTIAL_STORE({ message: error.message, data: { reason: error.reason } });
    throw error;
  }
}
