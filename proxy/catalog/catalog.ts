/** What Gatehouse knows of models on its own: prices and limits by provider kind and exact model id. */
import type { ModelConfig, ProviderKind } from '../contract/config.ts';
import type { ModelInfo } from '../providers/types.ts';
import { type CatalogModel, catalogFile } from './catalog-file.ts';
import { catalogPrice, overriddenPrice } from './model-price.ts';

export interface Catalog {
  /** The day its prices are of, YYYY-MM-DD. */
  readonly asOf: string;
  /** Every fact of one model, with the sources; dated ids are entries of their own. Undefined: not listed. */
  entry(kind: ProviderKind, modelId: string): CatalogModel | undefined;
  models(kind: ProviderKind): readonly ModelInfo[];
  /** The models of one provider: the catalog's, with the config's laid over them field by field, and the config's own. */
  mergeModels(kind: ProviderKind, overrides: readonly ModelConfig[]): readonly ModelInfo[];
}

/** Throws a ZodError when the file is not a catalog: it is part of the program, so that is a broken build. */
export function createCatalog(json: unknown): Catalog {
  const file = catalogFile.parse(json);
  const kinds = new Map(
    Object.entries(file.kinds).map(([kind, { models }]) => [kind, new Map(models.map((model) => [model.id, model]))]),
  );
  const entries = (kind: ProviderKind): ReadonlyMap<string, CatalogModel> => kinds.get(kind) ?? new Map();
  return {
    asOf: file.asOf,
    entry: (kind, modelId) => entries(kind).get(modelId),
    models: (kind) => [...entries(kind).values()].map(toModelInfo),
    mergeModels(kind, overrides) {
      const own = new Map(overrides.map((override) => [override.id, override]));
      const listed = [...entries(kind).values()].map((model) => {
        const override = own.get(model.id);
        return override === undefined ? toModelInfo(model) : overridden(override, model);
      });
      const added = overrides.filter((override) => !entries(kind).has(override.id));
      return [...listed, ...added.map((override) => overridden(override, undefined))];
    },
  };
}

function toModelInfo(model: CatalogModel): ModelInfo {
  return withoutUndefined({
    id: model.id,
    price: catalogPrice(model),
    contextTokens: model.contextTokens,
    maxOutputTokens: model.maxOutputTokens,
  });
}

function overridden(override: ModelConfig, model: CatalogModel | undefined): ModelInfo {
  return withoutUndefined({
    id: override.id,
    price: overriddenPrice(override, model),
    contextTokens: override.contextTokens ?? model?.contextTokens,
    maxOutputTokens: override.maxOutputTokens ?? model?.maxOutputTokens,
  });
}

function withoutUndefined(info: { id: string } & { [K in keyof ModelInfo]: ModelInfo[K] | undefined }): ModelInfo {
  const { id, price, contextTokens, maxOutputTokens } = info;
  return {
    id,
    ...(price === undefined ? {} : { price }),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  };
}
