/** The most an attempt can cost: what a reserve holds. */

import { GatehouseError } from '../core/errors.ts';
import { upperBoundNano } from '../core/price.ts';
import type { RequestFacts } from '../protocols/codec.ts';
import type { ModelInfo } from '../providers/types.ts';

/**
 * Nano-dollars. Input is bounded by the bytes sent and by the model's context; output by what the client allows, else by
 * what the model can. Without budgets an unpriced model is served and holds nothing.
 * Throws GatehouseError price_unknown when a budget stands and no bound can be given.
 */
export function attemptBoundNano(facts: RequestFacts, info: ModelInfo | undefined, budgeted: boolean): number {
  const price = info?.price;
  if (price === undefined) {
    if (!budgeted) return 0;
    throw new GatehouseError(
      'price_unknown',
      'no price is known for this model, so a budget cannot be kept. Give the model a price in its provider settings (inputUsdPerMTok, outputUsdPerMTok), or lift the budget',
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
  const inputTokens = Math.min(facts.inputTokensMax, info?.contextTokens ?? Number.POSITIVE_INFINITY);
  return upperBoundNano(inputTokens, (outputTokens ?? 0) * facts.choices, price);
}

function outputTokensMax(facts: RequestFacts, info: ModelInfo | undefined): number | undefined {
  return facts.maxOutputTokens ?? info?.maxOutputTokens ?? info?.contextTokens;
}
