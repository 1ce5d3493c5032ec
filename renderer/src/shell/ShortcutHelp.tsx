import { Kbd, Modal, Switch } from '@mantine/core';
import { PAGES } from '../app/page-list.ts';
import { paletteKeyName } from '../palette/use-palette-key.ts';
import classes from './ShortcutHelp.module.css';
import { useShortcutPreference } from './shortcut-preference.ts';

interface ShortcutHelpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ShortcutHelp({ opened, onClose }: ShortcutHelpProps) {
  const [enabled, setEnabled] = useShortcutPreference();
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="sm">
      <dl className={classes.list}>
        {PAGES.map((page) => (
          <div key={page.path} className={classes.row}>
            <dt>{page.name}</dt>
            <dd className={classes.keys}>
              <Kbd>g</Kbd> then <Kbd>{page.letter}</Kbd>
            </dd>
          </div>
        ))}
        <div className={classes.row}>
          <dt>Find anything</dt>
          <dd className={classes.keys}>
            <Kbd>{paletteKeyName()}</Kbd>
          </dd>
        </div>
        <div className={classes.row}>
          <dt>Send in the playground</dt>
          <dd className={classes.keys}>
            <Kbd>Enter</Kbd>
          </dd>
        </div>
        <div className={classes.row}>
          <dt>Stop its answer</dt>
          <dd className={classes.keys}>
            <Kbd>Esc</Kbd>
          </dd>
        </div>
        <div className={classes.row}>
          <dt>Edit its last question</dt>
          <dd className={classes.keys}>
            <Kbd>↑</Kbd>
          </dd>
        </div>
        <div className={classes.row}>
          <dt>This list</dt>
          <dd className={classes.keys}>
            <Kbd>?</Kbd>
          </dd>
        </div>
      </dl>
      <Switch
        mt="md"
        label="Use single-key shortcuts"
        description="Switch off if they get in the way of speech input."
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
    </Modal>
  );
}
