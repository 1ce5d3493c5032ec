/** The guided start, answered: the keys of the environment, taking one over, and where the person is. */
import type { ProviderConfig } from '../../contract/config.ts';
import { credentialRef } from '../../contract/config.ts';
import type { EnvironmentKeyView, SetupView } from '../../contract/setup.ts';
import { applyChange } from '../apply-change.ts';
import { control } from '../implementer.ts';
import { type EnvironmentKey, environmentKeys } from '../setup/environment-keys.ts';
import { type Guide, readGuide, saveGuide } from '../setup/guide.ts';
import { environmentKeyView, standingOf } from '../setup/key-standing.ts';
import { plainly } from '../store-errors.ts';
import type { ControlParts } from '../types.ts';
import { providerView } from '../views/provider-view.ts';

export function setupProcedures(parts: ControlParts) {
  return {
    setup: {
      get: control.setup.get.handler(() => setupView(parts, readGuide(parts))),
      save: control.setup.save.handler(({ input }) => setupView(parts, saveGuide(parts, input))),
      adopt: control.setup.adopt.handler(async ({ input, errors }) => {
        const key = environmentKeys(parts.env).find(({ variable }) => variable === input.variable);
        if (key === undefined) {
          throw errors.NOT_FOUND({ message: `${input.variable} is not set where Gatehouse runs, or holds no key.` });
        }
        const { state, provider } = await standingOf(parts, key);
        if (state !== 'free') throw errors.CONFLICT({ message: WHY_NOT[state](key, provider.id) });
        const config = withCredential(provider, key, input.keep);
        await applyChange(parts, errors, `provider ${config.id} from ${key.variable}`, (current) => {
          const at = current.providers.findIndex(({ id }) => id === config.id);
          const providers = at === -1 ? [...current.providers, config] : current.providers.with(at, config);
          return { ...current, providers };
        });
        if (input.keep === 'keychain') await plainly(errors, () => parts.credentials.set(config, key.secret));
        parts.health.reset(config.id);
        void parts.modelRefresher.refreshQuietly(config.id);
        return { provider: await providerView(parts, config.id) };
      }),
    },
  };
}

async function setupView(parts: ControlParts, guide: Guide): Promise<SetupView> {
  const environment: EnvironmentKeyView[] = [];
  for (const key of environmentKeys(parts.env)) environment.push(environmentKeyView(key, await standingOf(parts, key)));
  return { ...guide, environment };
}

function withCredential(
  { credential: _, ...provider }: ProviderConfig,
  { variable, referable }: EnvironmentKey,
  keep: 'keychain' | 'environment',
): ProviderConfig {
  if (keep === 'keychain' || !referable) return provider;
  return { ...provider, credential: credentialRef.parse(`env:${variable}`) };
}

const WHY_NOT: Record<
  Exclude<EnvironmentKeyView['state'], 'free'>,
  (key: EnvironmentKey, provider: string) => string
> = {
  used: ({ variable }, provider) => `${provider} works with the key of ${variable} already.`,
  other_key: (_key, provider) => `${provider} has another credential already. Replace it under Providers if you want.`,
  other_address: ({ variable, address }) =>
    `The environment sends ${variable} to ${address}. Add that server under Providers, with the key it takes.`,
  no_region: () => 'Neither AWS_REGION nor AWS_DEFAULT_REGION is set. Add Bedrock under Providers, with its region.',
  unusable: ({ variable }) => `${variable} holds characters that cannot be sent. Set it again, without line breaks.`,
};
