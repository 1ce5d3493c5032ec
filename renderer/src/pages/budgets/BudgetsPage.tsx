import { Button, Skeleton, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ManagedNotice, useManaged } from '../../components/ManagedNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useAddressDialog } from '../../components/use-address-dialog.ts';
import { useConfig } from '../../config-edit/use-edit-config.tsx';
import { BudgetDialog } from './BudgetDialog.tsx';
import { BudgetsCard } from './BudgetsCard.tsx';
import classes from './BudgetsPage.module.css';
import { FeesCard } from './FeesCard.tsx';
import { KillSwitchesCard } from './KillSwitchesCard.tsx';
import { LoopGuardCard } from './LoopGuardCard.tsx';
import { RateLimitsCard } from './RateLimitsCard.tsx';

export function BudgetsPage() {
  const query = useConfig();
  const managed = useManaged();
  const adding = useAddressDialog('/budgets', 'new');
  const config = query.data;
  const add = (
    <Button leftSection={<IconPlus size={16} />} disabled={managed || config === undefined} onClick={adding.open}>
      Add budget
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Budgets & limits"
        text="What stands between a call and a bill. Everything is checked before anything is sent."
        actions={add}
      />
      <ManagedNotice what="Budgets, rate limits, the loop guard and fees" />
      {query.isError && config === undefined ? (
        <ErrorState what="the limits" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <BudgetsCard config={config} add={add} />
          <div className={classes.columns}>
            <Stack gap="md">
              <KillSwitchesCard />
              {config === undefined ? <Skeleton height={120} radius="lg" /> : <RateLimitsCard config={config} />}
            </Stack>
            <Stack gap="md">
              {config === undefined ? (
                <Skeleton height={240} radius="lg" />
              ) : (
                <>
                  <LoopGuardCard config={config} />
                  <FeesCard config={config} />
                </>
              )}
            </Stack>
          </div>
          {config !== undefined && (
            <BudgetDialog budgets={config.budgets} opened={adding.opened && !managed} onClose={adding.close} />
          )}
        </>
      )}
    </>
  );
}
