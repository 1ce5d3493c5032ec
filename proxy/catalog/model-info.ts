/** A catalog entry, a config's model, or the one laid over the other, as the rest of the gateway sees it. */
import type { ModelConfig } from '../contract/config.ts';
import { NANO_PER_USD } from '../contract/money.ts';
import type { Price } from '../core/price.ts';
import type { ModelInfo } from '../providers/types.ts';
import type { CatalogModel } from './catalog-model.ts';
import { catalogPrice, overriddenPrice, setsPrice } from './model-price.ts';
import { tierOf } from './tier.ts';

type Loose<T> = { [K in keyof T]: T[K] | undefined };

export function toModelInfo(model: CatalogModel, asOf: string): ModelInfo {
  return infoOf(model, undefined, catalogPrice(model), asOf);
}

/** Field by field the config's word counts. */
export function overriddenInfo(override: ModelConfig, model: CatalogModel | undefined, asOf: string): ModelInfo {
  return infoOf(model, override, overriddenPrice(override, model), asOf);
}

function infoOf(
  model: CatalogModel | undefined,
  override: ModelConfig | undefined,
  price: Price | undefined,
  asOf: string,
): ModelInfo {
  const id = override?.id ?? model?.id;
  if (id === undefined) throw new TypeError('a model needs an entry or an override');
  const ownPrice = override !== undefined && setsPrice(override);
  return {
    id,
    ...defined<Omit<ModelInfo, 'id'>>({
      price,
      priceSource: price === undefined ? undefined : ownPrice ? 'config' : model?.from.inputUsdPerMTok?.join(', '),
      priceAsOf: price === undefined || ownPrice ? undefined : asOf,
      allowUnpriced: override?.allowUnpriced,
      contextTokens: override?.contextTokens ?? model?.contextTokens,
      maxOutputTokens: override?.maxOutputTokens ?? model?.maxOutputTokens,
      description: undefined,
      purpose: model?.purpose,
      runsElsewhere: undefined,
      drill: undefined,
      responsesOnly: model?.responsesOnly,
      family: override?.family ?? model?.family,
      tier: override?.tier ?? (price === undefined ? undefined : tierOfPrice(price)),
      quality: override?.quality ?? model?.quality,
      code: override?.code ?? model?.code,
      inputModalities: override?.inputModalities ?? model?.inputModalities,
      outputModalities: model?.outputModalities,
      tools: override?.tools ?? model?.tools,
      reasoning: model?.reasoning,
      structuredOutput: override?.structuredOutput ?? model?.structuredOutput,
    }),
  };
}

function tierOfPrice({ inputNanoPerMTok, outputNanoPerMTok }: Price): ReturnType<typeof tierOf> {
  return tierOf(inputNanoPerMTok / NANO_PER_USD, outputNanoPerMTok / NANO_PER_USD);
}

function defined<T extends object>(value: Loose<Required<T>>): T {
  const known: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) {
    const item = value[key];
    if (item !== undefined) known[key] = item;
  }
  return known as T;
}
