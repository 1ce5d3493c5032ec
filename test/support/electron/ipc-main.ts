import { EventEmitter } from 'node:events';
import type { IpcMain } from 'electron';

/** Messages from the page arrive here by way of page-bridge.ts. */
export const ipcMain = new EventEmitter();
ipcMain.on satisfies (...args: Parameters<IpcMain['on']>) => unknown;
