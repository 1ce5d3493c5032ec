/** A provider's secret for one attempt, with the credentials room's refusals as answers a client can read. */
import { GatehouseError } from '../core/errors.ts';
import { CredentialError, type Credentials } from '../credentials/types.ts';
import type { Provider } from '../providers/types.ts';

/** Reasons that may pass by themselves (somebody unlocks the keychain); the others need a change first. */
const MAY_PASS: ReadonlySet<CredentialError['reason']> = new Set(['locked', 'timed_out', 'no_service', 'denied']);

export function secretOf(credentials: Credentials): (provider: Provider) => Promise<string | undefined> {
  return async ({ config }) => {
    try {
      return await credentials.resolve(config);
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error;
      const code = MAY_PASS.has(error.reason) ? 'credential_unavailable' : 'credential_missing';
      throw new GatehouseError(code, `No key for the provider "${config.id}": ${error.message}`, { cause: error });
    }
  };
}
