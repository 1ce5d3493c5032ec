/**
 * A conversation stays with the target that holds its prompt cache: there most of its input costs a tenth. It leaves when
 * the target fails, or when the target that is best by itself costs less, reading everything anew, than this one does
 * reading everything from its cache. Pure.
 */
import { nanoToUsdString } from '../contract/money.ts';
import { roughCostNano } from './expected-cost.ts';
import type { Scored } from './score.ts';
import type { CallShape, EndpointHealth, EndpointId } from './types.ts';

export interface StickyOutcome {
  readonly ranked: readonly Scored[];
  readonly sticky: boolean;
  /** A sentence for the trace; undefined where nothing was to be decided. */
  readonly reason?: string;
}

/** This share of failures is no longer bad luck. */
const FAILING_ERROR_RATE = 0.5;

/** @param held what served the conversation before; it may be none of the ranked targets any more */
export function stayWithCache(
  ranked: readonly Scored[],
  held: EndpointId | undefined,
  shape: CallShape,
  health: (endpoint: EndpointId) => EndpointHealth,
): StickyOutcome {
  const [best] = ranked;
  const holder = held === undefined ? undefined : ranked.find(({ target }) => target.endpoint === held);
  if (best === undefined || holder === undefined) return { ranked, sticky: false };
  if (holder === best) return { ranked, sticky: true };
  if (isFailing(health(holder.target.endpoint)))
    return { ranked, sticky: false, reason: `${held} holds the conversation's cache, but it is failing.` };
  const staying = roughCostNano(shape, holder.target.info, true);
  const leaving = roughCostNano(shape, best.target.info);
  if (staying !== undefined && leaving !== undefined && leaving < staying) {
    const saved = nanoToUsdString(Math.round(staying - leaving));
    return {
      ranked,
      sticky: false,
      reason: `${held} holds the conversation's cache, but ${best.target.endpoint} costs about $${saved} less without one.`,
    };
  }
  return {
    ranked: [holder, ...ranked.filter((scored) => scored !== holder)],
    sticky: true,
    reason: `The conversation stays with ${held}, which holds its cache.`,
  };
}

function isFailing({ breaker, providerBreaker, errorRate }: EndpointHealth): boolean {
  return breaker !== 'closed' || providerBreaker !== 'closed' || (errorRate ?? 0) >= FAILING_ERROR_RATE;
}
