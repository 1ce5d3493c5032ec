/** BrowserWindow over a page of Playwright's Chromium that runs the real preload script and the real window. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserWindow as RealWindow, Rectangle } from 'electron';
import { app } from './app.ts';
import { browserContext, firstPageLoaded } from './browser.ts';
import { preventable } from './preventable.ts';
import { WebContentsDouble } from './web-contents.ts';

type Used =
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'close'
  | 'restore'
  | 'maximize'
  | 'isVisible'
  | 'isFocused'
  | 'isMinimized'
  | 'isMaximized'
  | 'isDestroyed'
  | 'getNormalBounds';

const windows = new Set<BrowserWindow>();

export class BrowserWindow extends EventEmitter implements Pick<RealWindow, Used> {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: WebContentsDouble;
  private readonly bounds: Rectangle;
  private visible: boolean;
  private focused = false;
  private minimized = false;
  private maximized = false;
  private destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    this.visible = options.show ?? true;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    const preload = options.webPreferences?.preload;
    const source = preload === undefined ? '' : readFileSync(preload, 'utf8');
    this.webContents = new WebContentsDouble(browserContext(app.getPath('userData'), this.bounds), source);
    windows.add(this);
    app.emit('web-contents-created', preventable({}), this.webContents);
    app.emit('browser-window-created', preventable({}), this);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url);
    firstPageLoaded();
    this.emit('ready-to-show');
  }

  show(): void {
    this.visible = true;
    this.focused = true;
    this.emit('show');
  }

  hide(): void {
    this.visible = false;
    this.focused = false;
    this.emit('hide');
  }

  focus(): void {
    this.focused = true;
    this.emit('focus');
  }

  blur(): void {
    this.focused = false;
    this.emit('blur');
  }

  minimize(): void {
    this.minimized = true;
  }

  restore(): void {
    this.minimized = false;
  }

  maximize(): void {
    this.maximized = true;
  }

  close(): void {
    void this.closeUnlessPrevented();
  }

  /** False when a listener kept the window open. */
  async closeUnlessPrevented(): Promise<boolean> {
    if (this.destroyed) return true;
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.destroyed = true;
    windows.delete(this);
    await this.webContents.destroy();
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
    return true;
  }

  isVisible(): boolean {
    return this.visible;
  }

  isFocused(): boolean {
    return this.focused;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  getNormalBounds(): Rectangle {
    return this.bounds;
  }
}

app.closeWindows = async () => {
  for (const window of [...windows]) if (!(await window.closeUnlessPrevented())) return false;
  return true;
};
