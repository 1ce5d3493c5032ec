/**
 * Tokens of one call in disjoint buckets: input excludes cached tokens, output excludes reasoning. A bucket nobody
 * reported is undefined, never 0. Providers count differently (OpenAI's prompt_tokens include cached ones, Anthropic's
 * do not; xAI's completion_tokens leave reasoning out): each protocol's decoder maps to these buckets.
 */
export interface Usage extends ExtraCounts {
  readonly inputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Written to a cache that lives an hour, at a higher rate; not counted in `cacheWriteTokens`. */
  readonly cacheWrite1hTokens?: number;
  readonly outputTokens?: number;
  readonly reasoningTokens?: number;
}

/**
 * What some models charge for beside the buckets. Tokens here are part of the buckets, not on top of them. A count of 0 is
 * left out, since it costs nothing; only of a drawn image it is kept, for it says that the output was all text.
 */
export interface ExtraCounts {
  /** Cached ones included. */
  readonly audioInputTokens?: number;
  /** Where audio is billed by its length and not by tokens. */
  readonly audioInputSeconds?: number;
  /** Charged as text wherever text is; kept to be seen. */
  readonly imageInputTokens?: number;
  readonly audioOutputTokens?: number;
  readonly imageOutputTokens?: number;
  readonly inputImages?: number;
  /** Searches of the web by the provider, as it bills them. */
  readonly webSearches?: number;
  /** Pages that the provider fetched; they cost their tokens only. */
  readonly webFetches?: number;
  /** Uses of the provider's other tools (code, files, pictures, cited sources), which may cost by the piece. */
  readonly otherToolUses?: number;
}

/** How sure a settled amount is: the provider's own usage, counted here, or not known at all. */
export type Certainty = 'exact' | 'estimated' | 'unknown';
