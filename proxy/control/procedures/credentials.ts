/** Credentials: written, replaced, removed, never read. */
import type { ProviderConfig } from '../../contract/config.ts';
import { control } from '../implementer.ts';
import { plainly } from '../store-errors.ts';
import type { ControlParts } from '../types.ts';
import { providerView } from '../views/provider-view.ts';

export function credentialProcedures(parts: ControlParts) {
  const { credentials } = parts;

  function configOf(id: string, errors: { NOT_FOUND(options: { message: string }): Error }): ProviderConfig {
    const provider = parts.active().providers.get(id);
    if (provider === undefined) throw errors.NOT_FOUND({ message: `There is no provider "${id}". Add it first.` });
    return provider.config;
  }

  return {
    credentials: {
      store: control.credentials.store.handler(() => credentials.status()),
      set: control.credentials.set.handler(async ({ input, errors }) => {
        const provider = configOf(input.providerId, errors);
        await plainly(errors, () => credentials.set(provider, input.secret));
        // What the provider said of the one before says nothing of this one.
        parts.health.reset(input.providerId);
        void parts.modelRefresher.refreshQuietly(input.providerId);
        return providerView(parts, input.providerId);
      }),
      remove: control.credentials.remove.handler(async ({ input, errors }) => {
        const provider = configOf(input.providerId, errors);
        await plainly(errors, () => credentials.remove(provider));
        parts.health.touch(input.providerId);
        return providerView(parts, input.providerId);
      }),
      unlock: control.credentials.unlock.handler(async ({ input, errors }) => {
        await plainly(errors, () => credentials.unlock(input.passphrase));
        return credentials.status();
      }),
    },
  };
}
