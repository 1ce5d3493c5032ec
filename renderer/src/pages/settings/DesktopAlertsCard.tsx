import { Stack, Switch } from '@mantine/core';
import type { Config } from '../../../../proxy/contract/config.ts';
import { Card } from '../../components/Card.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { EditTroubleNotice } from '../../config-edit/EditTroubleNotice.tsx';
import { useEditConfig } from '../../config-edit/use-edit-config.tsx';

/** The switch is saved as it is flipped; there is nothing to get wrong. */
export function DesktopAlertsCard({ config }: { readonly config: Config }) {
  const managed = useManaged();
  const editor = useEditConfig();
  const flip = (desktop: boolean) =>
    editor.save(
      {
        note: `desktop notifications ${desktop ? 'on' : 'off'}`,
        change: (now) => ({ ...now, alerts: { ...now.alerts, desktop } }),
      },
      desktop ? 'Desktop notifications are on.' : 'Desktop notifications are off.',
    );
  return (
    <Card title="Alerts">
      <Stack gap="md">
        <Switch
          label="Desktop notifications"
          description="When a budget runs out, a provider is down, a loop is stopped. This window shows them in any case."
          checked={config.alerts.desktop}
          disabled={managed || editor.busy}
          onChange={(event) => flip(event.currentTarget.checked)}
        />
        <EditTroubleNotice trouble={editor.trouble} />
      </Stack>
    </Card>
  );
}
