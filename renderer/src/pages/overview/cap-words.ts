/** Caps in the words of the overview. Pure. */
import type { BudgetView } from '../../contract-views.ts';
import { windowWords } from '../../format/budget-window.ts';
import { forecastNano } from '../../usage/forecast.ts';

const SCOPES: Readonly<Record<string, string>> = {
  key: 'Key',
  project: 'Project',
  client: 'Client',
  provider: 'Provider',
  model: 'Model',
};

/** `All calls`, `Project acme`; a scope of a later gateway passes as it is. */
export function scopeWords(scope: string): string {
  if (scope === 'global') return 'All calls';
  const at = scope.indexOf(':');
  const kind = SCOPES[scope.slice(0, at)];
  return at < 0 || kind === undefined ? scope : `${kind} ${scope.slice(at + 1)}`;
}

/** `All calls, this month`. */
export function capName({ scope, window }: BudgetView): string {
  return `${scopeWords(scope)}, ${windowWords(window).toLowerCase()}`;
}

/** The cap of which most is used. */
export function tightestCap(budgets: readonly BudgetView[]): BudgetView | undefined {
  return budgets.toSorted((a, b) => usedShare(b) - usedShare(a))[0];
}

function usedShare({ spentNano, heldNano, limitNano }: BudgetView): number {
  return limitNano <= 0 ? Number.POSITIVE_INFINITY : (spentNano + heldNano) / limitNano;
}

/** What the window will come to at the pace so far; undefined for one that never ends, or when it is too early. */
export function capForecast({ spentNano, windowStartMs, resetsAtMs }: BudgetView, nowMs: number): number | undefined {
  if (resetsAtMs === undefined) return undefined;
  return forecastNano({ spentNano, startMs: windowStartMs, endMs: resetsAtMs, nowMs });
}
