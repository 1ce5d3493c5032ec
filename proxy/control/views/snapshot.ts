/** Everything the window opens with. */
import type { Snapshot, SpendView } from '../../contract/views.ts';
import type { ControlParts } from '../types.ts';
import { providerViews } from './provider-view.ts';

export async function takeSnapshot(parts: ControlParts): Promise<Snapshot> {
  const [keychain, spend, providers] = await Promise.all([
    parts.credentials.status(),
    takeSpend(parts),
    providerViews(parts),
  ]);
  return {
    gateway: parts.gateway(keychain),
    pause: parts.killSwitch.view(),
    spend,
    providers,
    killed: parts.killSwitches.view(),
    approvals: parts.approvals.list(),
    desktopNotices: parts.configKeeper.current().alerts.desktop,
    recentRequests: parts.feed.recent(),
  };
}

export function takeSpend(parts: ControlParts): Promise<SpendView> {
  return parts.ledger.spend(parts.active().budgets);
}
