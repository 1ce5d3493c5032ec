/** All readings of one model to one catalog entry, with the sources of every value and what they disagree on. */
import type { CatalogModel, CatalogTier } from '../../proxy/catalog/catalog-model.ts';
import { type Agreement, agree, type Opinions } from './agree.ts';
import { believed } from './believed.ts';
import type { ModelIdentity, Readings } from './model-identity.ts';
import {
  defined,
  EXTRA_FIELDS,
  type Extras,
  RATE_FIELDS,
  type Rates,
  type Reading,
  SOURCES,
  type SourceName,
} from './reading.ts';

export interface Disagreement {
  readonly model: string;
  readonly field: string;
  readonly taken: string;
  readonly said: Readonly<Partial<Record<SourceName, string>>>;
  /** Why this one was taken. */
  readonly remark: string;
}

export interface SettledModel {
  readonly model: CatalogModel;
  readonly disagreements: readonly Disagreement[];
}

const REMARKS: Readonly<Record<Agreement['why'], string>> = {
  'own list': "the provider's own list",
  majority: 'majority',
  highest: 'no majority: the highest',
};

/** Undefined when no source knows both prices (an embedding has one): a model without a price is no use to a ledger. */
export function settleModel(identity: ModelIdentity, given: Readings): SettledModel | undefined {
  const { id, purpose, own } = identity;
  const readings = believed(identity, given);
  const vote = new Vote(id, readings, own);
  const base = vote.rates('', (reading) => reading.rates);
  const isEmbedding = purpose === 'embedding';
  const { inputUsdPerMTok, outputUsdPerMTok } = base;
  if (inputUsdPerMTok === undefined || (outputUsdPerMTok === undefined && !isEmbedding)) return undefined;
  // Only where it differs: the reasoning tokens of most models cost what their output costs.
  if (base.reasoningUsdPerMTok === outputUsdPerMTok) vote.drop(base, 'reasoningUsdPerMTok');
  const extras: Extras = {};
  for (const field of EXTRA_FIELDS) {
    const value = vote.number(field, (reading) => reading.extras?.[field]);
    if (value !== undefined) extras[field] = value;
  }
  for (const [field, same] of [
    ['audioInputUsdPerMTok', inputUsdPerMTok],
    ['imageOutputUsdPerMTok', outputUsdPerMTok],
  ] as const) {
    if (extras[field] === same) vote.drop(extras, field);
  }
  const contextTokens = vote.number('contextTokens', (reading) => reading.contextTokens);
  const limits: Partial<Record<'maxOutputTokens', number>> = {};
  const maxOutputTokens = isEmbedding
    ? undefined
    : vote.number('maxOutputTokens', (reading) => reading.maxOutputTokens);
  if (maxOutputTokens !== undefined) limits.maxOutputTokens = maxOutputTokens;
  // More output than fits the window is no limit but a slip.
  if (maxOutputTokens !== undefined && contextTokens !== undefined && maxOutputTokens > contextTokens)
    vote.drop(limits, 'maxOutputTokens');
  const model = defined<CatalogModel>({
    id,
    purpose,
    family: identity.family,
    responsesOnly: identity.responsesOnly === true ? true : undefined,
    ...base,
    inputUsdPerMTok,
    ...extras,
    tiers: tiersOf(vote, readings),
    contextTokens,
    ...limits,
    // Modalities are a list with a meaning of its own in each source ("pdf" in one only): the most detailed one speaks.
    inputModalities: vote.first('inputModalities', (reading) => reading.inputModalities),
    outputModalities: isEmbedding ? undefined : vote.first('outputModalities', (reading) => reading.outputModalities),
    tools: isEmbedding ? undefined : vote.newest('tools', (reading) => reading.tools),
    reasoning: isEmbedding ? undefined : vote.newest('reasoning', (reading) => reading.reasoning),
    structuredOutput: isEmbedding ? undefined : vote.newest('structuredOutput', (reading) => reading.structuredOutput),
    from: vote.from,
  } as { [K in keyof CatalogModel]: CatalogModel[K] | undefined });
  return { model, disagreements: vote.disagreements };
}

