/** What the model that a client named would have cost, to set the cost of what served against. */
import type { Price } from '../core/price.ts';
import { modelIndexOf } from './model-index.ts';
import { resolveName } from './names.ts';
import type { RoutingState } from './state.ts';

/**
 * Undefined: the name stands for no single model (`auto`, a virtual model), or its price is not known. Of a model that
 * several providers have, the price at the first of them in the config.
 */
export function askedPrice(
  asked: string,
  { providers, rules }: Pick<RoutingState, 'providers' | 'rules'>,
): Price | undefined {
  const named = resolveName(asked, modelIndexOf(providers), rules);
  if (named === undefined || named.kind === 'auto' || named.kind === 'virtual_model') return undefined;
  return named.targets[0]?.info?.price;
}
