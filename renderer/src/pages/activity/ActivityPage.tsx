import { Stack } from '@mantine/core';
import { PageHeader } from '../../components/PageHeader.tsx';
import { AlertsCard } from './AlertsCard.tsx';
import { ReceiversCard } from './ReceiversCard.tsx';

export function ActivityPage() {
  return (
    <>
      <PageHeader
        title="Activity"
        text="What Gatehouse told you of: budgets, providers, keys, loops and the books, and whether it reached your receivers."
      />
      <Stack gap="md">
        <AlertsCard />
        <ReceiversCard />
      </Stack>
    </>
  );
}
