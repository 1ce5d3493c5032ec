/** Edits of one model in its provider's config: serve it or not, prefer it, its price. Pure. */
import { type Config, type ModelConfig, modelConfig } from '../../../../proxy/contract/config.ts';
import { type FieldProblems, schemaProblems } from '../../config-edit/config-problems.ts';
import type { ModelView } from '../../contract-views.ts';
import { type EditedProvider, editProvider } from '../providers/edit-provider.ts';

export const PRICES = ['inputUsdPerMTok', 'outputUsdPerMTok', 'cacheReadUsdPerMTok', 'cacheWriteUsdPerMTok'] as const;
export type PriceField = (typeof PRICES)[number];
/** As number fields give them: a number, or text (empty: the catalog's). */
export type PriceDraft = Readonly<Record<PriceField, number | string>>;

/** What the config says of a model; undefined: nothing. */
export function modelSettings(config: Config | undefined, { id, provider }: ModelView): ModelConfig | undefined {
  return config?.providers
    .find((each) => each.id === provider)
    ?.models.find((model) => `${provider}/${model.id}` === id);
}

/**
 * An entry that says nothing but its id stays: for a server that has no list of models it is the list.
 * Undefined: the provider is in the config no more.
 */
export function editModel(
  { id }: Pick<ModelView, 'id'>,
  provider: EditedProvider,
  change: (model: ModelConfig) => ModelConfig,
): (config: Config) => Config | undefined {
  const own = id.slice(provider.id.length + 1);
  return editProvider(provider, (config) => {
    const at = config.models.findIndex((model) => model.id === own);
    const next = change(config.models[at] ?? { id: own });
    return { ...config, models: at < 0 ? [...config.models, next] : config.models.with(at, next) };
  });
}

export function withServed(model: ModelConfig, served: boolean): ModelConfig {
  const { enabled: _, ...rest } = model;
  return served ? rest : { ...rest, enabled: false };
}

export function priceDraftOf(model: ModelConfig | undefined): PriceDraft {
  return {
    inputUsdPerMTok: model?.inputUsdPerMTok ?? '',
    outputUsdPerMTok: model?.outputUsdPerMTok ?? '',
    cacheReadUsdPerMTok: model?.cacheReadUsdPerMTok ?? '',
    cacheWriteUsdPerMTok: model?.cacheWriteUsdPerMTok ?? '',
  };
}

export function withPrices(model: ModelConfig, draft: PriceDraft): ModelConfig {
  const {
    inputUsdPerMTok: _i,
    outputUsdPerMTok: _o,
    cacheReadUsdPerMTok: _r,
    cacheWriteUsdPerMTok: _w,
    ...rest
  } = model;
  return { ...rest, ...given(draft) };
}

export function priceProblems(draft: PriceDraft): FieldProblems {
  return schemaProblems(modelConfig, { id: 'any', ...given(draft) });
}

function given(draft: PriceDraft): Partial<Record<PriceField, number>> {
  return Object.fromEntries(
    PRICES.flatMap((field) => (typeof draft[field] === 'number' ? [[field, draft[field]]] : [])),
  );
}
