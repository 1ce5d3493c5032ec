/**
 * Which of the answers the window fetched an event makes stale. The live feed replaces polling: a page that shows one of
 * these is told to fetch it again, at most once per `settleMs`, and pages that are not open cost nothing.
 */
import type { LiveEvent } from '../contract-views.ts';

export type StaleAnswer =
  | 'ledger'
  | 'balance'
  | 'accessKeys'
  | 'settings'
  | 'config'
  | 'models'
  | 'credentials'
  | 'request'
  | 'alerts'
  | 'health'
  | 'splits'
  | 'setup'
  | 'connect';

export function staleAnswers(event: LiveEvent): readonly StaleAnswer[] {
  switch (event.type) {
    case 'snapshot':
      return [
        'ledger',
        'balance',
        'accessKeys',
        'settings',
        'config',
        'models',
        'credentials',
        'request',
        'alerts',
        'health',
        'splits',
        'setup',
        'connect',
      ];
    case 'request':
      return ['accessKeys', 'request', 'splits'];
    case 'transfer':
      return ['balance', 'request'];
    case 'gateway':
      return ['settings', 'config', 'credentials', 'models'];
    case 'provider':
      return ['credentials', 'health'];
    case 'providers':
      return ['models', 'credentials', 'health'];
    case 'alert':
      return ['alerts'];
    case 'spend':
    case 'killed':
    case 'approvals':
    case 'pause':
      return [];
    default:
      event satisfies never;
      return [];
  }
}

/** Gathers names and hands them over once per `settleMs`, so a burst of calls is one refetch. */
export function gatherStale(
  handOver: (stale: ReadonlySet<StaleAnswer>) => void,
  settleMs: number,
): (event: LiveEvent) => void {
  let stale = new Set<StaleAnswer>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (event) => {
    for (const name of staleAnswers(event)) stale.add(name);
    if (stale.size === 0 || timer !== undefined) return;
    timer = setTimeout(() => {
      const gathered = stale;
      stale = new Set();
      timer = undefined;
      handOver(gathered);
    }, settleMs);
  };
}
