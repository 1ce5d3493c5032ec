import { Button, Group, SegmentedControl, Stack, Switch } from '@mantine/core';
import type { DesktopView } from '../../../../proxy/contract/desktop.ts';
import { Card } from '../../components/Card.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useDesktopAsk, useDesktopView } from '../../desktop/use-desktop.ts';
import classes from './ServerCard.module.css';
import { UpdatesPart } from './UpdatesPart.tsx';

/** What the desktop app does on this computer. The web console has no such app around it, and no such card. */
export function DesktopCard() {
  const view = useDesktopView();
  return view === undefined ? null : <DesktopForm view={view} />;
}

function DesktopForm({ view }: { readonly view: DesktopView }) {
  const { ask, busy } = useDesktopAsk();
  const { settings, settingsProblem, launchAtLogin, tray } = view;
  return (
    <Card title="This computer" aside={<span className="muted">Gatehouse {view.version}</span>}>
      <Stack gap="md">
        {settingsProblem !== undefined && (
          <Notice tone="warn" title="The settings of the app could not be read">
            {settingsProblem}
          </Notice>
        )}
        <Switch
          label="Start at login"
          description={launchAtLogin.whyNot ?? 'In the tray, without the window, so that tools find it running.'}
          checked={launchAtLogin.on}
          disabled={launchAtLogin.whyNot !== undefined || busy === 'launchAtLogin'}
          onChange={(event) => ask({ ask: 'launchAtLogin', on: event.currentTarget.checked })}
        />
        <Switch
          label="Show notifications here"
          description="Alerts and calls that wait for your word. Off: they are shown in this window only."
          checked={settings.notifications}
          disabled={busy === 'set'}
          onChange={(event) => ask({ ask: 'set', settings: { notifications: event.currentTarget.checked } })}
        />
        {tray && (
          <div>
            <p className={classes.name} id="on-close-name">
              Closing the window
            </p>
            <SegmentedControl
              fullWidth
              aria-labelledby="on-close-name"
              value={settings.onClose}
              onChange={(onClose) => ask({ ask: 'set', settings: { onClose } })}
              data={[
                { value: 'tray', label: 'Keeps it in the tray' },
                { value: 'quit', label: 'Quits Gatehouse' },
              ]}
            />
          </div>
        )}
        <UpdatesPart view={view} ask={ask} busy={busy} />
        <Group justify="space-between" gap="sm" wrap="nowrap">
          <span className="muted">
            A changed port counts once the gateway has started again. Running calls are finished.
          </span>
          <Button variant="default" size="xs" flex="none" onClick={() => ask({ ask: 'restartGateway' })}>
            Restart the gateway
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
