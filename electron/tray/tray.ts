/** The real tray. Where a desktop has none, creating it may fail, and the app goes on without. */
import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron';
import { type Log, messageOf } from '../log.ts';
import { calm } from './calm.ts';
import { trayIcon } from './icon.ts';
import { type TrayAction, type TrayItem, type TrayModel, type TraySnapshot, trayModel } from './menu.ts';

/** However fast things change: a menu that moves under the pointer cannot be read. */
const SHOW_EVERY_MS = 500;

export interface TrayActs {
  act(action: TrayAction): void;
  openRequest(requestId: string): void;
}

export interface TrayHandle {
  /** What is shown follows within half a second. */
  show(snapshot: TraySnapshot): void;
  destroy(): void;
}

/** Undefined where no tray can be had. A click on the icon itself acts `open`. */
export function createTray(iconDir: string, first: TraySnapshot, acts: TrayActs, log: Log): TrayHandle | undefined {
  let snapshot = first;
  let model = trayModel(first);
  let shown = '';
  let tray: Tray;
  try {
    tray = new Tray(imageOf(iconDir, model));
  } catch (error) {
    log.warn(`no tray icon on this desktop (${messageOf(error)}); start Gatehouse again to open its window`);
    return undefined;
  }

  function render(): void {
    tray.setImage(imageOf(iconDir, model));
    tray.setToolTip(model.tooltip);
    // Linux panels copy the menu when it is set: a changed item shows only after setting the whole menu again.
    tray.setContextMenu(Menu.buildFromTemplate(model.items.map((item) => menuItem(item, acts))));
  }
  const soon = calm(() => {
    model = trayModel(snapshot);
    const now = JSON.stringify(model);
    if (now === shown) return;
    shown = now;
    render();
  }, SHOW_EVERY_MS);

  // macOS shows the menu on a click; opening the window behind it as well would only be in the way.
  if (process.platform !== 'darwin') tray.on('click', () => acts.act('open'));
  nativeTheme.on('updated', render);
  render();
  return {
    show(next) {
      snapshot = next;
      soon.run();
    },
    destroy() {
      soon.cancel();
      nativeTheme.off('updated', render);
      tray.destroy();
    },
  };
}

function imageOf(iconDir: string, model: TrayModel): Electron.NativeImage {
  const choice = trayIcon(model.icon, process.platform, nativeTheme.shouldUseDarkColors);
  const image = nativeImage.createFromPath(join(iconDir, choice.file));
  if (choice.template) image.setTemplateImage(true);
  return image;
}

function menuItem(item: TrayItem, acts: TrayActs): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { id: item.id, label: item.label, enabled: false };
    case 'action':
      return { id: item.id, label: item.label, enabled: item.enabled, click: () => acts.act(item.id) };
    case 'call':
      return { id: item.id, label: item.label, click: () => acts.openRequest(item.requestId) };
    case 'menu':
      return { id: item.id, label: item.label, submenu: item.items.map((inner) => menuItem(inner, acts)) };
    default:
      return item satisfies never;
  }
}
