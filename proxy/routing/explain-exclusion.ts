/** Why a target was left out, for people: what is wrong, and what they can do about it. */
import type { ExclusionReason } from '../contract/routes.ts';
import type { IndexedTarget } from './model-index.ts';
import type { Caller, CallShape } from './types.ts';

export function explainExclusion(
  { endpoint, provider, info, tier }: IndexedTarget,
  reason: ExclusionReason,
  { inputTokensEstimate, maxOutputTokens, operation, protocol }: CallShape,
  { policy }: Caller,
): string {
  const { id } = provider.config;
  switch (reason) {
    case 'disabled':
      return provider.config.enabled
        ? `${endpoint} is switched off; switch it on under Models`
        : `the provider "${id}" is switched off; switch it on under Providers`;
    case 'killed':
      return `a kill switch holds ${endpoint} back; lift it under Budgets & limits`;
    case 'breaker_open':
      return `${endpoint} failed too often and is left alone for a while; its breaker can be reset under Routing, Health`;
    case 'credential_refused':
      return `"${id}" refused its key; store a new one under Providers`;
    case 'credential_missing':
      return `there is no key for the provider "${id}"; store one under Providers`;
    case 'context_too_small':
      return `this call has about ${count(inputTokensEstimate + (maxOutputTokens ?? 0))} tokens with its answer, ${endpoint} takes ${count(info?.contextTokens)}`;
    case 'output_too_small':
      return `up to ${count(maxOutputTokens)} tokens of answer are asked for, ${endpoint} gives ${count(info?.maxOutputTokens)} at most`;
    case 'no_tools':
      return `${endpoint} knows no tools`;
    case 'no_structured_output':
      return `${endpoint} cannot be held to a schema`;
    case 'no_images':
      return `${endpoint} takes no images`;
    case 'no_audio':
      return `${endpoint} takes no audio`;
    case 'no_documents':
      return `${endpoint} takes no documents`;
    case 'wrong_purpose':
      return `${endpoint} is a model for ${info?.purpose ?? 'something'} calls, this is a call for ${operation}`;
    case 'wrong_protocol':
      return `${operation} requests of ${protocol} cannot be served by "${id}", whose protocol is ${provider.protocol}; choose a model of another provider`;
    case 'not_private':
      return `"${id}" may keep prompts, and this call is private: where it keeps none, set retention to none`;
    case 'model_not_allowed':
      return `this access key may not use ${endpoint}; it may use ${(policy?.models ?? []).join(', ')}`;
    case 'tier_too_high':
      return tier === undefined
        ? `the tier of ${endpoint} is not known, and this access key may use ${policy?.maxTier} at most; give the model a tier in its provider settings`
        : `${endpoint} is ${tier}, and this access key may use ${policy?.maxTier} at most`;
    case 'price_unknown':
      return info?.price === undefined
        ? `no price is known for ${endpoint}, so a budget cannot be kept. Give the model a price in its provider settings (inputUsdPerMTok, outputUsdPerMTok), set allowUnpriced there to serve it outside all budgets, or lift the budget`
        : `how long an answer of ${endpoint} can get is not known, so a budget cannot be kept. Send max_tokens, or give the model maxOutputTokens in its provider settings`;
    case 'over_budget':
      return `this call could cost more at ${endpoint} than its budgets have left`;
    default:
      return reason satisfies never;
  }
}

/** `128000` -> `128,000`; toLocaleString takes longer than the rest of the decision. */
function count(tokens: number | undefined): string {
  return tokens === undefined ? 'an unknown number' : String(tokens).replace(/\B(?=(\d{3})+$)/g, ',');
}
