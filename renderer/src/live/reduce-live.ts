/** What the window knows of the running gateway, kept up to date from the live subscription. Pure and bounded. */
import type {
  AlertView,
  ApprovalView,
  GatewayView,
  KilledScopeView,
  LiveEvent,
  PauseView,
  ProviderView,
  RequestView,
  SpendView,
  TransferView,
} from '../contract-views.ts';

/** The feed is for watching; older requests are in the ledger. */
export const REQUESTS_KEPT_MAX = 200;
export const TRANSFERS_KEPT_MAX = 500;
export const ALERTS_KEPT_MAX = 50;

export interface LiveState {
  readonly gateway: GatewayView;
  readonly pause: PauseView;
  readonly spend: SpendView;
  readonly providers: readonly ProviderView[];
  readonly killed: readonly KilledScopeView[];
  /** Calls that wait for a person's word, oldest first. */
  readonly approvals: readonly ApprovalView[];
  /** Newest first. */
  readonly requests: readonly RequestView[];
  /** Those seen since the last snapshot, newest first. */
  readonly transfers: readonly TransferView[];
  /** Those that came while this window was open, newest first; a new snapshot keeps them. */
  readonly alerts: readonly AlertView[];
}

/** Deltas that come before the first snapshot are about a state nobody has yet; the snapshot contains them. */
export function reduceLive(state: LiveState | undefined, event: LiveEvent): LiveState | undefined {
  if (event.type === 'snapshot') {
    const { recentRequests, ...rest } = event.snapshot;
    const requests = [...recentRequests].sort(newestFirst).slice(0, REQUESTS_KEPT_MAX);
    return { ...rest, requests, transfers: [], alerts: state?.alerts ?? [] };
  }
  if (state === undefined) return undefined;
  switch (event.type) {
    case 'request':
      return { ...state, requests: withRequest(state.requests, event.request) };
    case 'transfer':
      return { ...state, transfers: withTransfer(state.transfers, event.transfer) };
    case 'spend':
      return { ...state, spend: event.spend };
    case 'provider':
      return { ...state, providers: withProvider(state.providers, event.provider) };
    case 'providers':
      return { ...state, providers: event.providers };
    case 'pause':
      return { ...state, pause: event.pause };
    case 'gateway':
      return { ...state, gateway: event.gateway };
    case 'killed':
      return { ...state, killed: event.killed };
    case 'approvals':
      return { ...state, approvals: event.approvals };
    case 'alert':
      return { ...state, alerts: [event.alert, ...state.alerts].slice(0, ALERTS_KEPT_MAX) };
    default:
      event satisfies never;
      return state;
  }
}

function withRequest(requests: readonly RequestView[], changed: RequestView): readonly RequestView[] {
  const at = requests.findIndex((request) => request.id === changed.id);
  if (at >= 0) return requests.with(at, changed);
  const before = requests.findIndex((request) => newestFirst(changed, request) <= 0);
  const place = before < 0 ? requests.length : before;
  return requests.toSpliced(place, 0, changed).slice(0, REQUESTS_KEPT_MAX);
}

function withTransfer(transfers: readonly TransferView[], added: TransferView): readonly TransferView[] {
  if (transfers.some((transfer) => transfer.seq === added.seq)) return transfers;
  return [added, ...transfers].sort((a, b) => b.seq - a.seq).slice(0, TRANSFERS_KEPT_MAX);
}

function withProvider(providers: readonly ProviderView[], changed: ProviderView): readonly ProviderView[] {
  const at = providers.findIndex((provider) => provider.id === changed.id);
  return at >= 0 ? providers.with(at, changed) : [...providers, changed];
}

function newestFirst(a: RequestView, b: RequestView): number {
  return b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1);
}
