import { Route, Switch } from 'wouter';
import { AccessKeysPage } from '../pages/access-keys/AccessKeysPage.tsx';
import { ActivityPage } from '../pages/activity/ActivityPage.tsx';
import { BudgetsPage } from '../pages/budgets/BudgetsPage.tsx';
import { ConnectPage } from '../pages/connect/ConnectPage.tsx';
import { LedgerPage } from '../pages/ledger/LedgerPage.tsx';
import { ModelsPage } from '../pages/models/ModelsPage.tsx';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { OverviewPage } from '../pages/overview/OverviewPage.tsx';
import { PlaygroundPage } from '../pages/playground/PlaygroundPage.tsx';
import { ProvidersPage } from '../pages/providers/ProvidersPage.tsx';
import { RequestsPage } from '../pages/requests/RequestsPage.tsx';
import { RoutingPage } from '../pages/routing/RoutingPage.tsx';
import { SettingsPage } from '../pages/settings/SettingsPage.tsx';
import { UsagePage } from '../pages/usage/UsagePage.tsx';
import { WelcomePage } from '../pages/welcome/WelcomePage.tsx';

export function Pages() {
  return (
    <Switch>
      <Route path="/" component={OverviewPage} />
      <Route path="/playground" component={PlaygroundPage} />
      <Route path="/requests" component={RequestsPage} />
      <Route path="/usage/:part?" component={UsagePage} />
      <Route path="/ledger/:part?" component={LedgerPage} />
      <Route path="/providers/*?" component={ProvidersPage} />
      <Route path="/models/*?" component={ModelsPage} />
      <Route path="/budgets/:part?" component={BudgetsPage} />
      <Route path="/routing/:tab?" component={RoutingPage} />
      <Route path="/access-keys/:part?" component={AccessKeysPage} />
      <Route path="/connect/:tool?" component={ConnectPage} />
      <Route path="/activity/:tab?" component={ActivityPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route path="/welcome/:step?" component={WelcomePage} />
      <Route component={NotFoundPage} />
    </Switch>
  );
}
