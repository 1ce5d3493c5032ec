/** What a chart of usage can show, out of the same figures. Pure. */
import type { UsageFigures } from '../../../proxy/contract/usage.ts';
import { formatNano } from '../format/money.ts';
import { formatCount } from '../format/tokens.ts';
import { tokensIn, tokensOut } from './figures.ts';

export type Measure = 'spend' | 'requests' | 'tokens';

interface MeasureWords {
  readonly name: string;
  readonly value: (figures: UsageFigures) => number;
  readonly format: (value: number) => string;
}

export const MEASURES: Readonly<Record<Measure, MeasureWords>> = {
  spend: { name: 'Spend', value: ({ chargedNano }) => chargedNano, format: (nano) => formatNano(nano) },
  requests: { name: 'Requests', value: ({ requests }) => requests, format: (count) => formatCount(count) },
  tokens: {
    name: 'Tokens',
    value: (figures) => tokensIn(figures) + tokensOut(figures),
    format: (count) => formatCount(count),
  },
};
