/** How things stand, in one picture and one sentence. Pure. */
import type { BudgetView } from '../../proxy/contract/views.ts';
import type { LiveView } from '../live/reduce.ts';
import type { SupervisorState } from '../supervisor/state.ts';

/**
 * idle: calls may pass. active: some do now. warning: a provider fails or a cap is near. blocked: paused, a cap reached, or
 * nothing listens yet. failed: the gateway is down.
 */
export type TrayIconState = 'idle' | 'active' | 'warning' | 'blocked' | 'failed';

export interface GatewayPicture {
  readonly gateway: SupervisorState;
  /** Undefined until the gateway has told; then the last word, also while it restarts. */
  readonly live: LiveView | undefined;
}

/** From this share of a cap on it is worth a look. */
export const CAP_NEAR = 0.8;

export function iconOf({ gateway, live }: GatewayPicture): TrayIconState {
  if (gateway.name === 'failed' || gateway.name === 'restarting') return 'failed';
  if (gateway.name !== 'running') return 'blocked';
  if (live === undefined) return 'idle';
  if (live.pause.active || reachedCap(live) !== undefined) return 'blocked';
  if (live.failing.length > 0 || nearestCap(live) !== undefined) return 'warning';
  return live.calls.running.length > 0 ? 'active' : 'idle';
}

/** `locale` is the system's own unless a test says otherwise. */
export function statusText({ gateway, live }: GatewayPicture, locale?: string): string {
  switch (gateway.name) {
    case 'starting':
      return gateway.crashes === 0 ? 'Starting…' : 'Starting again…';
    case 'running':
      if (live?.pause.active) return pausedText(live.pause.untilMs, locale);
      return `Running on 127.0.0.1:${gateway.listening.port}${runningText(live)}`;
    case 'restarting':
      return `Down, starts again in ${Math.max(1, Math.round(gateway.delayMs / 1000))} s`;
    case 'failed':
      return 'Stopped: the gateway failed';
    case 'stopping':
      return finishingText(live);
    case 'stopped':
      return 'Stopped';
    default:
      return gateway satisfies never;
  }
}

/** The cap of everything, once nothing of it is left. */
export function reachedCap(live: LiveView): BudgetView | undefined {
  return live.spend.budgets.find(({ scope, leftNano }) => scope === 'global' && leftNano === 0);
}

/** The fullest cap that is near its limit, or over it. */
export function nearestCap(live: LiveView): BudgetView | undefined {
  const near = live.spend.budgets.filter((budget) => usedShare(budget) >= CAP_NEAR);
  return near.sort((a, b) => usedShare(b) - usedShare(a))[0];
}

/** 1: nothing is left. A cap of nothing is always reached. */
export function usedShare({ spentNano, heldNano, limitNano }: BudgetView): number {
  return limitNano === 0 ? 1 : (spentNano + heldNano) / limitNano;
}

/** `2 calls`, `1 call`. */
export function callsText(count: number): string {
  return count === 1 ? '1 call' : `${count} calls`;
}

/** As a clock on the wall shows it: `14:35`, `2:35 PM`. */
export function clockText(atMs: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(atMs);
}

function pausedText(untilMs: number | undefined, locale: string | undefined): string {
  return untilMs === undefined
    ? 'Paused: every call is refused'
    : `Paused until ${clockText(untilMs, locale)}: every call is refused`;
}

function runningText(live: LiveView | undefined): string {
  const count = live?.calls.running.length ?? 0;
  return count === 0 ? '' : `, ${callsText(count)} under way`;
}

function finishingText(live: LiveView | undefined): string {
  const count = live?.calls.running.length ?? 0;
  return count === 0 ? 'Closing…' : `Finishing ${callsText(count)}…`;
}
