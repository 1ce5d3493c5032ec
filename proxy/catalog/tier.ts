/** The tier of a model by its price, where nobody set one. */
import type { Tier } from '../contract/config.ts';

/** USD for a million tokens of a call that reads three times as much as it writes. */
export const TIER_LIMITS_USD_PER_MTOK = { economyBelow: 1, premiumAbove: 8 } as const;
const INPUT_SHARE = 0.75;
const OUTPUT_SHARE = 0.25;

/** economy: blended price below 1 USD; premium: above 8 USD; standard: between. Rates in USD per million tokens. */
export function tierOf(inputUsdPerMTok: number, outputUsdPerMTok: number): Tier {
  const blended = inputUsdPerMTok * INPUT_SHARE + outputUsdPerMTok * OUTPUT_SHARE;
  if (blended < TIER_LIMITS_USD_PER_MTOK.economyBelow) return 'economy';
  return blended > TIER_LIMITS_USD_PER_MTOK.premiumAbove ? 'premium' : 'standard';
}
