/** What a few models charge beside their ordinary tokens: audio and image tokens at rates of their own, requests, searches. */
import type { Usage } from './usage.ts';

export interface ExtraRates {
  /** Left out: the catalog knows no other price for audio than that of other input. */
  readonly audioInputNanoPerMTok?: number;
  /** Left out: a drawn image costs what its tokens cost as text. */
  readonly imageOutputNanoPerMTok?: number;
  readonly requestNano?: number;
  readonly inputImageNano?: number;
  /** For each search of the web by the provider. */
  readonly searchNano?: number;
}

/**
 * Nano-dollars times a million: what special tokens cost more (or less) than the ordinary line says. A model that draws
 * and does not say how much of its output was image is charged as if all of it was: overstated, never understated.
 */
export function extraTokensNano(
  usage: Usage,
  rates: { readonly inputNanoPerMTok: number; readonly outputNanoPerMTok: number },
  extras: ExtraRates = {},
): bigint {
  const { audioInputNanoPerMTok, imageOutputNanoPerMTok } = extras;
  const output = usage.outputTokens ?? 0;
  const image = imageOutputNanoPerMTok === undefined ? 0 : Math.min(usage.imageOutputTokens ?? output, output);
  const audio = audioInputNanoPerMTok === undefined ? 0 : Math.min(usage.audioInputTokens ?? 0, usage.inputTokens ?? 0);
  return (
    BigInt(image) * BigInt((imageOutputNanoPerMTok ?? 0) - rates.outputNanoPerMTok) +
    BigInt(audio) * BigInt((audioInputNanoPerMTok ?? 0) - rates.inputNanoPerMTok)
  );
}

/** Nano-dollars for what is charged by the piece: the request itself, each image sent, each search. */
export function extraUnitsNano(usage: Usage, extras: ExtraRates = {}): bigint {
  const { requestNano = 0, inputImageNano = 0, searchNano = 0 } = extras;
  return (
    BigInt(requestNano) +
    BigInt(usage.inputImages ?? 0) * BigInt(inputImageNano) +
    BigInt(usage.webSearches ?? 0) * BigInt(searchNano)
  );
}

/**
 * Something was used whose price is not known here, or a part that has a price of its own was not counted by the provider:
 * the cost is then not exact, whatever the tokens say. Where no rate is known, audio may cost the same as text or more;
 * cached audio has a price that no source tells, and of audio beside cached tokens nobody says how much of it was cached.
 */
export function hasUnpricedExtras(usage: Usage, extras: ExtraRates = {}): boolean {
  const { audioInputNanoPerMTok, imageOutputNanoPerMTok, searchNano } = extras;
  const unpriced = (count: number | undefined, nano: number | undefined) => (count ?? 0) > 0 && nano === undefined;
  return (
    unpriced(usage.webSearches, searchNano) ||
    unpriced(usage.audioInputTokens, audioInputNanoPerMTok) ||
    unpriced(usage.imageOutputTokens, imageOutputNanoPerMTok) ||
    unpriced(usage.audioOutputTokens, undefined) ||
    unpriced(usage.audioInputSeconds, undefined) ||
    unpriced(usage.otherToolUses, undefined) ||
    ((usage.audioInputTokens ?? 0) > 0 && (usage.cacheReadTokens ?? 0) > 0) ||
    (imageOutputNanoPerMTok !== undefined && usage.imageOutputTokens === undefined && (usage.outputTokens ?? 0) > 0)
  );
}
