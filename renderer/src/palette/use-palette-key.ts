import { useEffect } from 'react';
import { palette, paletteStore } from './palette-store.ts';

/** Ctrl+K, or Cmd+K on a Mac, opens and closes the palette; also from within a field, but never over a dialog. */
export function usePaletteKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!wanted || event.key.toLowerCase() !== 'k') return;
      // The browser has its own use for it.
      event.preventDefault();
      if (paletteStore.getState().opened) palette.close();
      else if (!otherDialogOpen()) palette.open();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** The palette itself may still be fading out. */
function otherDialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.closest('[data-palette]') === null);
}

/** How the key is written on this machine. */
export function paletteKeyName(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K';
}
