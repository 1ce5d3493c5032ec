import { Button, Group, NumberInput, Select, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Card } from '../../components/Card.tsx';
import { CopyField } from '../../components/CopyField.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { SettingsView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import { DataDirectory } from './DataDirectory.tsx';
import classes from './ServerCard.module.css';
import { timeZones } from './time-zones.ts';
import { useUpdateSettings } from './use-update-settings.ts';

export function ServerCard({ settings }: { readonly settings: SettingsView }) {
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  return (
    <Card title="Gateway">
      <Stack gap="md">
        {baseUrl !== undefined && (
          <div>
            <p className={classes.name}>Base URL</p>
            <CopyField value={baseUrl} name="base URL" />
          </div>
        )}
        <AddressForm key={`${settings.port} ${settings.timeZone}`} settings={settings} />
        <DataDirectory path={settings.dataDir} />
      </Stack>
    </Card>
  );
}

function AddressForm({ settings }: { readonly settings: SettingsView }) {
  const managed = useManaged();
  const [port, setPort] = useState<number | string>(settings.port);
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const update = useUpdateSettings('Saved.');
  const portNumber = typeof port === 'number' ? port : Number.NaN;
  const problem = portNumber >= 0 && portNumber <= 65_535 ? undefined : 'A number from 0 to 65535';
  const unchanged = portNumber === settings.port && timeZone === settings.timeZone;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem !== undefined) return;
    update.mutate({
      ...(portNumber === settings.port ? {} : { port: portNumber }),
      ...(timeZone === settings.timeZone ? {} : { timeZone }),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <NumberInput
            label="Port"
            value={port}
            min={0}
            max={65_535}
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator={false}
            hideControls
            disabled={managed}
            onChange={setPort}
            error={problem}
          />
          <Select
            label="Time zone of days and months"
            data={timeZones(settings.timeZone)}
            value={timeZone}
            searchable
            allowDeselect={false}
            disabled={managed}
            onChange={(value) => value !== null && setTimeZone(value)}
          />
        </Group>
        {update.isError && (
          <Notice tone="bad" urgent title="Not saved">
            {explainError(update.error)}
          </Notice>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending} disabled={managed || unchanged}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
