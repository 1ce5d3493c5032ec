/** Which picture the tray shows. Files are exported from resources/icons/source/tray-*.svg by scripts/icons.ts. */
import type { TrayIconState } from './status.ts';

export interface TrayIconChoice {
  /** Below resources/icons; Electron finds the `@2x` file beside it. */
  file: string;
  /** macOS recolours template images for its menu bar by itself. */
  template: boolean;
}

/** `darkPanel`: the desktop's panel is dark, so the glyph has to be light. */
export function trayIcon(state: TrayIconState, platform: NodeJS.Platform, darkPanel: boolean): TrayIconChoice {
  if (platform === 'darwin') return { file: `tray-${state}-Template.png`, template: true };
  return { file: `tray-${state}-${darkPanel ? 'light' : 'dark'}.png`, template: false };
}
