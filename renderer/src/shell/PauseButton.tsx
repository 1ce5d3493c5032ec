import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useLive } from '../live/use-live.ts';
import classes from './PauseButton.module.css';
import { usePause } from './use-pause.ts';

const MINUTE_MS = 60_000;
const FOR_A_WHILE = [
  { label: 'For 15 minutes', forMs: 15 * MINUTE_MS },
  { label: 'For 1 hour', forMs: 60 * MINUTE_MS },
];

/** The global kill switch, always in reach. A pause that the config file holds can only be lifted there. */
export function PauseButton() {
  const pause = useLive((live) => live.pause);
  const { stop, resume, busy } = usePause();
  if (pause?.active === true) {
    const heldByFile = pause.by === 'config';
    return (
      <Button
        size="xs"
        variant="filled"
        loading={busy}
        disabled={heldByFile}
        onClick={resume}
        title={heldByFile ? 'The config file holds this pause; lift it there.' : undefined}
        leftSection={<IconPlayerPlay size={15} />}
      >
        Resume
      </Button>
    );
  }
  const disabled = pause === undefined;
  return (
    <Button.Group>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        disabled={disabled}
        onClick={() => stop()}
        leftSection={<IconPlayerPause size={15} />}
      >
        Pause
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={disabled}
            className={classes.more}
            aria-label="Pause for a while"
          >
            <IconChevronDown size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FOR_A_WHILE.map(({ label, forMs }) => (
            <Menu.Item key={forMs} onClick={() => stop(forMs)}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => stop()}>Until resumed</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
