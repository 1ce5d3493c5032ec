import { Button, Group, Progress, Stack, Switch } from '@mantine/core';
import type { DesktopAsk, DesktopView, UpdatesView } from '../../../../proxy/contract/desktop.ts';
import { Notice } from '../../components/Notice.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { formatWhen } from '../../format/time.ts';
import classes from './UpdatesPart.module.css';

interface UpdatesPartProps {
  readonly view: DesktopView;
  readonly ask: (ask: DesktopAsk) => void;
  readonly busy: DesktopAsk['ask'] | undefined;
}

/** Nothing is looked for before the switch is on, and nothing downloaded without a click. */
export function UpdatesPart({ view: { settings, updates }, ask, busy }: UpdatesPartProps) {
  const on = settings.updates === 'notify';
  return (
    <Stack gap="sm">
      <Switch
        label="Check for updates"
        description={
          updates.state === 'unavailable'
            ? updates.why
            : 'At start and once a day. You are told; nothing is downloaded without a click.'
        }
        checked={on && updates.state !== 'unavailable'}
        disabled={updates.state === 'unavailable' || busy === 'set'}
        onChange={(event) => ask({ ask: 'set', settings: { updates: event.currentTarget.checked ? 'notify' : 'off' } })}
      />
      <div aria-live="polite">
        <UpdatesState updates={updates} ask={ask} />
      </div>
    </Stack>
  );
}

function UpdatesState({ updates, ask }: { readonly updates: UpdatesView; readonly ask: UpdatesPartProps['ask'] }) {
  switch (updates.state) {
    case 'unavailable':
    case 'off':
      return null;
    case 'idle':
    case 'checking':
    case 'current':
      return (
        <Group justify="space-between" gap="sm">
          <span className="muted">{lookedWords(updates)}</span>
          <Button
            variant="default"
            size="xs"
            loading={updates.state === 'checking'}
            onClick={() => ask({ ask: 'checkForUpdates' })}
          >
            Check now
          </Button>
        </Group>
      );
    case 'available':
      return (
        <Notice
          tone="info"
          title={`Gatehouse ${updates.version} is available`}
          action={
            <Button size="xs" onClick={() => ask({ ask: 'downloadUpdate' })}>
              Download
            </Button>
          }
        >
          {updates.notes === undefined ? (
            'It is installed when you quit Gatehouse.'
          ) : (
            <ScrollRegion aria-label="What is new" className={classes.notes}>
              {updates.notes}
            </ScrollRegion>
          )}
        </Notice>
      );
    case 'downloading':
      return (
        <div>
          <p className="muted">Downloading Gatehouse {updates.version}</p>
          <Progress value={updates.percent} aria-label={`Downloading Gatehouse ${updates.version}`} />
        </div>
      );
    case 'ready':
      return (
        <Notice tone="ok" title={`Gatehouse ${updates.version} is ready`}>
          It is installed when you quit Gatehouse.
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          tone="warn"
          title="Could not look for updates"
          action={
            <Button variant="default" size="xs" onClick={() => ask({ ask: 'checkForUpdates' })}>
              Try again
            </Button>
          }
        >
          {updates.message}
        </Notice>
      );
    default:
      return updates satisfies never;
  }
}

function lookedWords(updates: Extract<UpdatesView, { state: 'idle' | 'checking' | 'current' }>): string {
  if (updates.state === 'checking') return 'Looking for a newer release…';
  if (updates.state === 'idle') return 'Not looked for yet.';
  return `This is the newest release (checked ${formatWhen(updates.checkedAtMs, Date.now())}).`;
}
