/** From the model a client names to the targets that may serve it, best first. Pure. */
import { GatehouseError } from '../core/errors.ts';
import type { Provider } from '../providers/types.ts';
import { resolveAlias } from './aliases.ts';
import type { Target } from './types.ts';

/**
 * `provider/model` is forced: that provider, no selection. A bare id goes to the first enabled provider, in the order of
 * the config, that knows it.
 * Throws GatehouseError model_not_found or no_target_available, with what to do.
 */
export function resolveTargets(named: string, providers: ReadonlyMap<string, Provider>): readonly Target[] {
  const asked = resolveAlias(named, providers);
  const slash = asked.indexOf('/');
  const provider = slash > 0 ? providers.get(asked.slice(0, slash)) : undefined;
  if (provider !== undefined) return [forced(provider, asked.slice(slash + 1))];
  for (const candidate of providers.values()) {
    const info = candidate.config.enabled ? candidate.model(asked) : undefined;
    if (info !== undefined) return [{ provider: candidate, modelId: asked, info }];
  }
  throw new GatehouseError(
    'model_not_found',
    `no provider here serves this model: ${unknownModelHelp(asked, providers)}`,
    { param: 'model' },
  );
}

function forced(provider: Provider, modelId: string): Target {
  if (!provider.config.enabled) {
    throw new GatehouseError(
      'no_target_available',
      `the provider "${provider.config.id}" is switched off; switch it on under Providers`,
      { param: 'model' },
    );
  }
  if (modelId === '')
    throw new GatehouseError(
      'model_not_found',
      `name a model of "${provider.config.id}", as in ${provider.config.id}/model-id`,
      { param: 'model' },
    );
  const info = provider.model(modelId);
  if (info === undefined && provider.config.kind === 'simulator') {
    throw new GatehouseError('model_not_found', `the simulator has no such model; GET /v1/models lists them`, {
      param: 'model',
    });
  }
  return { provider, modelId, info };
}

/** The name itself may be anything a client typed, so only its provider part is echoed, and only when it looks like one. */
function unknownModelHelp(asked: string, providers: ReadonlyMap<string, Provider>): string {
  const prefix = asked.includes('/') ? asked.slice(0, asked.indexOf('/')) : undefined;
  const known = [...providers.keys()].join(', ');
  if (prefix !== undefined && /^[a-z0-9._-]{1,64}$/.test(prefix))
    return `there is no provider "${prefix}" (there are: ${known}). GET /v1/models lists what can be asked for`;
  return `write provider/model-id with one of these providers: ${known}. GET /v1/models lists what can be asked for`;
}
