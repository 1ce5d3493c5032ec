/** The refusal when every target of a call is ruled out: the one code that says why, where there is one. */
import type { ExclusionReason, RouteExclusion } from '../contract/routes.ts';
import { type ErrorCode, type ErrorDetails, GatehouseError } from '../core/errors.ts';

/** What the call itself or its sender can change; a retry of the same call never helps. */
const CODE_OF: Readonly<Record<ExclusionReason, ErrorCode>> = {
  disabled: 'no_target_available',
  killed: 'kill_switch',
  breaker_open: 'no_target_available',
  credential_refused: 'no_target_available',
  credential_missing: 'credential_missing',
  context_too_small: 'invalid_request',
  output_too_small: 'invalid_request',
  no_tools: 'invalid_request',
  no_structured_output: 'invalid_request',
  no_images: 'invalid_request',
  no_audio: 'invalid_request',
  no_documents: 'invalid_request',
  wrong_purpose: 'invalid_request',
  wrong_protocol: 'invalid_request',
  not_private: 'model_not_allowed',
  model_not_allowed: 'model_not_allowed',
  tier_too_high: 'model_not_allowed',
  price_unknown: 'price_unknown',
  over_budget: 'budget_exceeded',
};
const SHOWN_MAX = 5;

/** @param retryAfterMs when a breaker lets the next call through, where that is all that is in the way */
export function noTarget(excluded: readonly RouteExclusion[], retryAfterMs?: number): GatehouseError {
  const codes = new Set(excluded.map(({ reason }) => CODE_OF[reason]));
  const [only] = codes;
  const code = codes.size === 1 && only !== undefined ? only : 'no_target_available';
  const details: ErrorDetails = {
    ...(code === 'invalid_request' || code === 'model_not_allowed' || code === 'price_unknown'
      ? { param: paramOf(excluded) }
      : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    facts: { excluded: excluded.length, reasons: [...new Set(excluded.map(({ reason }) => reason))].join(', ') },
  };
  return new GatehouseError(code, messageOf(excluded), details);
}

function messageOf(excluded: readonly RouteExclusion[]): string {
  const [first] = excluded;
  if (first === undefined) return 'no target can serve this call: no model here can be chosen for it';
  if (excluded.length === 1) return first.message;
  const shown = [...new Set(excluded.map(({ message }) => message))];
  const more = shown.length - SHOWN_MAX;
  return `no target can serve this call: ${shown.slice(0, SHOWN_MAX).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function paramOf(excluded: readonly RouteExclusion[]): string {
  const reasons = new Set(excluded.map(({ reason }) => reason));
  if (reasons.size !== 1) return 'model';
  if (reasons.has('no_tools')) return 'tools';
  if (reasons.has('no_structured_output')) return 'response_format';
  if (reasons.has('output_too_small')) return 'max_tokens';
  return reasons.has('context_too_small') ? 'messages' : 'model';
}