/** As many thresholds as the source with most of them names; a rate a tier does not name stays the one below it. */
function tiersOf(vote: Vote, readings: Readings): CatalogTier[] | undefined {
  const length = Math.max(0, ...Object.values(readings).map((reading) => reading?.tiers?.length ?? 0));
  const tiers: CatalogTier[] = [];
  for (let index = 0; index < length; index++) {
    const prefix = `tiers.${index}.`;
    const aboveInputTokens = vote.number(
      `${prefix}aboveInputTokens`,
      (reading) => reading.tiers?.[index]?.aboveInputTokens,
    );
    const rates = vote.rates(prefix, (reading) => reading.tiers?.[index]?.rates);
    if (rates.reasoningUsdPerMTok !== undefined) vote.drop(rates, 'reasoningUsdPerMTok', prefix);
    if (aboveInputTokens !== undefined && Object.keys(rates).length > 0) tiers.push({ aboveInputTokens, ...rates });
  }
  return tiers.length === 0 ? undefined : tiers;
}

/** Collects the opinions on one model, field by field. */
class Vote {
  readonly from: Record<string, SourceName[]> = {};
  readonly disagreements: Disagreement[] = [];
  readonly #model: string;
  readonly #readings: Readings;
  readonly #own: SourceName | undefined;

  constructor(model: string, readings: Readings, own: SourceName | undefined) {
    this.#model = model;
    this.#readings = readings;
    this.#own = own;
  }

  number(field: string, read: (reading: Reading) => number | undefined): number | undefined {
    const opinions: Opinions = Object.fromEntries(this.#given(read));
    const agreement = agree(opinions, this.#own);
    if (agreement === undefined) return undefined;
    this.from[field] = [...agreement.from];
    if (agreement.against.length > 0) this.#note(field, agreement.value, REMARKS[agreement.why], this.#given(read));
    return agreement.value;
  }

  /** Of a fact that is no figure: the provider's own list, else the newest snapshot. */
  newest<T>(field: string, read: (reading: Reading) => T | undefined): T | undefined {
    const given = this.#given(read);
    const taken = given.find(([source]) => source === this.#own) ?? given.at(-1);
    if (taken === undefined) return undefined;
    const [source, value] = taken;
    if (given.some(([, other]) => other !== value))
      this.#note(field, value, source === this.#own ? REMARKS['own list'] : 'the newest snapshot', given);
    this.from[field] = given.filter(([, other]) => other === value).map(([name]) => name);
    return value;
  }

  first<T>(field: string, read: (reading: Reading) => T | undefined): T | undefined {
    const given = this.#given(read);
    const taken = given.find(([source]) => source === this.#own) ?? given[0];
    if (taken === undefined) return undefined;
    this.from[field] = [taken[0]];
    return taken[1];
  }

  rates(prefix: string, read: (reading: Reading) => Rates | undefined): Rates {
    const found: Rates = {};
    for (const field of RATE_FIELDS) {
      const value = this.number(prefix + field, (reading) => read(reading)?.[field]);
      if (value !== undefined) found[field] = value;
    }
    return found;
  }

  drop<F extends string>(values: Partial<Record<F, number>>, field: F, prefix = ''): void {
    delete values[field];
    delete this.from[prefix + field];
  }

  #given<T>(read: (reading: Reading) => T | undefined): [SourceName, T][] {
    return SOURCES.flatMap((source): [SourceName, T][] => {
      const reading = this.#readings[source];
      const value = reading === undefined ? undefined : read(reading);
      return value === undefined ? [] : [[source, value]];
    });
  }

  #note(field: string, taken: unknown, remark: string, given: readonly [SourceName, unknown][]): void {
    const said = Object.fromEntries(given.map(([source, value]) => [source, String(value)]));
    this.disagreements.push({ model: this.#model, field, taken: String(taken), said, remark });
  }
}
