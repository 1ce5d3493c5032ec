/** A route in words for people: why a candidate stands in the list, why a target was left out, what became of a try. Pure. */
import type { ExclusionReason, RouteAttempt, RouteView } from '../../../proxy/contract/routes.ts';
import type { Tone } from '../components/Status.tsx';

const BECAUSE: Readonly<Record<string, string>> = {
  asked: 'as asked for',
  virtual_model: 'in the virtual model',
  family: 'the same model elsewhere',
  mode: 'chosen by the mode',
  rule: 'by a rule',
  split: 'arm of a split',
  sticky: 'holds the prompt cache',
  fallback: 'in your fallback chain',
  request_fallback: 'named by the request',
  equivalent: 'stand-in of the same tier',
  larger_context: 'has a larger context',
};

/** A word of a later gateway passes as it is. */
export function becauseWords(because: string): string {
  return BECAUSE[because] ?? because.replaceAll('_', ' ');
}

const KINDS: Readonly<Record<string, string>> = {
  forced: 'exactly this provider and model',
  model: 'a model by its id',
  family: 'a model at any provider',
  virtual_model: 'a virtual model',
  auto: 'chosen by what is in the call',
};

export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind.replaceAll('_', ' ');
}

const EXCLUSIONS: Readonly<Record<ExclusionReason, string>> = {
  disabled: 'Switched off',
  killed: 'Stopped',
  breaker_open: 'Resting',
  credential_refused: 'Key refused',
  credential_missing: 'No key',
  context_too_small: 'Context too small',
  output_too_small: 'Answers too short',
  no_tools: 'No tools',
  no_structured_output: 'No schemas',
  no_images: 'No images',
  no_audio: 'No audio',
  no_documents: 'No documents',
  wrong_purpose: 'Other purpose',
  wrong_protocol: 'Other protocol',
  not_private: 'Not private',
  model_not_allowed: 'Not allowed',
  tier_too_high: 'Tier too high',
  price_unknown: 'Price unknown',
  over_budget: 'Over budget',
};

export function exclusionWords(reason: ExclusionReason): string {
  return EXCLUSIONS[reason];
}

const OUTCOMES: Readonly<Record<string, string>> = {
  served: 'Served',
  connect: 'Could not be reached',
  tls: 'No safe connection',
  timeout: 'Took too long',
  credential: 'Refused the credential',
  quota: 'Quota or account used up',
  rate_limited: 'Rate limit reached',
  overloaded: 'Overloaded',
  server_error: 'Server error',
  model_missing: 'Does not serve this model',
  context_overflow: 'Call too long for it',
  bad_request: 'Refused the request',
  content_refused: 'Refused the content',
  conflict: 'Asked to try again',
  malformed: 'Answer could not be used',
  cut: 'Broke off its answer',
  too_large: 'Answer too large',
  gateway: 'Stopped by Gatehouse',
  aborted: 'The tool hung up',
  slow: 'Was slow',
};

export function outcomeWords(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome.replaceAll('_', ' ');
}

export function outcomeTone({ decision }: Pick<RouteAttempt, 'decision'>): Tone {
  if (decision === 'served') return 'ok';
  return decision === 'stop' ? 'bad' : 'warn';
}

const DECISIONS: Readonly<Record<RouteAttempt['decision'], string>> = {
  served: '',
  retry: 'tried there again',
  next: 'went on to the next',
  stop: 'went no further',
};

export function decisionWords(decision: RouteAttempt['decision']): string {
  return DECISIONS[decision];
}

/** What an attempt ended with: `429 rate_limit_exceeded`. */
export function errorWords({ status, errorCode }: Pick<RouteAttempt, 'status' | 'errorCode'>): string {
  return [status, errorCode].filter((part) => part !== undefined).join(' ');
}

/** What decided, as short words: mode, tier, rule, split, stickiness. */
export function decidedBy({ mode, tier, rule, split, sticky }: RouteView): readonly string[] {
  return [
    mode === undefined ? undefined : `mode ${mode}`,
    tier === undefined ? undefined : `tier ${tier}`,
    rule === undefined ? undefined : `rule ${rule}`,
    split === undefined ? undefined : `split ${split.name}, arm ${split.arm}`,
    sticky === true ? 'stays with its provider' : undefined,
  ].filter((words) => words !== undefined);
}

/** `provider/model`, whether or not the model carries its provider. */
export function endpointName(provider: string, model: string): string {
  return model.startsWith(`${provider}/`) ? model : `${provider}/${model}`;
}

/** With auto a better score can stand lower down: tiers come in their order, and the best of every provider before more of one. */
export function spreadsOut({ kind, candidates }: Pick<RouteView, 'kind' | 'candidates'>): boolean {
  if (kind !== 'auto') return false;
  const totals = candidates.flatMap(({ score }) => (score === undefined ? [] : [score.total]));
  return totals.some((total, index) => total > (totals[index - 1] ?? Number.POSITIVE_INFINITY));
}
