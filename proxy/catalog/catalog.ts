/** What Gatehouse knows of models on its own: facts and prices by provider kind and exact model id. */
import type { ModelConfig, ProviderKind } from '../contract/config.ts';
import type { ModelInfo } from '../providers/types.ts';
import { catalogFile } from './catalog-file.ts';
import type { CatalogModel } from './catalog-model.ts';
import { rowReader } from './catalog-row.ts';
import { overriddenInfo, toModelInfo } from './model-info.ts';

export interface FamilyMember {
  readonly kind: ProviderKind;
  readonly modelId: string;
}

export interface Catalog {
  /** The day its prices are of, YYYY-MM-DD. */
  readonly asOf: string;
  /** The kinds of provider it has models of. */
  readonly kinds: readonly ProviderKind[];
  /** Every fact of one model, with the sources; dated ids are entries of their own. Undefined: not listed. */
  entry(kind: ProviderKind, modelId: string): CatalogModel | undefined;
  models(kind: ProviderKind): readonly ModelInfo[];
  /** The models of one provider: the catalog's, with the config's laid over them field by field, and the config's own. */
  mergeModels(kind: ProviderKind, overrides: readonly ModelConfig[]): readonly ModelInfo[];
  /** Family -> its members at all kinds of provider. Reads the whole catalog at the first call. */
  families(): ReadonlyMap<string, readonly FamilyMember[]>;
  /** The models of one kind that belong to a family, e.g. a dated and an undated id. */
  inFamily(kind: ProviderKind, family: string): readonly ModelInfo[];
}

/**
 * Throws a ZodError when the file is not a catalog: it is part of the program, so that is a broken build. Rows are read
 * when somebody asks for their kind (RangeError for a broken one), and what was read is not kept: a config is applied
 * seldom, and a gateway that idles should not hold every fact of every model.
 */
export function createCatalog(json: unknown): Catalog {
  const file = catalogFile.parse(json);
  const { asOf } = file;
  const decode = rowReader(file.sources.map(({ name }) => name));
  const kinds = Object.keys(file.kinds) as ProviderKind[];
  let families: ReadonlyMap<string, readonly FamilyMember[]> | undefined;

  const read = (kind: ProviderKind): ReadonlyMap<string, CatalogModel> => {
    const rows = file.kinds[kind] ?? [];
    const models = new Map(rows.map((row) => decode(row)).map((model) => [model.id, model]));
    if (models.size !== rows.length) throw new RangeError(`the catalog lists a model of ${kind} twice`);
    return models;
  };
  const info = (model: CatalogModel): ModelInfo => toModelInfo(model, asOf);

  return {
    asOf,
    kinds,
    entry(kind, modelId) {
      const row = file.kinds[kind]?.find((candidate) => candidate.startsWith(`${modelId}|`));
      return row === undefined ? undefined : decode(row);
    },
    models: (kind) => [...read(kind).values()].map(info),
    mergeModels(kind, overrides) {
      const listed = read(kind);
      const own = new Map(overrides.map((override) => [override.id, override]));
      const known = [...listed.values()].map((model) => {
        const override = own.get(model.id);
        return override === undefined ? info(model) : overriddenInfo(override, model, asOf);
      });
      const added = overrides.filter((override) => !listed.has(override.id));
      return [...known, ...added.map((override) => overriddenInfo(override, undefined, asOf))];
    },
    families() {
      families ??= groupByFamily(kinds, read);
      return families;
    },
    inFamily: (kind, family) => [...read(kind).values()].filter((model) => model.family === family).map(info),
  };
}

function groupByFamily(
  kinds: readonly ProviderKind[],
  read: (kind: ProviderKind) => ReadonlyMap<string, CatalogModel>,
): ReadonlyMap<string, readonly FamilyMember[]> {
  const families = new Map<string, FamilyMember[]>();
  for (const kind of kinds) {
    for (const { id, family } of read(kind).values()) {
      if (family === undefined) continue;
      const members = families.get(family) ?? [];
      families.set(family, members);
      members.push({ kind, modelId: id });
    }
  }
  return families;
}
