/** Which models there are: what a running gateway says, else what config and catalog say. */
import { builtInCatalog } from '../../catalog/built-in.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { defaultConfig } from '../../config/default-config.ts';
import { loadConfigFile } from '../../config/load-config-file.ts';
import { ConfigError } from '../../config/problem.ts';
import { type Config, config as configSchema, type ProviderConfig } from '../../contract/config.ts';
import type { ModelView } from '../../contract/views.ts';
import { modelView } from '../../control/views/model-view.ts';
import { systemClock } from '../../core/clock.ts';
import { listModels as simulatorModels } from '../../providers/simulator/models.ts';
import type { ModelInfo } from '../../providers/types.ts';
import { createConfigVersions } from '../../storage/config-versions.ts';
import { CliError } from '../cli-io.ts';
import { findGateway } from '../doctor/check-gateway.ts';
import { openReadOnly } from '../read-only-database.ts';

export interface ModelQuery {
  readonly dataDir: string;
  /** Read this file instead of asking the gateway or the stored config. */
  readonly configPath?: string | undefined;
  /** A provider's id, or a kind that the catalog covers. */
  readonly provider?: string | undefined;
  /** Everything that the catalog holds, set up or not. */
  readonly wholeCatalog: boolean;
}

export interface FoundModels {
  readonly models: readonly ModelView[];
  /** For people: where this comes from, when that is not a running gateway. */
  readonly remark?: string;
}

/** Throws CliError for a provider that is neither set up nor in the catalog, ConfigError for a file that does not hold. */
export async function findModels({ dataDir, configPath, provider, wholeCatalog }: ModelQuery): Promise<FoundModels> {
  const catalog = builtInCatalog();
  if (wholeCatalog) {
    const models = catalog.kinds.flatMap((kind) => viewsOf(kind, catalog.models(kind)));
    return narrowed(
      { models, remark: 'The whole catalog, by kind of provider, whether set up here or not.' },
      provider,
    );
  }
  const here = configPath === undefined ? await modelsHere(dataDir, catalog) : await modelsOfFile(configPath, catalog);
  const known = provider === undefined || here.models.some((model) => model.provider === provider);
  if (known) return narrowed(here, provider);
  const kind = catalog.kinds.find((candidate) => candidate === provider);
  if (kind === undefined) {
    throw new CliError(
      `There is no provider "${provider}" with models here, and the catalog covers none of that name. It covers: ${catalog.kinds.join(', ')}.`,
    );
  }
  return {
    models: viewsOf(kind, catalog.models(kind)),
    remark: `No provider "${kind}" is set up here; this is what the catalog knows of it.`,
  };
}

async function modelsHere(dataDir: string, catalog: Catalog): Promise<FoundModels> {
  const { lives, running } = await findGateway(dataDir);
  if (running !== undefined) return { models: await running.client.models.list() };
  const why = lives ? 'The running gateway cannot be asked from here' : 'No gateway runs on this data directory';
  return {
    models: configuredModels(storedConfig(dataDir), catalog),
    remark: `${why}: this is from config and catalog, without what providers list themselves.`,
  };
}

async function modelsOfFile(path: string, catalog: Catalog): Promise<FoundModels> {
  const parsed = await loadConfigFile(path);
  if (!parsed.ok) throw new ConfigError(parsed.problems, path);
  return { models: configuredModels(parsed.config, catalog) };
}

function storedConfig(dataDir: string): Config {
  const db = openReadOnly(dataDir);
  if (db === undefined) return defaultConfig();
  try {
    const current = createConfigVersions({ db, clock: systemClock }).current();
    return current === undefined ? defaultConfig() : configSchema.parse(JSON.parse(current.json));
  } finally {
    db.close();
  }
}

function configuredModels(config: Config, catalog: Catalog): ModelView[] {
  const infos = (provider: ProviderConfig) =>
    provider.kind === 'simulator' ? simulatorModels(provider) : catalog.mergeModels(provider.kind, provider.models);
  return config.providers
    .filter((provider) => provider.enabled)
    .flatMap((provider) => viewsOf(provider.id, infos(provider)));
}

function viewsOf(provider: string, models: readonly ModelInfo[]): ModelView[] {
  return models.map((model) => modelView(provider, model));
}

function narrowed(found: FoundModels, provider: string | undefined): FoundModels {
  if (provider === undefined) return found;
  return { ...found, models: found.models.filter((model) => model.provider === provider) };
}
