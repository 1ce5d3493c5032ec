/** The tray menu as data: a pure function of what is known, so that a test can read it like a person would. */
import type { BudgetView } from '../../proxy/contract/views.ts';
import type { LiveView } from '../live/reduce.ts';
import type { SupervisorState } from '../supervisor/state.ts';
import { moneyText } from './money-text.ts';

export interface TraySnapshot {
  gateway: SupervisorState;
  /** Undefined until the gateway has told; then the last word, also while it restarts. */
  live: LiveView | undefined;
}

export type TrayAction = 'open' | 'pause' | 'resume' | 'copyBaseUrl' | 'startAgain' | 'openLogs' | 'quit';

export type TrayItem =
  | { kind: 'text'; id: string; label: string }
  | { kind: 'action'; id: TrayAction; label: string; enabled: boolean }
  | { kind: 'separator' };

export type TrayIconState = 'open' | 'closed' | 'trouble';

export interface TrayModel {
  icon: TrayIconState;
  tooltip: string;
  items: TrayItem[];
}

const LABEL_CHARACTERS_MAX = 80;

/** `locale` is the system's own unless a test says otherwise. */
export function trayModel(snapshot: TraySnapshot, locale?: string): TrayModel {
  const status = statusText(snapshot);
  const spend = spendItems(snapshot, locale);
  return {
    icon: iconOf(snapshot),
    tooltip: [`Gatehouse: ${status}`, ...spend.map((item) => item.label)].join('\n'),
    items: [
      text('status', status),
      ...troubleItems(snapshot),
      ...spend,
      { kind: 'separator' },
      action('open', 'Open Gatehouse'),
      action('copyBaseUrl', 'Copy base URL', baseUrlOf(snapshot) !== undefined),
      pauseItem(snapshot),
      { kind: 'separator' },
      ...failedItems(snapshot),
      action('quit', 'Quit Gatehouse'),
    ],
  };
}

/** What `copyBaseUrl` copies; undefined while nothing listens. */
export function baseUrlOf(snapshot: TraySnapshot): string | undefined {
  return snapshot.gateway.name === 'running' ? snapshot.gateway.listening.baseUrl : undefined;
}

function statusText({ gateway, live }: TraySnapshot): string {
  switch (gateway.name) {
    case 'starting':
      return gateway.crashes === 0 ? 'Starting…' : 'Starting again…';
    case 'running':
      if (live?.pause.active) return 'Paused: every call is refused';
      return `Running on 127.0.0.1:${gateway.listening.port}`;
    case 'restarting':
      return `Down, starts again in ${Math.max(1, Math.round(gateway.delayMs / 1000))} s`;
    case 'failed':
      return 'Stopped: the gateway failed';
    case 'stopping':
      return 'Finishing running calls…';
    case 'stopped':
      return 'Stopped';
    default:
      return gateway satisfies never;
  }
}

function iconOf({ gateway, live }: TraySnapshot): TrayIconState {
  if (gateway.name === 'failed' || gateway.name === 'restarting') return 'trouble';
  if (gateway.name !== 'running' || live?.pause.active) return 'closed';
  return 'open';
}

function troubleItems({ gateway, live }: TraySnapshot): TrayItem[] {
  if (gateway.name === 'failed' || gateway.name === 'restarting') return [text('reason', gateway.reason.message)];
  if (gateway.name !== 'running' || live === undefined || live.failing.length === 0) return [];
  return [text('failing', `Provider failing: ${live.failing.join(', ')}`)];
}

function spendItems({ live }: TraySnapshot, locale: string | undefined): Extract<TrayItem, { kind: 'text' }>[] {
  if (live === undefined) return [];
  const items = [text('spendToday', `Today ${moneyText(live.spend.todayNano, locale)}`)];
  const cap = live.spend.budgets.find((budget) => budget.scope === 'global');
  if (cap !== undefined) items.push(text('spendCap', capText(cap, locale)));
  return items;
}

function capText(cap: BudgetView, locale: string | undefined): string {
  const spent = moneyText(cap.spentNano + cap.heldNano, locale);
  const limit = moneyText(cap.limitNano, locale);
  const full = cap.leftNano === 0 ? ' (cap reached)' : '';
  return `${WINDOW_TEXT[cap.window]} ${spent} of ${limit}${full}`;
}

const WINDOW_TEXT: Record<BudgetView['window'], string> = {
  hour: 'This hour',
  day: 'Today',
  week: 'This week',
  month: 'This month',
  total: 'In all',
};

function pauseItem({ gateway, live }: TraySnapshot): TrayItem {
  const ready = gateway.name === 'running' && live !== undefined;
  if (!live?.pause.active) return action('pause', 'Pause all calls', ready);
  if (live.pause.by === 'config') return action('resume', 'Paused by the config file', false);
  return action('resume', 'Resume calls', ready);
}

function failedItems({ gateway }: TraySnapshot): TrayItem[] {
  if (gateway.name !== 'failed' && gateway.name !== 'stopped') return [];
  return [action('startAgain', 'Start the gateway again'), action('openLogs', 'Show the log'), { kind: 'separator' }];
}

function text(id: string, label: string): Extract<TrayItem, { kind: 'text' }> {
  const short = label.length <= LABEL_CHARACTERS_MAX ? label : `${label.slice(0, LABEL_CHARACTERS_MAX - 1)}…`;
  return { kind: 'text', id, label: short };
}

function action(id: TrayAction, label: string, enabled = true): TrayItem {
  return { kind: 'action', id, label, enabled };
}
