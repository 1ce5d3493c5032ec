/** Whether the palette is open. One for the window. */
import { createSpotlight } from '@mantine/spotlight';

export const [paletteStore, palette] = createSpotlight();

/** The first command is chosen at once: Enter runs it. */
export function openPalette(): void {
  paletteStore.updateState((state) => ({ ...state, opened: true, selected: 0 }));
}
