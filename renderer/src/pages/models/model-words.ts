/** A model's figures in words. Pure. Unknown is said, never shown as 0. */
import type { ModelView } from '../../contract-views.ts';
import { UNKNOWN } from '../../format/unknown.ts';
import { CAPABILITIES, CAPABILITY_WORDS, hasCapability } from './filter-models.ts';

/** USD per million tokens: `$0.15`, `$0.0375`, `free`. */
export function priceOf(usdPerMTok: number | undefined, locale?: string): string {
  if (usdPerMTok === undefined) return UNKNOWN;
  if (usdPerMTok === 0) return 'free';
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(usdPerMTok);
}

export function yesNo(answer: boolean | undefined): string {
  if (answer === undefined) return UNKNOWN;
  return answer ? 'yes' : 'no';
}

/** What it is known to be able to do: `tools · vision`; empty when nothing is known. */
export function capabilityWords(model: ModelView): string {
  return CAPABILITIES.filter((capability) => hasCapability(model, capability) === true)
    .map((capability) => CAPABILITY_WORDS[capability].toLowerCase())
    .join(' · ');
}

/** Who says what it costs, and as of when; undefined when no price is known. */
export function priceOrigin({ priceSource, priceAsOf }: ModelView): string | undefined {
  if (priceSource === undefined) return undefined;
  const source = priceSource === 'config' ? 'your config' : priceSource;
  return priceAsOf === undefined ? source : `${source}, ${priceAsOf}`;
}
