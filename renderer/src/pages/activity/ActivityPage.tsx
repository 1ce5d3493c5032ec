import { Stack, Tabs } from '@mantine/core';
import { useLocation, useParams } from 'wouter';
import { PageHeader } from '../../components/PageHeader.tsx';
import { AlertsCard } from './AlertsCard.tsx';
import { ReceiversCard } from './ReceiversCard.tsx';
import { TABS, tabOf } from './tabs.ts';
import { VersionsTab } from './versions/VersionsTab.tsx';

export function ActivityPage() {
  const tab = tabOf(useParams<{ tab?: string }>().tab);
  const [, go] = useLocation();
  return (
    <>
      <PageHeader
        title="Activity"
        text="What Gatehouse told you of, and every change of its config, with a way back to each."
      />
      <Tabs value={tab} onChange={(next) => next !== null && go(`/activity/${next}`)} keepMounted={false}>
        <Tabs.List aria-label="Parts of activity">
          {TABS.map(({ id, name }) => (
            <Tabs.Tab key={id} value={id}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          {tab === 'alerts' ? (
            <Stack gap="md">
              <AlertsCard />
              <ReceiversCard />
            </Stack>
          ) : (
            <VersionsTab />
          )}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
