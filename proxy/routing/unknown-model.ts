/** The answer to a name that nothing here has. */
import { GatehouseError } from '../core/errors.ts';
import type { Provider } from '../providers/types.ts';
import { resolveAlias } from './aliases.ts';

/** The name itself may be anything a client typed, so only its provider part is echoed, and only when it looks like one. */
export function unknownModel(written: string, providers: ReadonlyMap<string, Provider>): GatehouseError {
  return new GatehouseError('model_not_found', messageFor(resolveAlias(written, providers), providers), {
    param: 'model',
  });
}

function messageFor(asked: string, providers: ReadonlyMap<string, Provider>): string {
  const slash = asked.indexOf('/');
  const prefix = slash > 0 ? asked.slice(0, slash) : undefined;
  const provider = prefix === undefined ? undefined : providers.get(prefix);
  if (provider !== undefined)
    return slash === asked.length - 1
      ? `name a model of "${provider.config.id}", as in ${provider.config.id}/model-id`
      : 'the simulator has no such model; GET /v1/models lists them';
  const known = [...providers.keys()].join(', ');
  if (prefix !== undefined && /^[a-z0-9._-]{1,64}$/.test(prefix))
    return `no provider here serves this model: there is no provider "${prefix}" (there are: ${known}). GET /v1/models lists what can be asked for`;
  return `no provider here serves this model: write provider/model-id with one of these providers: ${known}. GET /v1/models lists what can be asked for`;
}
