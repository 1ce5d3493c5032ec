import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useLive } from '../live/use-live.ts';
import { usePause } from './use-pause.ts';

/** The global kill switch, always in reach. A pause that the config file holds can only be lifted there. */
export function PauseButton() {
  const pause = useLive((live) => live.pause);
  const { toggle, busy } = usePause();
  if (pause === undefined)
    return (
      <Button size="xs" variant="default" disabled leftSection={<IconPlayerPause size={15} />}>
        Pause
      </Button>
    );
  const heldByFile = pause.active && pause.by === 'config';
  return (
    <Button
      size="xs"
      variant={pause.active ? 'filled' : 'default'}
      loading={busy}
      disabled={heldByFile}
      onClick={() => toggle(pause.active)}
      title={heldByFile ? 'The config file holds this pause; lift it there.' : undefined}
      leftSection={pause.active ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
    >
      {pause.active ? 'Resume' : 'Pause'}
    </Button>
  );
}
