/** What a person types into the rate limit form, checked, and turned into config. Pure. */
import { type RateLimitConfig, rateLimitConfig } from '../../../../proxy/contract/config.ts';
import { formatCount } from '../../format/tokens.ts';
import { scopeProblem } from './scope-problem.ts';
import { parseScope, type Scope, scopeText } from './scope-words.ts';
import { numberTyped, type TypedNumber, wholeNumberProblem } from './typed-number.ts';

export const RATE_FIELDS = ['requestsPerMinute', 'tokensPerMinute', 'concurrency'] as const;
export type RateField = (typeof RATE_FIELDS)[number];

export interface RateLimitDraft extends Record<RateField, TypedNumber> {
  readonly scope: Scope;
}

export type RateLimitProblems = { readonly [Field in RateField | 'scope']?: string };

export const EMPTY_RATE_LIMIT: RateLimitDraft = {
  scope: { kind: 'global', name: '' },
  requestsPerMinute: '',
  tokensPerMinute: '',
  concurrency: '',
};

export function rateLimitDraftOf(limit: RateLimitConfig): RateLimitDraft {
  return {
    scope: parseScope(limit.scope) ?? EMPTY_RATE_LIMIT.scope,
    requestsPerMinute: limit.requestsPerMinute ?? '',
    tokensPerMinute: limit.tokensPerMinute ?? '',
    concurrency: limit.concurrency ?? '',
  };
}

/** `taken`: scopes that have a limit already. */
export function rateLimitProblems(draft: RateLimitDraft, taken: ReadonlySet<string>): RateLimitProblems {
  const scope =
    scopeProblem(draft.scope) ??
    (taken.has(scopeText(draft.scope)) ? 'This has a rate limit already: edit that one' : undefined);
  const numbers = RATE_FIELDS.flatMap((field) => {
    const problem = wholeNumberProblem(draft[field], 1);
    return problem === undefined ? [] : [[field, problem] as const];
  });
  const empty = RATE_FIELDS.every((field) => draft[field] === '');
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(empty ? { requestsPerMinute: 'Fill in at least one of the three' } : {}),
    ...Object.fromEntries(numbers),
  };
}

/** Only for a draft without problems. */
export function rateLimitOf(draft: RateLimitDraft): RateLimitConfig {
  const numbers = RATE_FIELDS.flatMap((field) => {
    const value = numberTyped(draft[field]);
    return value === undefined ? [] : [[field, value] as const];
  });
  return rateLimitConfig.parse({ scope: scopeText(draft.scope), ...Object.fromEntries(numbers) });
}

/** `60 requests a minute, 8 calls at once`. Empty where nothing is limited. */
export function rateWords(limits: { readonly [Field in RateField]?: number | undefined }): string {
  const { requestsPerMinute, tokensPerMinute, concurrency } = limits;
  const parts: string[] = [];
  if (requestsPerMinute !== undefined)
    parts.push(`${formatCount(requestsPerMinute)} ${requestsPerMinute === 1 ? 'request' : 'requests'} a minute`);
  if (tokensPerMinute !== undefined) parts.push(`${formatCount(tokensPerMinute)} tokens a minute`);
  if (concurrency !== undefined)
    parts.push(`${formatCount(concurrency)} ${concurrency === 1 ? 'call' : 'calls'} at once`);
  return parts.join(', ');
}
