/** Which tier a call for `auto` belongs to. */
import type { Tier } from '../contract/config.ts';
import { GatehouseError } from '../core/errors.ts';
import { classify } from './classify.ts';
import type { CallShape } from './types.ts';

export interface AutoTier {
  readonly tier: Tier;
  /** Sentences for the trace. */
  readonly reasons: readonly string[];
}

/** Throws GatehouseError invalid_request for calls that are no conversation: nothing could be chosen for them. */
export function autoTier(shape: CallShape): AutoTier {
  if (shape.operation !== 'chat')
    throw new GatehouseError(
      'invalid_request',
      `"auto" chooses among chat models, and this is a call for ${shape.operation}: name the model that is to serve it`,
      { param: 'model' },
    );
  const call = shape.call();
  if (call === undefined)
    return { tier: 'standard', reasons: ['The call looks standard: what is in it was not looked at.'] };
  const { tier, reasons } = classify(call);
  return { tier, reasons: [`The call looks ${tier}: ${reasons.join(', ')}.`] };
}
