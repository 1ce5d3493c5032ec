/** The catalog and its report from a folder of price snapshots. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type CatalogFile, catalogFile } from '../../proxy/catalog/catalog-file.ts';
import type { CatalogModel } from '../../proxy/catalog/catalog-model.ts';
import { encodeRow } from '../../proxy/catalog/catalog-row.ts';
import { type Listed, listModels } from './candidates.ts';
import { familyOf } from './family.ts';
import type { Readings } from './model-identity.ts';
import { type CatalogProvider, PROVIDERS } from './providers.ts';
import { openGenaiPrices } from './read-genai-prices.ts';
import { type LitellmFile, openLitellm, readLitellm } from './read-litellm.ts';
import { openModelsDev } from './read-models-dev.ts';
import { type OpenRouterList, openOpenRouter } from './read-openrouter.ts';
import { defined, type Reading, SOURCES } from './reading.ts';
import { type BuiltProvider, catalogReport } from './report.ts';
import { type Disagreement, settleModel } from './settle-model.ts';

/** Facts of the snapshots, from the folder's SOURCES.md; in the order of SOURCES. */
const SOURCE_FACTS: CatalogFile['sources'] = [
  {
    name: 'models-dev',
    repository: 'https://github.com/anomalyco/models.dev',
    commit: 'f3fc692299671838c7c65fd8126bf84d81a2e817',
    date: '2026-07-02',
    licence: 'MIT',
  },
  {
    name: 'litellm',
    repository: 'https://github.com/BerriAI/litellm (copy in https://github.com/Prajwalsrinvas/token-tariff)',
    commit: 'dc2baf9d80f97138860483855433ff2936886b20',
    date: '2026-08-01',
    licence: 'MIT',
  },
  {
    name: 'openrouter',
    repository: 'https://openrouter.ai/api/v1/models (copy in https://github.com/Prajwalsrinvas/token-tariff)',
    commit: 'dc2baf9d80f97138860483855433ff2936886b20',
    date: '2026-08-01',
    licence: 'MIT',
  },
  {
    name: 'genai-prices',
    repository: 'https://github.com/pydantic/genai-prices',
    commit: '47df840a5ab10bbcffb8e5ac01b9899032245d1b',
    date: '2026-08-21',
    licence: 'MIT',
  },
];
/** The catalog speaks for this day: models retired before it are left out, dated prices from before it count. */
const AS_OF = '2026-08-21';
const DATE_SUFFIX = /-\d{4}-\d{2}-\d{2}$/;

interface Snapshots {
  readonly litellm: LitellmFile;
  readonly modelsDev: unknown;
  readonly openRouter: OpenRouterList;
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
    openRouter: openOpenRouter(readGzip(folder, 'openrouter-models.json.gz')),
    genaiPrices: JSON.parse(readFileSync(join(folder, 'genai-prices-data.json'), 'utf8')),
  };
  if (SOURCE_FACTS.some(({ name }, index) => name !== SOURCES[index])) throw new Error('the sources are out of order');
  const built = PROVIDERS.map((provider) => buildProvider(provider, snapshots));
  const catalog = catalogFile.parse({
    version: 2,
    asOf: AS_OF,
    sources: SOURCE_FACTS,
    kinds: Object.fromEntries(
      built.map(({ kind, models }) => [kind, models.map((model) => encodeRow(model, SOURCES))]),
    ),
  });
  return { json: `${JSON.stringify(catalog, undefined, 1)}\n`, report: catalogReport({ catalog, built }) };
}

/** The listing sources say which models there are; all of them say what they cost. */
function buildProvider(provider: CatalogProvider, snapshots: Snapshots): BuiltProvider {
  const modelsDev = openModelsDev(snapshots.modelsDev, provider.modelsDev);
  const genaiPrices = openGenaiPrices(snapshots.genaiPrices, provider.genaiPrices, AS_OF);
  const leftOut = new Map<string, string[]>();
  const omit = (reason: string, id: string): void => {
    leftOut.set(reason, [...(leftOut.get(reason) ?? []), id]);
  };
  const models: CatalogModel[] = [];
  const disagreements: Disagreement[] = [];
  const lists = { litellm: snapshots.litellm, modelsDev, openRouter: snapshots.openRouter };
  for (const candidate of listModels(provider, lists, AS_OF)) {
    const { id, purpose, leaveOut, responsesOnly } = candidate;
    if (leaveOut !== undefined) {
      omit(leaveOut, id);
      continue;
    }
    const readings = readingsOf(candidate, {
      modelsDev: modelsDev.read,
      genaiPrices,
      ...(provider.own === 'openrouter' ? { openRouter: snapshots.openRouter.read } : {}),
    });
    const family = familyOf(provider.kind, id);
    const settled = settleModel({ id, purpose, family, responsesOnly, own: provider.own }, readings);
    if (settled === undefined) omit('no source knows its price', id);
    else {
      models.push(settled.model);
      disagreements.push(...settled.disagreements);
    }
  }
  return { kind: provider.kind, models, disagreements, leftOut };
}

interface Readers {
  readonly modelsDev: (id: string) => Reading | undefined;
  readonly genaiPrices: (id: string) => Reading | undefined;
  readonly openRouter?: (id: string) => Reading | undefined;
}

function readingsOf({ id, litellm }: Listed, readers: Readers): Readings {
  // A dated id shares the facts of its base, but not its prices: gpt-4o-2024-05-13 costs twice what gpt-4o costs.
  const modelsDev = readers.modelsDev(id) ?? withoutRates(readers.modelsDev(id.replace(DATE_SUFFIX, '')));
  const fromLitellm = litellm === undefined ? undefined : readLitellm(litellm);
  return defined<Readings>({
    'models-dev': modelsDev,
    litellm:
      fromLitellm !== undefined && isInputLimit(fromLitellm, modelsDev) ? withoutContext(fromLitellm) : fromLitellm,
    openrouter: readers.openRouter?.(id),
    'genai-prices': readers.genaiPrices(id),
  });
}

function withoutRates(reading: Reading | undefined): Reading | undefined {
  if (reading === undefined) return undefined;
  const { rates: _rates, tiers: _tiers, extras: _extras, ...facts } = reading;
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
