/** What a client is told of its rate limits: OpenAI's header names, or Anthropic's for clients of Messages; and the 429. */
import { GatehouseError } from '../core/errors.ts';
import type { RateDimension, RateRefusal, RateStanding, RateStandings } from './rate-limits.ts';
import { scopeInWords } from './scope-words.ts';

export type RateHeaderStyle = 'openai' | 'anthropic';

/** `nowMs` (wall clock): Anthropic tells the instant of the reset, OpenAI how long until then. */
export function rateLimitHeaders(
  { requests, tokens }: RateStandings,
  style: RateHeaderStyle,
  nowMs: number,
): Record<string, string> {
  return { ...headersOf('requests', requests, style, nowMs), ...headersOf('tokens', tokens, style, nowMs) };
}

function headersOf(
  what: 'requests' | 'tokens',
  standing: RateStanding | undefined,
  style: RateHeaderStyle,
  nowMs: number,
): Record<string, string> {
  if (standing === undefined) return {};
  const { limit, remaining, resetMs } = standing;
  const prefix = style === 'openai' ? 'x-ratelimit' : `anthropic-ratelimit-${what}`;
  const name = (field: string) => (style === 'openai' ? `${prefix}-${field}-${what}` : `${prefix}-${field}`);
  const reset =
    style === 'openai'
      ? duration(resetMs)
      : `${new Date(Math.ceil((nowMs + resetMs) / 1000) * 1000).toISOString().slice(0, 19)}Z`;
  return { [name('limit')]: String(limit), [name('remaining')]: String(remaining), [name('reset')]: reset };
}

/** As OpenAI writes it: `850ms`, `6.2s`, `1m0s`. */
function duration(ms: number): string {
  const whole = Math.ceil(ms);
  if (whole < 1_000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = (whole - minutes * 60_000) / 1_000;
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds}s`;
}

const UNIT = {
  requests: 'requests a minute',
  tokens: 'tokens a minute',
  concurrency: 'calls at once',
} as const satisfies Record<RateDimension, string>;

/** 429 `rate_limited` with how long to wait, or `exceeds_rate_limit` for a call that no waiting will let pass. */
export function rateLimited(refusal: RateRefusal, style: RateHeaderStyle, nowMs: number): GatehouseError {
  const { scope, dimension, limit, needed, retryAfterMs, standings } = refusal;
  const verb = dimension === 'tokens' ? 'use' : 'make';
  const allowed = `${scopeInWords(scope)} may ${verb} ${limit} ${UNIT[dimension]}`;
  const facts = { scope, dimension, limit, needed };
  const headers = rateLimitHeaders(standings, style, nowMs);
  if (retryAfterMs === undefined) {
    return new GatehouseError(
      'exceeds_rate_limit',
      `this call alone could come to ${needed} tokens, but ${allowed}: it can never fit, however long you wait. Send a smaller max_tokens or less input, or raise tokensPerMinute`,
      { facts, headers },
    );
  }
  return new GatehouseError('rate_limited', `${allowed}, and that is used up. Try again in ${duration(retryAfterMs)}`, {
    facts,
    headers,
    retryAfterMs,
  });
}
