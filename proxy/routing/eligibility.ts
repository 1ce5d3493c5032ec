/**
 * Which targets may serve a call at all. An ineligible target is never tried; what nobody knows (undefined) is no reason
 * against one. Pure.
 */
import type { Mode } from '../contract/config.ts';
import type { ExclusionReason, RouteExclusion } from '../contract/routes.ts';
import { matchesPattern } from '../core/patterns.ts';
import { tierRank } from '../core/tiers.ts';
import { countBits, HELD_AGAINST_FORCED, lackReason, needBits } from './capabilities.ts';
import { contextRoom } from './context-room.ts';
import { explainExclusion } from './explain-exclusion.ts';
import { fitsInto, holdingNano, tokensAtMost } from './holding.ts';
import type { IndexedTarget } from './model-index.ts';
import type { RoutingState } from './state.ts';
import type { Caller, CallShape } from './types.ts';

export interface Gate {
  /**
   * Why the target may not serve the call; undefined: it may. A `forced` target was named by the client: it is spared what
   * is only likely (a context that is a little too small, an answer longer than the catalog allows), since the provider
   * knows better and nobody else is to serve the call instead.
   */
  check(target: IndexedTarget, forced: boolean): ExclusionReason | undefined;
  explain(target: IndexedTarget, reason: ExclusionReason): RouteExclusion;
  /** How many of the call's needs nobody knows the target to meet. */
  unknownNeeds(target: IndexedTarget): number;
  /** What a reserve there will hold; undefined: no bound can be given. */
  neededNano(target: IndexedTarget): number | undefined;
}

/** A call's tokens are estimated from its bytes; only this much less is surely too much. */
const SURE_SHARE = 0.5;

/** @param mode the one in force, whoever asked for it: privacy is a promise that forced targets keep, too */
export function createGate(shape: CallShape, caller: Caller, state: RoutingState, mode: Mode): Gate {
  const { policy } = caller;
  const { inputTokensEstimate: input, maxOutputTokens: output } = shape;
  const nativeOnly = !shape.translatable;
  let bits: number | undefined;
  const needed = (): number => {
    bits ??= needBits(shape.needs());
    return bits;
  };

  function policyReason({ endpoint, tier }: IndexedTarget): ExclusionReason | undefined {
    if (policy?.models !== undefined && !matchesPattern(policy.models, endpoint)) return 'model_not_allowed';
    const { maxTier } = policy ?? {};
    if (maxTier === undefined) return undefined;
    return tier === undefined || tierRank(tier) > tierRank(maxTier) ? 'tier_too_high' : undefined;
  }

  function sizeReason({ info, provider }: IndexedTarget, forced: boolean): ExclusionReason | undefined {
    const room = contextRoom(info);
    const needed = forced ? input * SURE_SHARE : input + (output ?? 0);
    if (room !== undefined && needed > room) return 'context_too_small';
    const most = info?.maxOutputTokens;
    if (forced || output === undefined || most === undefined || output <= most) return undefined;
    // Translations to these two say less instead, with a warning.
    const translated = !provider.protocols.includes(shape.protocol);
    const clamps = provider.protocol === 'anthropic-messages' || provider.protocol === 'bedrock-converse';
    return translated && clamps ? undefined : 'output_too_small';
  }

  function protocolReason({ info, provider }: IndexedTarget): ExclusionReason | undefined {
    if (!nativeOnly) return undefined;
    const responsesOnly = info?.responsesOnly === true && provider.protocols.includes('openai-responses');
    if (responsesOnly) return shape.protocol === 'openai-responses' ? undefined : 'wrong_protocol';
    return provider.protocols.includes(shape.protocol) ? undefined : 'wrong_protocol';
  }

  function purposeReason({ info }: IndexedTarget, forced: boolean): ExclusionReason | undefined {
    const purpose = info?.purpose;
    if (forced || purpose === undefined || purpose === shape.operation) return undefined;
    // Most servers continue texts with their chat models, too.
    return shape.operation === 'completion' && purpose === 'chat' ? undefined : 'wrong_purpose';
  }

  /** The call's needs are looked up (which may decode it) only where the target is known to lack something. */
  function capabilityReason({ capabilities }: IndexedTarget, forced: boolean): ExclusionReason | undefined {
    const lacking = forced ? capabilities.lacking & HELD_AGAINST_FORCED : capabilities.lacking;
    return lacking === 0 ? undefined : lackReason(lacking & needed());
  }

  function moneyReason(target: IndexedTarget): ExclusionReason | undefined {
    const { info, provider } = target;
    if (state.budgeted) {
      const unpriced = info?.price === undefined;
      if (unpriced && !(info?.allowUnpriced ?? provider.config.allowUnpriced ?? false)) return 'price_unknown';
      if (!unpriced && tokensAtMost(shape, info) === undefined) return 'price_unknown';
    }
    const left = state.leftNano(target);
    return left !== undefined && fitsInto(left, shape, info) === false ? 'over_budget' : undefined;
  }

  function healthReason({ endpoint, scope }: IndexedTarget): ExclusionReason | undefined {
    const credential = state.credential(scope.provider);
    if (credential === 'missing') return 'credential_missing';
    if (credential === 'refused') return 'credential_refused';
    const { breaker, providerBreaker } = state.health(endpoint);
    return breaker === 'open' || providerBreaker === 'open' ? 'breaker_open' : undefined;
  }

  return {
    check(target, forced) {
      if (!target.enabled) return 'disabled';
      if (state.killed(target.scope)) return 'killed';
      return (
        policyReason(target) ??
        (mode === 'privacy' && !target.isPrivate ? 'not_private' : undefined) ??
        protocolReason(target) ??
        purposeReason(target, forced) ??
        sizeReason(target, forced) ??
        healthReason(target) ??
        capabilityReason(target, forced) ??
        moneyReason(target)
      );
    },
    explain: (target, reason) => ({
      provider: target.scope.provider,
      model: target.modelId,
      reason,
      message: explainExclusion(target, reason, shape, caller),
    }),
    unknownNeeds: ({ capabilities }) => (capabilities.unknown === 0 ? 0 : countBits(capabilities.unknown & needed())),
    neededNano: ({ info }) => holdingNano(shape, info),
  };
}
