/** Budget windows in words. */
import type { BudgetWindow } from '../../../proxy/contract/config.ts';

const WORDS: Record<BudgetWindow, string> = {
  hour: 'This hour',
  day: 'Today',
  week: 'This week',
  month: 'This month',
  total: 'In total',
};

export function windowWords(window: BudgetWindow): string {
  return WORDS[window];
}
