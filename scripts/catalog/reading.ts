/** What one source says of one model. Prices in USD per million tokens. A value the source does not give is left out. */

export const SOURCES = ['models-dev', 'litellm', 'openrouter', 'genai-prices'] as const;
/** From the oldest to the newest snapshot: when sources agree within the tolerance, the newest one's figure is written. */
export type SourceName = (typeof SOURCES)[number];

export const RATE_FIELDS = [
  'inputUsdPerMTok',
  'outputUsdPerMTok',
  'cacheReadUsdPerMTok',
  'cacheWriteUsdPerMTok',
  'cacheWrite1hUsdPerMTok',
  'reasoningUsdPerMTok',
] as const;
export type RateField = (typeof RATE_FIELDS)[number];
export type Rates = Partial<Record<RateField, number>>;

export const EXTRA_FIELDS = [
  'audioInputUsdPerMTok',
  'imageOutputUsdPerMTok',
  'usdPerRequest',
  'usdPerInputImage',
  'usdPerSearch',
] as const;
export type ExtraField = (typeof EXTRA_FIELDS)[number];
export type Extras = Partial<Record<ExtraField, number>>;

/** Other rates for a whole call whose input is longer than this. */
export interface ReadTier {
  readonly aboveInputTokens: number;
  readonly rates: Rates;
}

export interface Reading {
  readonly rates: Rates;
  /** By rising threshold. */
  readonly tiers?: readonly ReadTier[];
  readonly extras?: Extras;
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
  readonly tools?: boolean;
  readonly reasoning?: boolean;
  readonly structuredOutput?: boolean;
  readonly inputModalities?: string[];
  readonly outputModalities?: string[];
}

/** One provider in one source: a reading by model id, exact ids only. */
export type ReadModel = (modelId: string) => Reading | undefined;

/** A value from JSON whose shape nobody promised. */
export type Loose = Readonly<Record<string, unknown>>;

export function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

export function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** A price may be 0 (free); absent means unknown. */
export function price(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

const PER_MILLION = 1_000_000;
/** Prices of one token times a million, without the noise of binary fractions. */
const DIGITS = 9;

/** USD for one token to USD for a million. */
export function perMillion(usdPerToken: number | undefined): number | undefined {
  return usdPerToken === undefined ? undefined : withoutNoise(usdPerToken * PER_MILLION);
}

export function withoutNoise(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
}

/** Without the keys whose value is undefined. */
export function defined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

/** Undefined when nothing is in it. */
export function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
