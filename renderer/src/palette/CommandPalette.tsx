import '@mantine/spotlight/styles.css';
import { Spotlight } from '@mantine/spotlight';
import { useRef, useState } from 'react';
import classes from './CommandPalette.module.css';
import { PaletteBody } from './PaletteBody.tsx';
import { paletteStore } from './palette-store.ts';
import { usePaletteKey } from './use-palette-key.ts';

/** Everything in reach of the keyboard: type a few letters, press Enter. */
export function CommandPalette({ openHelp }: { readonly openHelp: () => void }) {
  const [query, setQuery] = useState('');
  const [openings, setOpenings] = useState(0);
  const before = useRef<Element>(null);
  usePaletteKey();
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      data-palette
      title="Command palette"
      size={620}
      centered={false}
      yOffset="12vh"
      radius="lg"
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      transitionProps={{ duration: 90, transition: 'fade' }}
      classNames={{ header: 'visually-hidden', content: classes.content, body: classes.body }}
      // Given back at once and by hand: a command may move the focus elsewhere right after.
      returnFocus={false}
      onSpotlightOpen={() => {
        before.current = document.activeElement;
        // It starts anew even where the last one is still fading out.
        setQuery('');
        setOpenings(openings + 1);
      }}
      onSpotlightClose={() => {
        if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
      }}
    >
      <PaletteBody key={openings} query={query} onQuery={setQuery} openHelp={openHelp} />
    </Spotlight.Root>
  );
}
