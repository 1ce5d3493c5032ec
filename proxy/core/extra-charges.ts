/** What a few models charge beside their ordinary tokens: audio and image tokens at rates of their own, requests, searches. */
import type { Usage } from './usage.ts';

export interface ExtraRates {
  /** Left out: audio costs what other input costs. */
  readonly audioInputNanoPerMTok?: number;
  /** Left out: a drawn image costs what its tokens cost as text. */
  readonly imageOutputNanoPerMTok?: number;
  readonly requestNano?: number;
  readonly inputImageNano?: number;
  /** For each search of the web by the provider. */
  readonly searchNano?: number;
}

/** What is known beside the usage. Tokens here are part of the usage's own buckets, not on top of them. */
export interface ExtraCounts {
  readonly audioInputTokens?: number;
  readonly imageOutputTokens?: number;
  readonly inputImages?: number;
  readonly searches?: number;
}

/**
 * Nano-dollars times a million: what special tokens cost more (or less) than the ordinary line says. A model that draws
 * and does not say how much of its output was image is charged as if all of it was: overstated, never understated.
 */
export function extraTokensNano(
  usage: Usage,
  counts: ExtraCounts,
  rates: { readonly inputNanoPerMTok: number; readonly outputNanoPerMTok: number },
  extras: ExtraRates = {},
): bigint {
  const { audioInputNanoPerMTok, imageOutputNanoPerMTok } = extras;
  const output = usage.outputTokens ?? 0;
  const image = imageOutputNanoPerMTok === undefined ? 0 : Math.min(counts.imageOutputTokens ?? output, output);
  const audio =
    audioInputNanoPerMTok === undefined ? 0 : Math.min(counts.audioInputTokens ?? 0, usage.inputTokens ?? 0);
  return (
    BigInt(image) * BigInt((imageOutputNanoPerMTok ?? 0) - rates.outputNanoPerMTok) +
    BigInt(audio) * BigInt((audioInputNanoPerMTok ?? 0) - rates.inputNanoPerMTok)
  );
}

/** Nano-dollars for what is charged by the piece: the request itself, each image sent, each search. */
export function extraUnitsNano(counts: ExtraCounts, extras: ExtraRates = {}): bigint {
  const { requestNano = 0, inputImageNano = 0, searchNano = 0 } = extras;
  return (
    BigInt(requestNano) +
    BigInt(counts.inputImages ?? 0) * BigInt(inputImageNano) +
    BigInt(counts.searches ?? 0) * BigInt(searchNano)
  );
}
