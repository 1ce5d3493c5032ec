/** The most an attempt can cost: what a reserve holds. */

import { GatehouseError } from '../core/errors.ts';
import { type ExtraBounds, upperBoundNano } from '../core/price.ts';
import type { RequestFacts } from '../protocols/codec.ts';
import type { ModelInfo } from '../providers/types.ts';

/**
 * Nano-dollars. Input is bounded by the bytes sent and by the model's context; output by what the client allows, else by
 * what the model can. An unpriced model holds nothing: without budgets, or where the config says `allowUnpriced`, of the
 * model or else of its provider. Searches are bounded by what the request allows (see protocols/search-tools.ts), and where
 * they have no known price, the bridge warns: such a bound, like such a charge, is one of the tokens only.
 * Throws GatehouseError price_unknown when a budget stands and no bound can be given.
 */
export function attemptBoundNano(
  facts: RequestFacts,
  info: ModelInfo | undefined,
  budgeted: boolean,
  providerAllowsUnpriced = false,
): number {
  const price = info?.price;
  if (price === undefined) {
    if (!budgeted || (info?.allowUnpriced ?? providerAllowsUnpriced)) return 0;
    throw new GatehouseError(
      'price_unknown',
      'no price is known for this model, so a budget cannot be kept. Give the model a price in its provider settings (inputUsdPerMTok, outputUsdPerMTok), set allowUnpriced there to serve it outside all budgets, or lift the budget',
      { param: 'model' },
    );
  }
  const outputTokens = outputTokensMax(facts, info);
  if (outputTokens === undefined && budgeted && price.outputNanoPerMTok > 0) {
    throw new GatehouseError(
      'price_unknown',
      'how long an answer of this model can get is not known, so a budget cannot be kept. Send max_tokens, or give the model maxOutputTokens in its provider settings',
      { param: 'max_tokens' },
    );
  }
  const { inputTokensMax, extras } = inputBound(facts, info);
  return upperBoundNano(inputTokensMax, (outputTokens ?? 0) * facts.choices, price, extras);
}

/** The part of the bound that a shorter answer does not change. */
export function inputBound(
  facts: RequestFacts,
  info: ModelInfo | undefined,
): { readonly inputTokensMax: number; readonly extras: ExtraBounds } {
  const { audio = false, searchesMax = 0 } = facts;
  return {
    inputTokensMax: Math.min(facts.inputTokensMax, inputTokensLimit(info)),
    extras: { audio, searchesMax: searchesMax * facts.choices },
  };
}

function outputTokensMax(facts: RequestFacts, info: ModelInfo | undefined): number | undefined {
  return facts.maxOutputTokens ?? info?.maxOutputTokens ?? info?.contextTokens;
}

/** A price for input above the usual window says that a longer one is sold too (a million tokens on demand): no limit then. */
function inputTokensLimit(info: ModelInfo | undefined): number {
  const { contextTokens = Number.POSITIVE_INFINITY, price } = info ?? {};
  const longContext = price?.longContext;
  const longerIsSold = longContext !== undefined && longContext.aboveInputTokens >= contextTokens;
  return longerIsSold ? Number.POSITIVE_INFINITY : contextTokens;
}
