import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { CopyIcon } from '../components/CopyIcon.tsx';
import { useLive } from '../live/use-live.ts';
import { PaletteButton } from '../palette/PaletteButton.tsx';
import classes from './HeaderBar.module.css';
import { PauseButton } from './PauseButton.tsx';
import { SpendMeter } from './SpendMeter.tsx';
import { ThemeButton } from './ThemeButton.tsx';

export function HeaderBar({ onHelp }: { readonly onHelp: () => void }) {
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  return (
    <div className={classes.bar}>
      <div className={classes.address}>
        {baseUrl !== undefined && (
          <>
            <span className={`${classes.url} mono truncate`}>{baseUrl}</span>
            <CopyIcon value={baseUrl} name="base URL" />
          </>
        )}
      </div>
      <SpendMeter />
      <PaletteButton />
      <div className={classes.buttons}>
        <Tooltip label="Keyboard shortcuts">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Keyboard shortcuts" onClick={onHelp}>
            <IconKeyboard size={18} color="var(--gh-muted)" />
          </ActionIcon>
        </Tooltip>
        <ThemeButton />
        <PauseButton />
      </div>
    </div>
  );
}
