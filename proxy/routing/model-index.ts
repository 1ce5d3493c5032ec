/**
 * The models of all providers, looked up by id, family and tier. Built when the first call needs it and kept until a
 * provider's list of models is another one, since a decision has no time to walk a thousand models.
 */
import type { Tier } from '../contract/config.ts';
import type { ModelInfo, Provider } from '../providers/types.ts';
import { type Capabilities, capabilitiesOf } from './capabilities.ts';
import { isPrivate } from './privacy.ts';
import { tierOfModel } from './tiers.ts';
import { type EndpointId, endpointOf, type Target } from './types.ts';

/** A target with what routing asks of it again and again. */
export interface IndexedTarget extends Target {
  readonly endpoint: EndpointId;
  readonly scope: { readonly provider: string; readonly model: string };
  readonly tier: Tier | undefined;
  /** By the config: neither the provider nor the model is switched off. */
  readonly enabled: boolean;
  readonly prefer: boolean;
  readonly isPrivate: boolean;
  readonly capabilities: Capabilities;
  /** Place in the config: by provider, then by model. Ties go to the lower one. */
  readonly order: number;
}

export interface ModelIndex {
  readonly providers: ReadonlyMap<string, Provider>;
  /** All that may be chosen by `auto` or step in for another: chat models that answer in text, by tier. */
  pool(tier: Tier | undefined): readonly IndexedTarget[];
  family(name: string): readonly IndexedTarget[];
  /** At every provider that lists this id. */
  listed(modelId: string): readonly IndexedTarget[];
  /** At every provider that knows this id without listing it. */
  unlisted(modelId: string): readonly IndexedTarget[];
  /** What is known of this model there; a provider may serve models that nobody listed. */
  at(provider: Provider, modelId: string): IndexedTarget;
}

const indexes = new WeakMap<ReadonlyMap<string, Provider>, BuiltIndex>();

interface BuiltIndex extends ModelIndex {
  isCurrent(): boolean;
}

export function modelIndexOf(providers: ReadonlyMap<string, Provider>): ModelIndex {
  const built = indexes.get(providers);
  if (built?.isCurrent() === true) return built;
  const index = buildIndex(providers);
  indexes.set(providers, index);
  return index;
}

/** More models than a provider has, so that a provider's place weighs more than a model's. */
const PLACES_PER_PROVIDER = 100_000;

function buildIndex(providers: ReadonlyMap<string, Provider>): BuiltIndex {
  const sources: { provider: Provider; models: readonly ModelInfo[]; place: number; settings: Settings }[] = [];
  const byEndpoint = new Map<EndpointId, IndexedTarget>();
  const byId = new Map<string, IndexedTarget[]>();
  const byFamily = new Map<string, IndexedTarget[]>();
  const byTier = new Map<Tier | undefined, IndexedTarget[]>();
  const onlySimulators = [...providers.values()].every(
    ({ config }) => config.kind === 'simulator' || config.enabled === false,
  );

  for (const provider of providers.values()) {
    const source = { provider, models: provider.models(), place: sources.length, settings: settingsOf(provider) };
    sources.push(source);
    source.models.forEach((info, at) => {
      const target = indexed(provider, info.id, info, source.place * PLACES_PER_PROVIDER + at, source.settings);
      byEndpoint.set(target.endpoint, target);
      push(byId, info.id, target);
      if (info.family !== undefined) push(byFamily, info.family, target);
      // An echo is no answer: drills step in for nobody but each other.
      if (isConversational(info) && (onlySimulators || provider.config.kind !== 'simulator'))
        push(byTier, target.tier, target);
    });
  }
  const placeOf = new Map(sources.map((source) => [source.provider.config.id, source]));

  function at(provider: Provider, modelId: string): IndexedTarget {
    const known = byEndpoint.get(`${provider.config.id}/${modelId}`);
    if (known !== undefined) return known;
    const source = placeOf.get(provider.config.id);
    const order = ((source?.place ?? providers.size) + 1) * PLACES_PER_PROVIDER - 1;
    return indexed(provider, modelId, provider.model(modelId), order, source?.settings ?? settingsOf(provider));
  }

  return {
    providers,
    pool: (tier) => byTier.get(tier) ?? NONE,
    family: (name) => byFamily.get(name) ?? NONE,
    listed: (modelId) => byId.get(modelId) ?? NONE,
    unlisted: (modelId) =>
      sources
        .filter((source) => !guesses(source) && source.provider.model(modelId) !== undefined)
        .map(({ provider }) => at(provider, modelId)),
    at,
    isCurrent() {
      if (sources.length !== providers.size) return false;
      return sources.every(
        ({ provider, models }) => providers.get(provider.config.id) === provider && provider.models() === models,
      );
    },
  };
}

/** A local server's models are known by any name, so that a new one can be asked for: no sign, once its list was read. */
function guesses({ provider, models }: { provider: Provider; models: readonly ModelInfo[] }): boolean {
  const { kind } = provider.config;
  return (kind === 'ollama' || kind === 'lmstudio') && models.length > 0;
}

const NONE: readonly IndexedTarget[] = [];

/** What the config says of single models, by id. */
type Settings = ReadonlyMap<string, { readonly enabled?: boolean | undefined; readonly prefer?: boolean | undefined }>;

function settingsOf({ config }: Provider): Settings {
  return new Map(config.models.map((model) => [model.id, model]));
}

function indexed(
  provider: Provider,
  modelId: string,
  info: ModelInfo | undefined,
  order: number,
  settings: Settings,
): IndexedTarget {
  const target = { provider, modelId, info };
  const own = settings.get(modelId);
  return {
    ...target,
    endpoint: endpointOf(target),
    scope: { provider: provider.config.id, model: modelId },
    tier: tierOfModel(info),
    enabled: provider.config.enabled && own?.enabled !== false,
    prefer: own?.prefer ?? provider.config.prefer ?? false,
    isPrivate: isPrivate(target),
    capabilities: capabilitiesOf(info),
    order,
  };
}

/** Neither an embedding model nor one that draws or speaks only. */
function isConversational({ purpose, outputModalities, drill }: ModelInfo): boolean {
  return drill !== true && (purpose ?? 'chat') === 'chat' && (outputModalities?.includes('text') ?? true);
}

function push<K>(map: Map<K, IndexedTarget[]>, key: K, target: IndexedTarget): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [target]);
  else list.push(target);
}
