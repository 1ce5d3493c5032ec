import { Tabs } from '@mantine/core';
import { useLocation, useParams } from 'wouter';
import { ManagedNotice } from '../../components/ManagedNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { DefaultsTab } from './defaults/DefaultsTab.tsx';
import { FallbacksTab } from './fallbacks/FallbacksTab.tsx';
import { HealthTab } from './health/HealthTab.tsx';
import { RulesTab } from './rules/RulesTab.tsx';
import { SplitsTab } from './splits/SplitsTab.tsx';
import { type RoutingTab, TABS, tabOf } from './tabs.ts';
import { TryTab } from './try/TryTab.tsx';
import { VirtualModelsTab } from './virtual/VirtualModelsTab.tsx';

export function RoutingPage() {
  const tab = tabOf(useParams<{ tab?: string }>().tab);
  const [, go] = useLocation();
  return (
    <>
      <PageHeader
        title="Routing"
        text="Which provider and model a call goes to, and who steps in when that one fails."
      />
      <Tabs value={tab} onChange={(next) => next !== null && go(`/routing/${next}`)} keepMounted={false}>
        <Tabs.List aria-label="Parts of routing">
          {TABS.map(({ id, name }) => (
            <Tabs.Tab key={id} value={id}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          {tab !== 'try' && tab !== 'health' && <ManagedNotice what="Routing settings" />}
          <TabContent tab={tab} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function TabContent({ tab }: { readonly tab: RoutingTab }) {
  switch (tab) {
    case 'try':
      return <TryTab />;
    case 'defaults':
      return <DefaultsTab />;
    case 'virtual-models':
      return <VirtualModelsTab />;
    case 'fallbacks':
      return <FallbacksTab />;
    case 'rules':
      return <RulesTab />;
    case 'splits':
      return <SplitsTab />;
    case 'health':
      return <HealthTab />;
    default:
      return tab satisfies never;
  }
}
