/**
 * Which targets may serve a call at all. An ineligible target is never tried; what nobody knows (undefined) is no reason
 * against one. Pure.
 */
import type { Mode } from '../contract/config.ts';
import type { ExclusionReason, RouteExclusion } from '../contract/routes.ts';
import { upperBoundNano } from '../core/price.ts';
import type { ModelInfo } from '../providers/types.ts';
import { explainExclusion } from './explain-exclusion.ts';
import type { IndexedTarget } from './model-index.ts';
import { matchesPattern } from './patterns.ts';
import type { RoutingState } from './state.ts';
import { tierRank } from './tiers.ts';
import type { Caller, CallNeeds, CallShape } from './types.ts';

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
  function capabilityReason({ info }: IndexedTarget, forced: boolean): ExclusionReason | undefined {
    if (info === undefined) return undefined;
    const lacking = LACKING.filter(({ lacks, spared }) => lacks(info) && !(forced && spared));
    if (lacking.length === 0) return undefined;
    const needs = shape.needs();
    return lacking.find(({ need }) => needs[need])?.reason;
  }

  function moneyReason(target: IndexedTarget): ExclusionReason | undefined {
    const allowUnpriced = target.info?.allowUnpriced ?? target.provider.config.allowUnpriced ?? false;
    const needed = neededNano(target);
    if (needed === undefined) {
      const unpriced = target.info?.price === undefined;
      return state.budgeted && !(unpriced && allowUnpriced) ? 'price_unknown' : undefined;
    }
    const left = state.leftNano(target);
    return left !== undefined && needed > left ? 'over_budget' : undefined;
  }

  function neededNano({ info }: IndexedTarget): number | undefined {
    if (info?.price === undefined) return undefined;
    const most = output ?? info.maxOutputTokens ?? info.contextTokens;
    if (most === undefined && info.price.outputNanoPerMTok > 0) return undefined;
    const inputMost = Math.min(shape.inputTokensMax ?? input, contextRoom(info) ?? Number.POSITIVE_INFINITY);
    const outputMost = shape.operation === 'embedding' ? (output ?? 0) : (most ?? 0);
    return upperBoundNano(inputMost, outputMost * shape.choices, info.price);
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
    unknownNeeds({ info }) {
      const needs = shape.needs();
      let count = 0;
      for (const { need, unknown } of LACKING) if (needs[need] && (info === undefined || unknown(info))) count += 1;
      return count;
    },
    neededNano,
  };
}

interface Capability {
  readonly need: keyof CallNeeds;
  readonly reason: ExclusionReason;
  readonly lacks: (info: ModelInfo) => boolean;
  readonly unknown: (info: ModelInfo) => boolean;
  /** Not held against a forced target. Images are: some servers drop them without a word. */
  readonly spared: boolean;
}

const unknownModalities = ({ inputModalities }: ModelInfo): boolean => inputModalities === undefined;
const takesNone =
  (...names: readonly string[]) =>
  ({ inputModalities }: ModelInfo): boolean =>
    inputModalities !== undefined && !names.some((name) => inputModalities.includes(name));

const LACKING: readonly Capability[] = [
  {
    need: 'tools',
    reason: 'no_tools',
    lacks: ({ tools }) => tools === false,
    unknown: ({ tools }) => tools === undefined,
    spared: false,
  },
  { need: 'images', reason: 'no_images', lacks: takesNone('image'), unknown: unknownModalities, spared: false },
  { need: 'audio', reason: 'no_audio', lacks: takesNone('audio'), unknown: unknownModalities, spared: true },
  {
    need: 'documents',
    reason: 'no_documents',
    lacks: takesNone('pdf', 'file', 'document'),
    unknown: unknownModalities,
    spared: true,
  },
  {
    need: 'structuredOutput',
    reason: 'no_structured_output',
    lacks: ({ structuredOutput }) => structuredOutput === false,
    unknown: ({ structuredOutput }) => structuredOutput === undefined,
    spared: true,
  },
];

/** A price for input above the usual window says that a longer one is sold too: the window is no limit then. */
export function contextRoom(info: ModelInfo | undefined): number | undefined {
  const { contextTokens, price } = info ?? {};
  const longContext = price?.longContext;
  const longerIsSold =
    contextTokens !== undefined && longContext !== undefined && longContext.aboveInputTokens >= contextTokens;
  return longerIsSold ? undefined : contextTokens;
}
