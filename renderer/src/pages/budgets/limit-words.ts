/** What a budget does and when it starts over, in words. Pure. */
import type { BudgetConfig, BudgetWindow } from '../../../../proxy/contract/config.ts';
import { ALERT_AT_DEFAULT, CLAMP_FLOOR_TOKENS_DEFAULT } from '../../../../proxy/contract/config.ts';

export type OnLimit = BudgetConfig['onLimit'];

export const ON_LIMIT_CHOICES: readonly { readonly value: OnLimit; readonly label: string; readonly text: string }[] = [
  { value: 'block', label: 'Refuse it', text: 'The tool gets the error budget_exceeded, which says how much is left.' },
  { value: 'clamp', label: 'Shorten the answer', text: 'Its max tokens are lowered until it fits.' },
  { value: 'downgrade', label: 'Use a cheaper model', text: 'A model of a cheaper tier serves it instead.' },
  {
    value: 'ask',
    label: 'Ask me',
    text: 'It waits up to a minute for your word in this window. Without one it is refused.',
  },
];

export const WINDOW_CHOICES: readonly { readonly value: BudgetWindow; readonly label: string }[] = [
  { value: 'hour', label: 'per hour' },
  { value: 'day', label: 'per day' },
  { value: 'week', label: 'per week' },
  { value: 'month', label: 'per month' },
  { value: 'total', label: 'in total' },
];

export function windowChoiceWords(window: BudgetWindow): string {
  return WINDOW_CHOICES.find(({ value }) => value === window)?.label ?? window;
}

/** What happens to a call that does not fit, short enough for a row. */
export function onLimitWords({
  onLimit,
  clampFloorTokens,
}: Pick<BudgetConfig, 'onLimit' | 'clampFloorTokens'>): string {
  switch (onLimit) {
    case 'block':
      return 'Refuses calls that do not fit';
    case 'clamp':
      return `Shortens answers, to ${clampFloorTokens ?? CLAMP_FLOOR_TOKENS_DEFAULT} tokens at least`;
    case 'downgrade':
      return 'Uses a cheaper model';
    case 'ask':
      return 'Asks you';
    default:
      return onLimit satisfies never;
  }
}

export function alertAtWords(alertAt: readonly number[] | undefined): string {
  const shares = alertAt ?? ALERT_AT_DEFAULT;
  return shares.length === 0 ? 'No alerts' : `Alerts at ${percentList(shares)} %`;
}

/** `50, 80, 90, 100`. */
export function percentList(shares: readonly number[]): string {
  return shares.map(percentText).join(', ');
}

/** Without the dust of binary fractions: 0.07 is 7, not 7.000000000000001. */
export function percentText(share: number): string {
  return String(Number((share * 100).toPrecision(12)));
}
