/**
 * One model as one line of resources/catalog.json: cells between bars, in the order of COLUMNS, empty for unknown. The last
 * cell holds one hex digit a column: which sources say so, one bit each. A thousand models are a hundred strings' worth of
 * memory until somebody asks for their provider, and a change of one price is a change of one line.
 */
import { type CatalogModel, catalogModel } from './catalog-model.ts';

type Cell = 'text' | 'number' | 'flag' | 'list';

const TIER_RATES = [
  'inputUsdPerMTok',
  'outputUsdPerMTok',
  'cacheReadUsdPerMTok',
  'cacheWriteUsdPerMTok',
  'cacheWrite1hUsdPerMTok',
] as const;

const tierColumns = (index: number): [string, Cell][] =>
  ['aboveInputTokens', ...TIER_RATES].map((field) => [`tiers.${index}.${field}`, 'number']);

const COLUMNS: readonly (readonly [field: string, cell: Cell])[] = [
  ['id', 'text'],
  ['purpose', 'text'],
  ['family', 'text'],
  ['contextTokens', 'number'],
  ['maxOutputTokens', 'number'],
  ['inputModalities', 'list'],
  ['outputModalities', 'list'],
  ['tools', 'flag'],
  ['reasoning', 'flag'],
  ['structuredOutput', 'flag'],
  ['inputUsdPerMTok', 'number'],
  ['outputUsdPerMTok', 'number'],
  ['cacheReadUsdPerMTok', 'number'],
  ['cacheWriteUsdPerMTok', 'number'],
  ['cacheWrite1hUsdPerMTok', 'number'],
  ['reasoningUsdPerMTok', 'number'],
  ['audioInputUsdPerMTok', 'number'],
  ['imageOutputUsdPerMTok', 'number'],
  ['usdPerRequest', 'number'],
  ['usdPerInputImage', 'number'],
  ['usdPerSearch', 'number'],
  ['quality', 'number'],
  ['code', 'number'],
  ['responsesOnly', 'flag'],
  ...tierColumns(0),
  ...tierColumns(1),
];

export const COLUMN_NAMES: readonly string[] = COLUMNS.map(([field]) => field);
const PURPOSE_LETTERS: Readonly<Record<string, CatalogModel['purpose']>> = {
  c: 'chat',
  p: 'completion',
  e: 'embedding',
};
const MODALITY_LETTERS: Readonly<Record<string, string>> = {
  t: 'text',
  i: 'image',
  p: 'pdf',
  a: 'audio',
  v: 'video',
};
const LETTER_OF = new Map(
  [...Object.entries(MODALITY_LETTERS), ...Object.entries(PURPOSE_LETTERS)].map(([letter, name]) => [name, letter]),
);

/** Throws on what is no model, and on a modality without a letter. */
export function encodeRow(model: CatalogModel, sources: readonly string[]): string {
  const values = flatten(catalogModel.parse(model));
  const cells = COLUMNS.map(([field]) => encodeCell(field, values.get(field)));
  const marks = COLUMNS.map(([field]) => maskOf(model.from[field], sources).toString(16)).join('');
  while (cells.at(-1) === '') cells.pop();
  return [...cells, marks.replace(/0+$/, '')].join('|');
}

/**
 * The reader of the rows of one file. It throws a RangeError for a row that is no model. `catalogModel` knows more of what a
 * model is; it has had its say when the row was written, and would take longer than all the rest at every start.
 */
export function rowReader(sources: readonly string[]): (row: string) => CatalogModel {
  // The same few lists for all values: they are compared and shown, never changed.
  const lists = Array.from({ length: 1 << sources.length }, (_, mask) =>
    sources.filter((_name, bit) => (mask & (1 << bit)) !== 0),
  );
  return (row) => decodeRow(row, lists);
}

function decodeRow(row: string, lists: readonly (readonly string[])[]): CatalogModel {
  const cells = row.split('|');
  const marks = cells.pop() ?? '';
  if (cells.length > COLUMNS.length) throw new RangeError('a catalog row has more cells than there are columns');
  const model: Record<string, unknown> = {};
  const tiers: Record<string, unknown>[] = [];
  const from: Record<string, readonly string[]> = {};
  cells.forEach((text, index) => {
    const column = PLACES[index];
    if (text === '' || column === undefined) return;
    const value = decodeCell(column.field, column.cell, text);
    if (value === undefined) throw new RangeError(`a catalog row has "${text}" for ${column.field}`);
    if (column.tier === undefined) model[column.field] = value;
    else {
      const tier = tiers[column.tier] ?? {};
      tiers[column.tier] = tier;
      tier[column.rate] = value;
    }
    const named = lists[Number.parseInt(marks.charAt(index), 16)];
    if (named !== undefined && named.length > 0) from[column.field] = named;
  });
  for (const field of ['id', 'purpose', 'inputUsdPerMTok']) {
    if (model[field] === undefined) throw new RangeError(`a catalog row has no ${field}`);
  }
  return { ...model, ...(tiers.length === 0 ? {} : { tiers }), from } as CatalogModel;
}

/** Where a cell goes: a field of the model, or a rate of one of its tiers. */
const PLACES = COLUMNS.map(([field, cell]) => {
  const [, tier, rate] = /^tiers\.(\d)\.(.+)$/.exec(field) ?? [];
  return { field, cell, tier: tier === undefined ? undefined : Number(tier), rate: rate ?? '' };
});

function flatten({ tiers = [], ...model }: CatalogModel): Map<string, unknown> {
  const values = new Map<string, unknown>(Object.entries(model));
  tiers.forEach((tier, index) => {
    for (const [field, value] of Object.entries(tier)) values.set(`tiers.${index}.${field}`, value);
  });
  return values;
}

function encodeCell(field: string, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (field === 'purpose') return letterOf(String(value));
  if (!Array.isArray(value)) return String(value);
  return value.map((modality) => letterOf(String(modality))).join('');
}

function decodeCell(field: string, cell: Cell, text: string): unknown {
  if (field === 'purpose') return PURPOSE_LETTERS[text];
  switch (cell) {
    case 'text':
      return text;
    case 'number':
      return amount(text);
    case 'flag':
      return text === '1' ? true : text === '0' ? false : undefined;
    case 'list':
      return modalities(text);
    default:
      return cell satisfies never;
  }
}

function amount(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function modalities(letters: string): string[] | undefined {
  const found = [...letters].map((letter) => MODALITY_LETTERS[letter]);
  return found.every((modality) => modality !== undefined) ? found : undefined;
}

function letterOf(modality: string): string {
  const letter = LETTER_OF.get(modality);
  if (letter === undefined) throw new RangeError(`the catalog has no letter for "${modality}"`);
  return letter;
}

function maskOf(named: readonly string[] | undefined, sources: readonly string[]): number {
  return sources.reduce((mask, name, bit) => (named?.includes(name) === true ? mask | (1 << bit) : mask), 0);
}
