/** Answers the test that forked this process. Every question is a name and arguments; every answer is plain data. */
import { app } from './app.ts';
import { debuggingUrl } from './browser.ts';
import { BrowserWindow } from './browser-window.ts';
import {
  answerDialog,
  clipboard,
  dialogs,
  nativeTheme,
  notifications,
  openDialogs,
  opened,
  powerMonitor,
} from './desktop.ts';
import { ipcMain } from './ipc-main.ts';
import { currentTray, findItem, flatItems } from './menu.ts';
import { requested } from './net.ts';
import { preventable } from './preventable.ts';
import { session } from './session.ts';
import { crashUtilityProcess } from './utility-process.ts';

const questions = {
  debuggingUrl,
  tray: () => {
    if (currentTray === undefined) return null;
    const items = flatItems(currentTray.menu).map(({ id, label, enabled, type }) => ({ id, label, enabled, type }));
    return { tooltip: currentTray.tooltip, image: currentTray.image.path, items };
  },
  clickTray: (id: string) => {
    const item = findItem(currentTray?.menu, id);
    if (item?.enabled === false) throw new Error(`the tray item ${id} is disabled`);
    if (item?.click === undefined) throw new Error(`no tray item ${id} to click`);
    (item.click as () => void)();
  },
  windows: () =>
    BrowserWindow.getAllWindows().map((window) => ({
      visible: window.isVisible(),
      focused: window.isFocused(),
      url: window.webContents.getURL(),
    })),
  windowOptions: () => BrowserWindow.getAllWindows().map(({ options }) => options),
  closeWindow: () => BrowserWindow.getAllWindows()[0]?.close(),
  blurWindow: () => BrowserWindow.getAllWindows()[0]?.blur(),
  crashGateway: (serviceName: string) => crashUtilityProcess(serviceName),
  forgeIpc: (
    channel: string,
    sender: { id: number },
    senderFrame: { url: string; parent: null },
    ...args: unknown[]
  ) => {
    ipcMain.emit(channel, { sender, senderFrame, ports: [] }, ...args);
  },
  power: (event: 'suspend' | 'resume') => void powerMonitor.emit(event),
  shutdown: () => {
    const event = preventable({});
    powerMonitor.emit('shutdown', event);
    return event.defaultPrevented;
  },
  openUrl: (url: string) => {
    const event = preventable({});
    app.emit('open-url', event, url);
    return event.defaultPrevented;
  },
  linkSchemes: () => app.linkSchemes,
  requested: () => requested,
  checkPermission: (permission: 'geolocation' | 'clipboard-sanitized-write', origin: string) => {
    return session.defaultSession.checkHandler?.(
      null,
      permission,
      origin,
      {} as Electron.PermissionCheckHandlerHandlerDetails,
    );
  },
  isSandboxed: () => app.isSandboxed(),
  clipboard: () => clipboard.readText(),
  dialogs: () => dialogs,
  openDialogs,
  answerDialog,
  notifications: () => notifications.map(({ title, body, actions, closed }) => ({ title, body, actions, closed })),
  clickNotification: () => notifications.at(-1)?.click(),
  pressNotification: (actionIndex: number) => notifications.at(-1)?.press(actionIndex),
  opened: () => opened,
  darkPanel: (dark: boolean) => {
    nativeTheme.shouldUseDarkColors = dark;
    nativeTheme.emit('updated');
  },
  quit: () => app.quit(),
};
export type Questions = typeof questions;

interface Question {
  id: number;
  name: keyof Questions;
  args: unknown[];
}

process.on('message', (question: Question) => {
  void answer(question).then((reply) => process.send?.({ id: question.id, ...reply }));
});
// A test runner that was killed must not leave an app behind.
process.on('disconnect', () => app.quit());
// The channel to the test must not keep the app alive once it wants to end.
process.channel?.unref();

async function answer({ name, args }: Question): Promise<{ value: unknown } | { error: string }> {
  try {
    const ask = questions[name] as (...given: unknown[]) => unknown;
    return { value: (await ask(...args)) ?? null };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
