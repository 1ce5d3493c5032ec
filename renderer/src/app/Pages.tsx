import { Route, Switch } from 'wouter';
import { AccessKeysPage } from '../pages/access-keys/AccessKeysPage.tsx';
import { LedgerPage } from '../pages/ledger/LedgerPage.tsx';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { OverviewPage } from '../pages/overview/OverviewPage.tsx';
import { PlaygroundPage } from '../pages/playground/PlaygroundPage.tsx';
import { ProvidersPage } from '../pages/providers/ProvidersPage.tsx';
import { SettingsPage } from '../pages/settings/SettingsPage.tsx';

export function Pages() {
  return (
    <Switch>
      <Route path="/" component={OverviewPage} />
      <Route path="/playground" component={PlaygroundPage} />
      <Route path="/ledger" component={LedgerPage} />
      <Route path="/providers" component={ProvidersPage} />
      <Route path="/access-keys" component={AccessKeysPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route component={NotFoundPage} />
    </Switch>
  );
}
