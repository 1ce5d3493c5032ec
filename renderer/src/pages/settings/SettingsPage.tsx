import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ManagedNotice } from '../../components/ManagedNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useConfig } from '../../config-edit/use-edit-config.tsx';
import { ReceiversCard } from '../activity/ReceiversCard.tsx';
import { AppearanceCard } from './AppearanceCard.tsx';
import { BackupCard } from './BackupCard.tsx';
import { CapCard } from './CapCard.tsx';
import { ConfigCard } from './ConfigCard.tsx';
import { DesktopAlertsCard } from './DesktopAlertsCard.tsx';
import { DesktopCard } from './DesktopCard.tsx';
import { KeychainCard } from './KeychainCard.tsx';
import { NetworkCard } from './NetworkCard.tsx';
import { RecordsCard } from './RecordsCard.tsx';
import { ServerCard } from './ServerCard.tsx';
import classes from './SettingsPage.module.css';

export function SettingsPage() {
  const settings = useQuery(useApi().settings.get.queryOptions());
  const config = useConfig();
  return (
    <>
      <PageHeader title="Settings" />
      <ManagedNotice what="The cap, the address, the time zone, records and alerts" />
      {settings.isError && (
        <ErrorState what="the settings" error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      <div className={classes.columns}>
        <Stack gap="md">
          {settings.data === undefined ? (
            !settings.isError && (
              <>
                <Skeleton height={210} radius="lg" aria-busy="true" />
                <Skeleton height={250} radius="lg" />
              </>
            )
          ) : (
            <>
              <CapCard settings={settings.data} />
              <ServerCard settings={settings.data} />
            </>
          )}
          {config.data !== undefined && <RecordsCard config={config.data} />}
          <NetworkCard />
        </Stack>
        <Stack gap="md">
          <AppearanceCard />
          <DesktopCard />
          {config.isError && config.data === undefined && (
            <ErrorState what="the config" error={config.error} onRetry={() => void config.refetch()} />
          )}
          {config.data !== undefined && <DesktopAlertsCard config={config.data} />}
          <ReceiversCard />
          <KeychainCard />
          <BackupCard />
          <ConfigCard />
        </Stack>
      </div>
    </>
  );
}
