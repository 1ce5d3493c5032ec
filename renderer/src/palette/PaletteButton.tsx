import { Kbd, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import classes from './PaletteButton.module.css';
import { palette } from './palette-store.ts';
import { paletteKeyName } from './use-palette-key.ts';

/** Says quietly that there is a palette, and by which keys. */
export function PaletteButton() {
  return (
    <UnstyledButton className={classes.button} onClick={palette.open}>
      <IconSearch size={15} aria-hidden="true" />
      <span className={classes.word}>Search</span>
      <Kbd size="xs" className={classes.key} aria-hidden="true">
        {paletteKeyName()}
      </Kbd>
    </UnstyledButton>
  );
}
