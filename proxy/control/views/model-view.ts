/** Every model that the enabled providers are known to serve. Unknown prices are left out, never 0. */
import { NANO_PER_USD } from '../../contract/money.ts';
import type { ModelView } from '../../contract/views.ts';
import type { Price } from '../../core/price.ts';
import type { ModelInfo, Provider } from '../../providers/types.ts';

export function modelViews(providers: ReadonlyMap<string, Provider>): ModelView[] {
  return [...providers.values()]
    .filter((provider) => provider.config.enabled)
    .flatMap((provider) => provider.models().map((model) => modelView(provider.config.id, model)));
}

/** `provider` is the id that its models go by. */
export function modelView(provider: string, model: ModelInfo): ModelView {
  const { id, price, inputModalities, outputModalities } = model;
  return defined<ModelView>({
    id: `${provider}/${id}`,
    provider,
    ...pricesOf(price),
    priceSource: model.priceSource,
    priceAsOf: model.priceAsOf,
    contextTokens: model.contextTokens,
    maxOutputTokens: model.maxOutputTokens,
    family: model.family,
    tier: model.tier,
    purpose: model.purpose,
    inputModalities: inputModalities === undefined ? undefined : [...inputModalities],
    outputModalities: outputModalities === undefined ? undefined : [...outputModalities],
    tools: model.tools,
    reasoning: model.reasoning,
    structuredOutput: model.structuredOutput,
    description: model.description,
  });
}

function pricesOf(price: Price | undefined) {
  const usd = (nano: number | undefined) => (nano === undefined ? undefined : nano / NANO_PER_USD);
  return {
    inputUsdPerMTok: usd(price?.inputNanoPerMTok),
    outputUsdPerMTok: usd(price?.outputNanoPerMTok),
    cacheReadUsdPerMTok: usd(price?.cacheReadNanoPerMTok),
    cacheWriteUsdPerMTok: usd(price?.cacheWriteNanoPerMTok),
  };
}

/** Every field of the view is named, so that a new one is not forgotten; the unknown ones are left out. */
function defined<T extends object>(value: { [K in keyof Required<T>]: Required<T>[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}
