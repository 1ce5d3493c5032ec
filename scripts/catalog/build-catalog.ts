/** The catalog and its report from a folder of price snapshots. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type CatalogFile, type CatalogModel, catalogFile } from '../../proxy/catalog/catalog-file.ts';
import { type CatalogProvider, PROVIDERS } from './providers.ts';
import { openGenaiPrices } from './read-genai-prices.ts';
import { type LitellmFile, openLitellm, readLitellm } from './read-litellm.ts';
import { openModelsDev } from './read-models-dev.ts';
import { defined, type Reading } from './reading.ts';
import { catalogReport } from './report.ts';
import { type Disagreement, type Readings, settleModel } from './settle-model.ts';

/** Facts of the snapshots, from the folder's SOURCES.md. */
const SOURCE_FACTS: CatalogFile['sources'] = {
  'models-dev': {
    repository: 'https://github.com/anomalyco/models.dev',
    commit: 'f3fc692299671838c7c65fd8126bf84d81a2e817',
    date: '2026-07-02',
    licence: 'MIT',
  },
  litellm: {
    repository: 'https://github.com/BerriAI/litellm (copy in https://github.com/Prajwalsrinvas/token-tariff)',
    commit: 'dc2baf9d80f97138860483855433ff2936886b20',
    date: '2026-08-01',
    licence: 'MIT',
  },
  'genai-prices': {
    repository: 'https://github.com/pydantic/genai-prices',
    commit: '47df840a5ab10bbcffb8e5ac01b9899032245d1b',
    date: '2026-08-21',
    licence: 'MIT',
  },
};
/** The catalog speaks for this day: models retired before it are left out, dated prices from before it count. */
const AS_OF = '2026-08-21';
const DATE_SUFFIX = /-\d{4}-\d{2}-\d{2}$/;

interface Snapshots {
  readonly litellm: LitellmFile;
  readonly modelsDev: unknown;
  readonly genaiPrices: unknown;
}

export interface BuiltCatalog {
  /** resources/catalog.json */
  readonly json: string;
  /** docs/catalog-report.md */
  readonly report: string;
}

/** The same folder gives the same bytes. Throws on a snapshot it does not understand. */
export function buildCatalog(folder: string): BuiltCatalog {
  const snapshots: Snapshots = {
    litellm: openLitellm(readGzip(folder, 'litellm-model_prices_and_context_window.json.gz')),
    modelsDev: readGzip(folder, 'models-dev.json.gz'),
    genaiPrices: JSON.parse(readFileSync(join(folder, 'genai-prices-data.json'), 'utf8')),
  };
  const disagreements: Disagreement[] = [];
  const leftOut = new Map<string, string[]>();
  const kinds: CatalogFile['kinds'] = {};
  for (const provider of PROVIDERS) {
    const omit = (reason: string, id: string): void => {
      leftOut.set(reason, [...(leftOut.get(reason) ?? []), id]);
    };
    kinds[provider.kind] = { models: buildProvider(provider, snapshots, disagreements, omit) };
  }
  const catalog = catalogFile.parse({ version: 1, asOf: AS_OF, sources: SOURCE_FACTS, kinds });
  return {
    json: `${JSON.stringify(catalog, undefined, 2)}\n`,
    report: catalogReport({ catalog, disagreements, leftOut }),
  };
}

/** LiteLLM says which models there are (it alone knows their endpoints); all three say what they cost. */
function buildProvider(
  provider: CatalogProvider,
  snapshots: Snapshots,
  disagreements: Disagreement[],
  omit: (reason: string, id: string) => void,
): CatalogModel[] {
  const modelsDev = openModelsDev(snapshots.modelsDev, provider.modelsDev);
  const genaiPrices = openGenaiPrices(snapshots.genaiPrices, provider.genaiPrices, AS_OF);
  const models: CatalogModel[] = [];
  for (const [litellmId, entry] of snapshots.litellm.entries) {
    if (!provider.litellm.includes(String(entry.litellm_provider)) || entry.mode !== 'chat') continue;
    const id = provider.wireId(litellmId);
    const retired = entry.deprecation_date;
    const reason =
      provider.leaveOut(id, entry) ??
      (typeof retired === 'string' && retired <= AS_OF ? `retired before ${AS_OF}` : undefined);
    if (reason !== undefined) {
      omit(reason, id);
      continue;
    }
    const base = id.replace(DATE_SUFFIX, '');
    const dated = modelsDev(id);
    // A dated id shares the facts of its base, but not its prices: gpt-4o-2024-05-13 costs twice what gpt-4o costs.
    const fromBase = dated ?? withoutRates(modelsDev(base));
    const litellm = readLitellm(entry);
    const readings = defined<Readings>({
      'models-dev': fromBase,
      litellm: isInputLimit(litellm, fromBase) ? withoutContext(litellm) : litellm,
      'genai-prices': genaiPrices(id),
    });
    const settled = settleModel(id, readings);
    if (settled === undefined) omit('no source knows both prices', id);
    else {
      models.push(settled.model);
      disagreements.push(...settled.disagreements);
    }
  }
  return models.sort((left, right) => (left.id < right.id ? -1 : 1));
}

function withoutRates(reading: Reading | undefined): Reading | undefined {
  if (reading === undefined) return undefined;
  const { rates: _rates, longContext: _longContext, ...facts } = reading;
  return { ...facts, rates: {} };
}

/** LiteLLM's `max_input_tokens` is the whole window for some models and what is left for input for others. */
function isInputLimit(litellm: Reading, modelsDev: Reading | undefined): boolean {
  return modelsDev?.contextTokens !== undefined && litellm.contextTokens !== modelsDev.contextTokens;
}

function withoutContext(reading: Reading): Reading {
  const { contextTokens: _contextTokens, ...rest } = reading;
  return rest;
}

function readGzip(folder: string, name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString('utf8'));
}
