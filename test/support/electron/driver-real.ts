/** Drives the built app on a real Electron binary (`npm run test:electron`). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import {
  Announcements,
  cleanEnvironment,
  commandLine,
  type LaunchOptions,
  type ShellDriver,
  type TrayView,
} from './driver.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const MAIN = join(REPOSITORY, 'dist', 'electron', 'main.js');
const DISPOSE_DEADLINE_MS = 5_000;

/** What the app's process keeps for us; the tray cannot be asked, so its last menu is remembered as it is set. */
interface Recorder {
  gatehouseTray?: { tooltip: string; menu: Electron.Menu | null };
}

/** The path of the binary, or why there is none. */
export function electronBinary(): { path: string } | { missing: string } {
  try {
    const path: unknown = createRequire(import.meta.url)('electron');
    return typeof path === 'string' ? { path } : { missing: 'the electron package gave no path' };
  } catch (error) {
    return { missing: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

export async function launchReal(options: LaunchOptions): Promise<ShellDriver> {
  const electron = await launch(options);
  const child = electron.process();
  if (child.stdout === null) throw new Error('the app was started without pipes');
  const announcements = new Announcements(child.stdout);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const exitCode = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : -1));
  void exitCode.then((code) => announcements.end(new Error(`the app ended with exit code ${code}\n${stderr}`)));
  await recordTray(electron);

  return {
    announcement: () => announcements.next(),
    page: () => electron.firstWindow(),
    tray: () => readTray(electron),
    async clickTray(id) {
      await electron.evaluate((_api, itemId) => {
        const item = (globalThis as Recorder).gatehouseTray?.menu?.getMenuItemById(itemId);
        if (item === null || item === undefined) throw new Error(`no tray item ${itemId} to click`);
        if (!item.enabled) throw new Error(`the tray item ${itemId} is disabled`);
        item.click();
      }, id);
    },
    windows: () =>
      electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => ({ visible: window.isVisible(), focused: window.isFocused() })),
      ),
    closeWindow: () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    async secondLaunch(...args) {
      const binary = electronBinary();
      if ('missing' in binary) throw new Error(binary.missing);
      const second = spawn(
        binary.path,
        [MAIN, ...commandLine({ ...options, args: [...args, ...(options.args ?? [])] })],
        {
          env: cleanEnvironment(options),
          stdio: 'ignore',
        },
      );
      const [code] = await once(second, 'exit');
      return typeof code === 'number' ? code : -1;
    },
    async crashGateway() {
      await electron.evaluate(({ app }) => {
        const gateway = app.getAppMetrics().find((metric) => metric.name === 'Gatehouse gateway');
        if (gateway === undefined) throw new Error('no gateway process to end');
        process.kill(gateway.pid, 'SIGKILL');
      });
    },
    async forgeMessage(channel, { contentsId, url }, ...args) {
      await electron.evaluate(
        ({ BrowserWindow, ipcMain }, forged) => {
          const id = forged.contentsId ?? BrowserWindow.getAllWindows()[0]?.webContents.id;
          const event = { sender: { id }, senderFrame: { url: forged.url, parent: null }, ports: [] };
          ipcMain.emit(forged.channel, event, ...forged.args);
        },
        { channel, url, args, ...(contentsId === undefined ? {} : { contentsId }) },
      );
    },
    clipboard: () => electron.evaluate(({ clipboard }) => clipboard.readText()),
    stderr: () => stderr,
    async quit() {
      await electron.evaluate(({ app }) => void setImmediate(() => app.quit()));
      return await exitCode;
    },
    async dispose() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), DISPOSE_DEADLINE_MS);
      child.kill('SIGTERM');
      await exitCode;
      clearTimeout(timer);
    },
  };
}

function launch(options: LaunchOptions): Promise<ElectronApplication> {
  return _electron.launch({ args: [MAIN, ...commandLine(options)], env: cleanEnvironment(options) });
}

/** The tray sets its menu again when the theme changes, which is how a recorder that comes late gets the current one. */
async function recordTray(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ Tray, nativeTheme }) => {
    const recorder = globalThis as Recorder;
    const record = (change: Partial<NonNullable<Recorder['gatehouseTray']>>) => {
      recorder.gatehouseTray = { tooltip: '', menu: null, ...recorder.gatehouseTray, ...change };
    };
    const { setContextMenu, setToolTip } = Tray.prototype;
    Tray.prototype.setContextMenu = function remembered(menu) {
      record({ menu });
      setContextMenu.call(this, menu);
    };
    Tray.prototype.setToolTip = function remembered(tooltip) {
      record({ tooltip });
      setToolTip.call(this, tooltip);
    };
    nativeTheme.emit('updated');
  });
}

async function readTray(electron: ElectronApplication): Promise<TrayView | undefined> {
  return await electron.evaluate(() => {
    const tray = (globalThis as Recorder).gatehouseTray;
    if (tray === undefined) return undefined;
    const flat = (menu: Electron.Menu | null | undefined): Electron.MenuItem[] =>
      (menu?.items ?? []).flatMap((item) => [item, ...flat(item.submenu)]);
    const items = flat(tray.menu).filter((item) => item.type !== 'separator');
    return { tooltip: tray.tooltip, items: items.map(({ id, label, enabled }) => ({ id, label, enabled })) };
  });
}
