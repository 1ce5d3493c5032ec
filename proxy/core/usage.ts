/**
 * Tokens of one call in disjoint buckets: input excludes cached tokens, output excludes reasoning. A bucket nobody
 * reported is undefined, never 0. Providers count differently (OpenAI's prompt_tokens include cached ones, Anthropic's
 * do not; xAI's completion_tokens leave reasoning out): each protocol's decoder maps to these buckets.
 */
export interface Usage {
  readonly inputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Written to a cache that lives an hour, at a higher rate; not counted in `cacheWriteTokens`. */
  readonly cacheWrite1hTokens?: number;
  readonly outputTokens?: number;
  readonly reasoningTokens?: number;
}

/** How sure a settled amount is: the provider's own usage, counted here, or not known at all. */
export type Certainty = 'exact' | 'estimated' | 'unknown';
