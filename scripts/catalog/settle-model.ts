/** All readings of one model to one catalog entry, with the sources of every value and what they disagree on. */
import type { CatalogModel } from '../../proxy/catalog/catalog-file.ts';
import { agree, type Opinions } from './agree.ts';
import { defined, RATE_FIELDS, type RateField, type Rates, type Reading, SOURCES, type SourceName } from './reading.ts';

export type Readings = Partial<Record<SourceName, Reading>>;

export interface Disagreement {
  readonly model: string;
  readonly field: string;
  readonly taken: string;
  readonly said: Readonly<Partial<Record<SourceName, string>>>;
  /** Why this one was taken, when it was not a majority. */
  readonly remark: string;
}

export interface SettledModel {
  readonly model: CatalogModel;
  readonly disagreements: readonly Disagreement[];
}

/** Undefined when no source knows both prices: a model without a price is no use to a ledger. */
export function settleModel(id: string, readings: Readings): SettledModel | undefined {
  const disagreements: Disagreement[] = [];
  const from: Record<string, string> = {};

  const number = (field: string, read: (reading: Reading) => number | undefined): number | undefined => {
    const opinions = opinionsOf(readings, read);
    const agreement = agree(opinions);
    if (agreement === undefined) return undefined;
    from[field] = agreement.from.join(', ');
    if (agreement.against.length > 0) {
      const remark = agreement.from.length > 1 ? 'majority' : 'no majority: the highest';
      disagreements.push({ model: id, field, taken: String(agreement.value), said: asText(opinions), remark });
    }
    return agreement.value;
  };
  const newest = <T>(field: string, read: (reading: Reading) => T | undefined): T | undefined => {
    const given = SOURCES.filter((source) => opinionOf(readings, source, read) !== undefined);
    const source = given.at(-1);
    if (source === undefined) return undefined;
    const value = opinionOf(readings, source, read);
    const said = Object.fromEntries(given.map((name) => [name, String(opinionOf(readings, name, read))]));
    if (new Set(Object.values(said)).size > 1)
      disagreements.push({ model: id, field, taken: String(value), said, remark: 'the newest snapshot' });
    from[field] = given.filter((name) => said[name] === String(value)).join(', ');
    return value;
  };
  const rates = (prefix: string, read: (reading: Reading) => Rates | undefined): Rates => {
    const found: Rates = {};
    for (const field of RATE_FIELDS) {
      const value = number(prefix + field, (reading) => plausible(read(reading), field));
      if (value !== undefined) found[field] = value;
    }
    return found;
  };

  const base = rates('', (reading) => reading.rates);
  const { inputUsdPerMTok, outputUsdPerMTok } = base;
  if (inputUsdPerMTok === undefined || outputUsdPerMTok === undefined) return undefined;
  const aboveInputTokens = number('longContext.aboveInputTokens', (reading) => reading.longContext?.aboveInputTokens);
  const long = rates('longContext.', (reading) => reading.longContext?.rates);
  const model = defined<CatalogModel>({
    id,
    ...base,
    inputUsdPerMTok,
    outputUsdPerMTok,
    longContext: aboveInputTokens === undefined ? undefined : longContext(aboveInputTokens, base, long),
    contextTokens: number('contextTokens', (reading) => reading.contextTokens),
    maxOutputTokens: number('maxOutputTokens', (reading) => reading.maxOutputTokens),
    // Modalities are a list with a meaning of its own in each source ("pdf" in one only): the most detailed one speaks.
    inputModalities: first(readings, from, 'inputModalities', (reading) => reading.inputModalities),
    outputModalities: first(readings, from, 'outputModalities', (reading) => reading.outputModalities),
    tools: newest('tools', (reading) => reading.tools),
    reasoning: newest('reasoning', (reading) => reading.reasoning),
    structuredOutput: newest('structuredOutput', (reading) => reading.structuredOutput),
    from,
  });
  return { model, disagreements };
}

/** A cache read for nothing beside a priced input is a gap in the source, not a gift. */
function plausible(rates: Rates | undefined, field: RateField): number | undefined {
  const value = rates?.[field];
  if (field === 'cacheReadUsdPerMTok' && value === 0 && (rates?.inputUsdPerMTok ?? 0) > 0) return undefined;
  return value;
}

function longContext(aboveInputTokens: number, base: Rates, long: Rates): CatalogModel['longContext'] {
  const { inputUsdPerMTok = base.inputUsdPerMTok, outputUsdPerMTok = base.outputUsdPerMTok } = long;
  if (inputUsdPerMTok === undefined || outputUsdPerMTok === undefined) return undefined;
  return { aboveInputTokens, ...long, inputUsdPerMTok, outputUsdPerMTok };
}

function opinionsOf(readings: Readings, read: (reading: Reading) => number | undefined): Opinions {
  return defined<Opinions>(Object.fromEntries(SOURCES.map((source) => [source, opinionOf(readings, source, read)])));
}

function opinionOf<T>(
  readings: Readings,
  source: SourceName,
  read: (reading: Reading) => T | undefined,
): T | undefined {
  const reading = readings[source];
  return reading === undefined ? undefined : read(reading);
}

function first<T>(
  readings: Readings,
  from: Record<string, string>,
  field: string,
  read: (reading: Reading) => T | undefined,
): T | undefined {
  const source = SOURCES.find((name) => opinionOf(readings, name, read) !== undefined);
  if (source === undefined) return undefined;
  from[field] = source;
  return opinionOf(readings, source, read);
}

function asText(opinions: Opinions): Record<string, string> {
  return Object.fromEntries(Object.entries(opinions).map(([source, value]) => [source, String(value)]));
}
