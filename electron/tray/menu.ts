/** The tray menu as data: a pure function of what is known, so that a test can read it like a person would. */
import type { BudgetView } from '../../proxy/contract/views.ts';
import type { RecentCall } from '../live/calls.ts';
import { moneyText } from './money-text.ts';
import {
  callsText,
  type GatewayPicture,
  iconOf,
  nearestCap,
  reachedCap,
  statusText,
  type TrayIconState,
  usedShare,
} from './status.ts';

export interface TraySnapshot extends GatewayPicture {
  /** The whole app ends, not only its gateway. */
  readonly quitting?: boolean;
  /** A newer release that waits for the person's word, or is there already. */
  readonly update?: { readonly version: string; readonly downloaded: boolean };
}

export type TrayAction =
  | 'open'
  | 'settings'
  | 'pauseForAWhile'
  | 'pause'
  | 'resume'
  | 'stopCalls'
  | 'copyBaseUrl'
  | 'startAgain'
  | 'choosePort'
  | 'openLogs'
  | 'update'
  | 'quitNow'
  | 'quit';

export type TrayItem =
  | { kind: 'text'; id: string; label: string }
  | { kind: 'action'; id: TrayAction; label: string; enabled: boolean }
  /** Opens the request in the window. */
  | { kind: 'call'; id: string; requestId: string; label: string }
  | { kind: 'menu'; id: string; label: string; items: TrayItem[] }
  | { kind: 'separator' };

export interface TrayModel {
  icon: TrayIconState;
  tooltip: string;
  items: TrayItem[];
}

/** What "Pause for 15 minutes" means. */
export const SHORT_PAUSE_MS = 15 * 60_000;

const LABEL_CHARACTERS_MAX = 80;
const MODEL_CHARACTERS_MAX = 40;

/** `locale` is the system's own unless a test says otherwise. */
export function trayModel(snapshot: TraySnapshot, locale?: string): TrayModel {
  const status = statusText(snapshot, locale);
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
      recentCalls(snapshot, locale),
      { kind: 'separator' },
      ...pauseItems(snapshot),
      stopItem(snapshot),
      { kind: 'separator' },
      ...failedItems(snapshot),
      ...updateItems(snapshot),
      action('settings', 'Settings'),
      snapshot.quitting === true ? action('quitNow', 'Quit now') : action('quit', 'Quit Gatehouse'),
    ],
  };
}

/** What `copyBaseUrl` copies; undefined while nothing listens. */
export function baseUrlOf({ gateway }: GatewayPicture): string | undefined {
  return gateway.name === 'running' ? gateway.listening.baseUrl : undefined;
}

function troubleItems({ gateway, live }: TraySnapshot): TrayItem[] {
  if (gateway.name === 'failed' || gateway.name === 'restarting') return [text('reason', gateway.reason.message)];
  if (gateway.name !== 'running' || live === undefined || live.failing.length === 0) return [];
  return [text('failing', `Provider failing: ${live.failing.join(', ')}`)];
}

function spendItems({ live }: TraySnapshot, locale: string | undefined): Extract<TrayItem, { kind: 'text' }>[] {
  if (live === undefined) return [];
  const items = [text('spendToday', `Today ${moneyText(live.spend.todayNano, locale)}`)];
  const cap = reachedCap(live) ?? live.spend.budgets.find((budget) => budget.scope === 'global');
  if (cap !== undefined) items.push(text('spendCap', capText(cap, locale)));
  const near = nearestCap(live);
  if (near !== undefined && near !== cap) items.push(text('capNear', nearText(near)));
  return items;
}

function capText(cap: BudgetView, locale: string | undefined): string {
  const spent = moneyText(cap.spentNano + cap.heldNano, locale);
  const limit = moneyText(cap.limitNano, locale);
  const full = cap.leftNano === 0 ? ' (cap reached)' : '';
  return `${WINDOW_TEXT[cap.window]} ${spent} of ${limit}${full}`;
}

/** Rounded down: it says 100 % when nothing is left, and not before. */
function nearText(budget: BudgetView): string {
  return `Budget ${budget.id}: ${Math.floor(usedShare(budget) * 100)} % used`;
}

const WINDOW_TEXT: Record<BudgetView['window'], string> = {
  hour: 'This hour',
  day: 'Today',
  week: 'This week',
  month: 'This month',
  total: 'In all',
};

const STATE_TEXT: Record<RecentCall['state'], string> = {
  running: 'under way',
  streaming: 'streaming',
  settled: 'done',
  failed: 'failed',
  refused: 'refused',
  aborted: 'stopped',
};

function recentCalls({ live }: TraySnapshot, locale: string | undefined): TrayItem {
  const items = (live?.calls.recent ?? []).map((call): TrayItem => {
    return { kind: 'call', id: `call:${call.id}`, requestId: call.id, label: recentText(call, locale) };
  });
  const none = text('noCalls', 'No calls yet');
  return { kind: 'menu', id: 'recentCalls', label: 'Recent calls', items: items.length === 0 ? [none] : items };
}

/** `openai/gpt-4o  $0.0042  done`: model, cost where there is one, state. */
function recentText({ model = 'no model named', chargedNano, state }: RecentCall, locale: string | undefined): string {
  const cost = chargedNano === undefined ? [] : [moneyText(chargedNano, locale)];
  return [shortened(model, MODEL_CHARACTERS_MAX), ...cost, STATE_TEXT[state]].join(' · ');
}

function pauseItems({ gateway, live }: TraySnapshot): TrayItem[] {
  const ready = gateway.name === 'running' && live !== undefined;
  if (!live?.pause.active) {
    return [action('pauseForAWhile', 'Pause for 15 minutes', ready), action('pause', 'Pause until resumed', ready)];
  }
  if (live.pause.by === 'config') return [action('resume', 'Paused by the config file', false)];
  return [action('resume', 'Resume calls', ready)];
}

function stopItem({ gateway, live }: TraySnapshot): TrayItem {
  const count = gateway.name === 'running' ? (live?.calls.running.length ?? 0) : 0;
  const what = count === 0 ? 'running calls' : `${callsText(count)} now`;
  return action('stopCalls', `Stop ${what}…`, count > 0);
}

function failedItems({ gateway }: TraySnapshot): TrayItem[] {
  if (gateway.name !== 'failed' && gateway.name !== 'stopped') return [];
  const portTaken = gateway.name === 'failed' && gateway.reason.portInUse !== undefined;
  return [
    action('startAgain', 'Start the gateway again'),
    ...(portTaken ? [action('choosePort', 'Use another port…')] : []),
    action('openLogs', 'Show the log'),
    { kind: 'separator' },
  ];
}

function updateItems({ update }: TraySnapshot): TrayItem[] {
  if (update === undefined) return [];
  const { version, downloaded } = update;
  return [
    action('update', downloaded ? `Gatehouse ${version} is installed on quit` : `Gatehouse ${version} is available…`),
  ];
}

function text(id: string, label: string): Extract<TrayItem, { kind: 'text' }> {
  return { kind: 'text', id, label: shortened(label, LABEL_CHARACTERS_MAX) };
}

function action(id: TrayAction, label: string, enabled = true): TrayItem {
  return { kind: 'action', id, label, enabled };
}

function shortened(label: string, charactersMax: number): string {
  return label.length <= charactersMax ? label : `${label.slice(0, charactersMax - 1)}…`;
}
