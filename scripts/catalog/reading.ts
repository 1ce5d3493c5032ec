/** What one source says of one model. Prices in USD per million tokens. A value the source does not give is left out. */

export const SOURCES = ['models-dev', 'litellm', 'genai-prices'] as const;
/** From the oldest to the newest snapshot: when sources agree within the tolerance, the newest one's figure is written. */
export type SourceName = (typeof SOURCES)[number];

export const RATE_FIELDS = [
  'inputUsdPerMTok',
  'outputUsdPerMTok',
  'cacheReadUsdPerMTok',
  'cacheWriteUsdPerMTok',
  'reasoningUsdPerMTok',
] as const;
export type RateField = (typeof RATE_FIELDS)[number];
export type Rates = Partial<Record<RateField, number>>;

export interface Reading {
  readonly rates: Rates;
  /** Other rates for a whole call whose input is longer than this. */
  readonly longContext?: { readonly aboveInputTokens: number; readonly rates: Rates };
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
