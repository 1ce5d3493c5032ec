/** The one window. Made when first opened, hidden rather than closed, made again when it is really gone. */
import { BrowserWindow, type IpcMainEvent, ipcMain, type MessagePortMain, nativeTheme, screen } from 'electron';
import type { DesktopAnswer, DesktopView, Place } from '../../proxy/contract/desktop.ts';
import {
  CONTROL_PORT_CHANNEL,
  DESKTOP_ANSWER_CHANNEL,
  DESKTOP_ASK_CHANNEL,
  DESKTOP_VIEW_CHANNEL,
  GATEWAY_STATE_CHANNEL,
  type GatewayState,
  NEED_PORT_CHANNEL,
  PLACE_CHANNEL,
} from '../channels.ts';
import { type Log, messageOf } from '../log.ts';
import { boundsWithin, loadWindow, type SavedWindow, saveWindow, WINDOW_SIZE } from './bounds.ts';
import { APP_URL } from './content.ts';
import { isTrustedSender } from './security.ts';

/** The window's own background, so that nothing flashes before the page paints. */
const BACKGROUND = { light: '#ffffff', dark: '#141517' };

export interface WindowParts {
  preload: string;
  icon: string;
  /** Where the size and place are kept. */
  stateFile: string;
  /** What closing means now: to hide, or to let it go. */
  onClose(): 'hide' | 'close';
  /** Hidden by its close button for the first time ever. */
  hiddenForTheFirstTime(): void;
  asksForPort(): void;
  gone(): void;
  gatewayState(): GatewayState;
  /** What the page asked about the app itself, unchecked; undefined: it does not even say which question it is. */
  answer(question: unknown): Promise<DesktopAnswer | undefined>;
  log: Log;
}

export interface MainWindow {
  /** Shows and focuses it. */
  open(): void;
  /** The same, at a place; a page that is still loading goes there when it is ready. */
  go(place: Place): void;
  /** Shown, or about to be once its page has painted. */
  isOpen(): boolean;
  /** In front: what it shows is seen. */
  isFocused(): boolean;
  sendPort(port: MessagePortMain): void;
  sendGatewayState(): void;
  sendDesktopView(view: DesktopView): void;
}

export function createMainWindow(parts: WindowParts): MainWindow {
  let window: BrowserWindow | undefined;
  let told = false;
  let hidden = false;
  /** The page has asked for its port: it is there to be told things. */
  let pageReady = false;
  let goingTo: Place | undefined;

  ipcMain.on(NEED_PORT_CHANNEL, (event) => {
    if (!isWindow(event)) {
      parts.log.warn('refused a request for a control port from a page that is not the window');
      return;
    }
    pageReady = true;
    sendGatewayState();
    parts.asksForPort();
    sendPlace();
  });
  ipcMain.on(DESKTOP_ASK_CHANNEL, (event, question: unknown) => {
    if (!isWindow(event)) {
      parts.log.warn('refused a question about the app from a page that is not the window');
      return;
    }
    parts
      .answer(question)
      .then((answer) => {
        if (answer !== undefined) window?.webContents.send(DESKTOP_ANSWER_CHANNEL, answer);
      })
      .catch((error: unknown) => parts.log.error(`a question of the window was not answered: ${messageOf(error)}`));
  });

  function isWindow(event: IpcMainEvent): boolean {
    return window !== undefined && isTrustedSender(event, window.webContents.id);
  }

  function sendPlace(): void {
    if (goingTo === undefined || !pageReady) return;
    window?.webContents.send(PLACE_CHANNEL, goingTo);
    goingTo = undefined;
  }

  function make(): BrowserWindow {
    const saved = restore();
    told = saved?.toldAboutTray ?? false;
    const areas = screen.getAllDisplays().map((display) => display.workArea);
    const made = new BrowserWindow({
      ...boundsWithin(saved, areas),
      minWidth: WINDOW_SIZE.minWidth,
      minHeight: WINDOW_SIZE.minHeight,
      title: 'Gatehouse',
      icon: parts.icon,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload: parts.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        webviewTag: false,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        safeDialogs: true,
      },
    });
    made.once('ready-to-show', () => made.show());
    if (saved?.maximized) made.maximize();
    made.on('close', (event) => {
      remember(made);
      if (parts.onClose() === 'close') return;
      event.preventDefault();
      made.hide();
      hidden = true;
      if (told) return;
      told = true;
      remember(made);
      parts.hiddenForTheFirstTime();
    });
    made.on('closed', () => {
      window = undefined;
      pageReady = false;
      parts.gone();
    });
    made.webContents.on('render-process-gone', (_event, details) => {
      parts.log.error(`the window's page ended (${details.reason}); it is loaded again`);
      pageReady = false;
      parts.gone();
      if (details.reason !== 'clean-exit') load(made);
    });
    load(made);
    return made;
  }

  function load(target: BrowserWindow): void {
    target.loadURL(APP_URL).catch((error: unknown) => {
      if (!target.isDestroyed()) parts.log.error(`the window could not be loaded: ${messageOf(error)}`);
    });
  }

  function restore(): SavedWindow | undefined {
    try {
      return loadWindow(parts.stateFile);
    } catch (error) {
      parts.log.warn(`the window's place could not be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  function remember(target: BrowserWindow): void {
    try {
      const maximized = target.isMaximized();
      saveWindow(parts.stateFile, { ...target.getNormalBounds(), maximized, toldAboutTray: told });
    } catch (error) {
      parts.log.warn(`the window's place could not be saved: ${messageOf(error)}`);
    }
  }

  function sendGatewayState(): void {
    window?.webContents.send(GATEWAY_STATE_CHANNEL, parts.gatewayState());
  }

  function open(): void {
    hidden = false;
    if (window === undefined) {
      window = make();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  return {
    open,
    go(place) {
      goingTo = place;
      open();
      sendPlace();
    },
    isOpen: () => window !== undefined && !hidden,
    isFocused: () => !hidden && window?.isFocused() === true,
    sendPort: (port) => window?.webContents.postMessage(CONTROL_PORT_CHANNEL, null, [port]),
    sendGatewayState,
    sendDesktopView: (view) => window?.webContents.send(DESKTOP_VIEW_CHANNEL, view),
  };
}
