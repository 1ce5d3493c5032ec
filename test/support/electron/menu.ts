/** Menus and the tray, remembered as they were last set: a change that was not set again stays invisible, as on Linux. */
import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, Menu as RealMenu, Tray as RealTray } from 'electron';
import type { ImageDouble } from './desktop.ts';

export class Menu {
  readonly items: readonly MenuItemConstructorOptions[];

  constructor(items: readonly MenuItemConstructorOptions[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }

  static applicationMenu: Menu | null = null;

  static setApplicationMenu(menu: Menu | null): void {
    Menu.applicationMenu = menu;
  }
}
Menu.buildFromTemplate satisfies (
  template: Parameters<typeof RealMenu.buildFromTemplate>[0] & MenuItemConstructorOptions[],
) => Menu;

/** Every item, those of submenus after the one that opens them. */
export function flatItems(menu: Menu | null | undefined): MenuItemConstructorOptions[] {
  return flat(menu?.items ?? []);
}

export function findItem(menu: Menu | null | undefined, id: string): MenuItemConstructorOptions | undefined {
  return flatItems(menu).find((candidate) => candidate.id === id);
}

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...flat(Array.isArray(item.submenu) ? item.submenu : [])]);
}

/** The tray that is there now, if any. */
export let currentTray: Tray | undefined;

export class Tray extends EventEmitter implements Pick<RealTray, 'setToolTip' | 'destroy' | 'isDestroyed'> {
  image: ImageDouble;
  tooltip = '';
  menu: Menu | null = null;
  private destroyed = false;

  constructor(image: ImageDouble) {
    super();
    if (process.env.GATEHOUSE_DOUBLE_NO_TRAY !== undefined) throw new Error('this desktop has no tray');
    if (image.isEmpty()) throw new Error(`the tray image ${image.path} is missing or empty`);
    this.image = image;
    currentTray = this;
  }

  setImage(image: ImageDouble): void {
    if (image.isEmpty()) throw new Error(`the tray image ${image.path} is missing or empty`);
    this.image = image;
  }

  setToolTip(text: string): void {
    this.tooltip = text;
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
    this.emit('double:menu');
  }

  destroy(): void {
    this.destroyed = true;
    if (currentTray === this) currentTray = undefined;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }
}
