import type { ModelView } from '../../../contract-views.ts';
import { formatUsd } from '../../../format/money.ts';

/** `$0.15 in, $0.60 out per million tokens`; says when no price is known, because a cap then refuses the model. */
export function priceWords({ inputUsdPerMTok, outputUsdPerMTok }: ModelView): string {
  if (inputUsdPerMTok === undefined || outputUsdPerMTok === undefined) return 'price unknown';
  if (inputUsdPerMTok === 0 && outputUsdPerMTok === 0) return 'free';
  return `${formatUsd(inputUsdPerMTok)} in, ${formatUsd(outputUsdPerMTok)} out per million tokens`;
}
