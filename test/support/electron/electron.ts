/** The double of the `electron` module: what the main process uses of it, typed against electron.d.ts, and nothing more. */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { clipboard, dialog, Notification, nativeImage, nativeTheme, powerMonitor, screen, shell } from './desktop.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, Tray } from './menu.ts';
export { net } from './net.ts';
export { MessageChannelMain } from './ports.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utility-process.ts';
