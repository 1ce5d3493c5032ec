import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../../components/Card.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { ManagedNotice } from '../../../components/ManagedNotice.tsx';
import { ConfigExportButton } from '../../settings/ConfigExportButton.tsx';
import { useVersions } from './use-versions.ts';
import { VersionList } from './VersionList.tsx';
import { VersionPanel } from './VersionPanel.tsx';
import classes from './VersionsTab.module.css';

/** Every config the gateway ran on; each request on record names the one it ran under. */
export function VersionsTab() {
  const query = useVersions();
  const [chosen, setChosen] = useState<number>();
  const versions = query.data;
  if (query.isError && versions === undefined)
    return <ErrorState what="the config versions" error={query.error} onRetry={() => void query.refetch()} />;
  const present = versions?.[0];
  const at = versions?.findIndex(({ number }) => number === chosen) ?? -1;
  const shown = versions?.[Math.max(0, at)];
  return (
    <>
      <ManagedNotice what="All settings" />
      <div className={classes.columns}>
        <Card title="Config versions" flush aside={<ConfigExportButton />}>
          {versions === undefined ? (
            <Skeleton height={220} radius={0} aria-busy="true" />
          ) : (
            <VersionList versions={versions} shown={shown?.number} onShow={setChosen} />
          )}
        </Card>
        {shown === undefined || present === undefined ? (
          <Skeleton height={260} radius="lg" />
        ) : (
          <VersionPanel
            key={shown.number}
            version={shown}
            before={versions?.[Math.max(0, at) + 1]?.number}
            present={present.number}
          />
        )}
      </div>
    </>
  );
}
