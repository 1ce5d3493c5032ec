import { SegmentedControl, Stack, Switch, useMantineColorScheme } from '@mantine/core';
import { Card } from '../../components/Card.tsx';
import { useShortcutPreference } from '../../shell/shortcut-preference.ts';
import classes from './ServerCard.module.css';

/** Preferences of this window, kept on this machine; a config file does not decide them. */
export function AppearanceCard() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [shortcuts, setShortcuts] = useShortcutPreference();
  return (
    <Card title="Window">
      <Stack gap="md">
        <div>
          <p className={classes.name} id="theme-name">
            Theme
          </p>
          <SegmentedControl
            fullWidth
            aria-labelledby="theme-name"
            value={colorScheme}
            onChange={setColorScheme}
            data={[
              { value: 'auto', label: 'As the system' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        </div>
        <Switch
          label="Single-key shortcuts"
          description="Press ? for the list"
          checked={shortcuts}
          onChange={(event) => setShortcuts(event.currentTarget.checked)}
        />
      </Stack>
    </Card>
  );
}
