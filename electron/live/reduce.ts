/** The main process's own small picture of the gateway: a snapshot first, then only what changed. */
import type { LiveEvent, PauseView, ProviderView, Snapshot, SpendView } from '../../proxy/contract/views.ts';
import { type CallsView, callsOf, withRequest } from './calls.ts';

export interface LiveView {
  baseUrl: string;
  pause: PauseView;
  spend: SpendView;
  /** Providers whose health is `failing`, by id. */
  failing: readonly string[];
  calls: CallsView;
  /** Alerts, and calls that wait, are to be told on the desktop. */
  desktopNotices: boolean;
}

/** `undefined` before the first snapshot; a change that arrives without one is of no use and changes nothing. */
export function reduceLive(view: LiveView | undefined, event: LiveEvent): LiveView | undefined {
  if (event.type === 'snapshot') return fromSnapshot(event.snapshot);
  if (view === undefined) return undefined;
  switch (event.type) {
    case 'gateway':
      return { ...view, baseUrl: event.gateway.baseUrl };
    case 'pause':
      return { ...view, pause: event.pause };
    case 'spend':
      return { ...view, spend: event.spend };
    case 'providers':
      return { ...view, failing: failingOf(event.providers) };
    case 'provider':
      return { ...view, failing: withProvider(view.failing, event.provider) };
    case 'request':
      return withCalls(view, withRequest(view.calls, event.request));
    case 'transfer':
    case 'alert':
    case 'killed':
    case 'approvals':
      return view;
    default:
      return event satisfies never;
  }
}

function fromSnapshot(snapshot: Snapshot): LiveView {
  return {
    baseUrl: snapshot.gateway.baseUrl,
    pause: snapshot.pause,
    spend: snapshot.spend,
    failing: failingOf(snapshot.providers),
    calls: callsOf(snapshot.recentRequests),
    desktopNotices: snapshot.desktopNotices,
  };
}

function withCalls(view: LiveView, calls: CallsView): LiveView {
  return calls === view.calls ? view : { ...view, calls };
}

function failingOf(providers: readonly ProviderView[]): string[] {
  return providers.filter((provider) => provider.health === 'failing').map((provider) => provider.id);
}

function withProvider(failing: readonly string[], provider: ProviderView): readonly string[] {
  const others = failing.filter((id) => id !== provider.id);
  return provider.health === 'failing' ? [...others, provider.id] : others;
}
