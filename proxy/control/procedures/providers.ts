/** Providers and their models: list, save, remove, try. */
import type { Config } from '../../contract/config.ts';
import { GatehouseError } from '../../core/errors.ts';
import { KINDS } from '../../providers/kinds.ts';
import { applyChange } from '../apply-change.ts';
import { control } from '../implementer.ts';
import { testProvider } from '../test-provider.ts';
import type { ControlParts } from '../types.ts';
import { modelViews } from '../views/model-view.ts';
import { providerView, providerViews } from '../views/provider-view.ts';

export function providerProcedures(parts: ControlParts) {
  return {
    providers: {
      list: control.providers.list.handler(() => providerViews(parts)),
      kinds: control.providers.kinds.handler(() =>
        Object.entries(KINDS).map(([kind, facts]) => ({
          kind,
          label: facts.label,
          ...(facts.baseUrl === undefined ? {} : { baseUrl: facts.baseUrl }),
          needsCredential: facts.needsCredential,
          needsBaseUrl: facts.baseUrl === undefined && kind !== 'bedrock',
          needsRegion: kind === 'bedrock',
          ...(facts.keysUrl === undefined ? {} : { keysUrl: facts.keysUrl }),
        })),
      ),
      save: control.providers.save.handler(async ({ input, errors }) => {
        const before = parts.active().providers.get(input.id)?.config;
        await applyChange(parts, errors, `provider ${input.id} saved`, (config) => ({
          ...config,
          providers: replaced(config, input),
        }));
        // What was learnt of another address or another credential does not hold for this one.
        if (before?.credential !== input.credential || before?.baseUrl !== input.baseUrl) parts.health.reset(input.id);
        // A list that does not come changes nothing: the catalog's models are there.
        void parts.modelRefresher.refreshQuietly(input.id);
        return providerView(parts, input.id);
      }),
      remove: control.providers.remove.handler(async ({ input, errors }) => {
        const found = parts.configKeeper.current().providers.find((provider) => provider.id === input.id);
        if (found === undefined) throw errors.NOT_FOUND({ message: notConfigured(parts, input.id) });
        await applyChange(parts, errors, `provider ${input.id} removed`, (config) => ({
          ...config,
          providers: config.providers.filter((provider) => provider.id !== input.id),
        }));
        parts.health.forget(input.id);
        return { removed: true as const };
      }),
      refreshModels: control.providers.refreshModels.handler(async ({ input, errors }) => {
        const provider = parts.active().providers.get(input.id);
        if (provider === undefined) throw errors.NOT_FOUND({ message: `There is no provider "${input.id}".` });
        try {
          return await parts.modelRefresher.refresh(input.id);
        } catch (error) {
          if (error instanceof GatehouseError) throw errors.UNAVAILABLE({ message: error.message });
          throw error;
        }
      }),
      test: control.providers.test.handler(async ({ input, errors }) => {
        const provider = parts.active().providers.get(input.id);
        if (provider === undefined) throw errors.NOT_FOUND({ message: `There is no provider "${input.id}".` });
        // Without a model there is nothing to call; the test then says so itself, or why the call failed.
        if (provider.models().length === 0) await parts.modelRefresher.refreshQuietly(input.id);
        return testProvider(parts, provider);
      }),
    },
    models: { list: control.models.list.handler(() => modelViews(parts.active().providers)) },
  };
}

function notConfigured(parts: ControlParts, id: string): string {
  if (!parts.active().providers.has(id)) return `There is no provider "${id}".`;
  return `"${id}" was found on this machine and is in no config. To keep it out, set discovery.local to false, or save it switched off.`;
}

function replaced(config: Config, provider: Config['providers'][number]): Config['providers'] {
  const index = config.providers.findIndex((known) => known.id === provider.id);
  return index === -1 ? [...config.providers, provider] : config.providers.with(index, provider);
}
