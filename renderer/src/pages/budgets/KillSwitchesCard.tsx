import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { Ago } from '../../components/Ago.tsx';
import { Card } from '../../components/Card.tsx';
import { Status } from '../../components/Status.tsx';
import type { KilledScopeView } from '../../contract-views.ts';
import { useLive } from '../../live/use-live.ts';
import { usePause } from '../../shell/use-pause.ts';
import classes from './entries.module.css';
import { StopDialog } from './StopDialog.tsx';
import { scopeWords } from './scope-words.ts';
import { useKillSwitch } from './use-kill-switch.ts';

/** What is stopped: everything, or one provider, model, key or project. Not part of a managed config, so always in reach. */
export function KillSwitchesCard() {
  const killed = useLive((live) => live.killed) ?? [];
  const [stopping, setStopping] = useState(false);
  return (
    <Card
      title="Kill switches"
      flush
      aside={
        <Button size="xs" variant="default" onClick={() => setStopping(true)}>
          Stop one thing
        </Button>
      }
    >
      <ul className={classes.list} aria-label="Kill switches">
        <GlobalEntry />
        {killed.map((one) => (
          <KilledEntry key={one.scope} killed={one} />
        ))}
      </ul>
      <StopDialog opened={stopping} onClose={() => setStopping(false)} />
    </Card>
  );
}

function GlobalEntry() {
  const pause = useLive((live) => live.pause);
  const { toggle, busy } = usePause();
  const active = pause?.active === true;
  const heldByFile = active && pause.by === 'config';
  return (
    <li className={classes.entry}>
      <div className={classes.words}>
        <p className={classes.name}>Everything</p>
        <p className={classes.detail}>
          {active ? 'Nothing is sent to any provider.' : 'Also in the header of every page, and in the tray.'}
        </p>
      </div>
      <Group gap="sm" wrap="nowrap">
        <Status tone={active ? 'bad' : 'ok'}>{active ? 'Stopped' : 'Running'}</Status>
        {heldByFile ? (
          <span className="muted">by the config</span>
        ) : (
          <Button
            size="xs"
            variant="default"
            loading={busy}
            disabled={pause === undefined}
            onClick={() => toggle(active)}
            aria-label={active ? 'Let everything go' : 'Stop everything'}
          >
            {active ? 'Let go' : 'Stop'}
          </Button>
        )}
      </Group>
    </li>
  );
}

function KilledEntry({ killed }: { readonly killed: KilledScopeView }) {
  const { lift, busy } = useKillSwitch();
  const words = scopeWords(killed.scope);
  return (
    <li className={classes.entry}>
      <div className={classes.words}>
        <p className={classes.name}>{words}</p>
        <p className={classes.detail}>
          {killed.by === 'config' ? 'Held down by the config (killSwitch)' : 'Stopped by you'}
          {killed.sinceMs !== undefined && (
            <>
              {' '}
              <Ago atMs={killed.sinceMs} />
            </>
          )}
        </p>
      </div>
      <Group gap="sm" wrap="nowrap">
        <Status tone="bad">Stopped</Status>
        {killed.by === 'config' ? (
          <span className="muted">by the config</span>
        ) : (
          <Button
            size="xs"
            variant="default"
            loading={busy}
            onClick={() => lift(killed.scope)}
            aria-label={`Let ${words} go`}
          >
            Let go
          </Button>
        )}
      </Group>
    </li>
  );
}
