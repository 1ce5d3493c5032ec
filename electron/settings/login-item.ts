/**
 * Launch at login, hidden in the tray. The system's own list is the truth: macOS and Windows are asked through Electron, on
 * Linux it is a file in the autostart folder (XDG). Only an installed app can be started by the system.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'electron';
import type { LaunchAtLoginView } from '../../proxy/contract/desktop.ts';
import { autostartEntry, isEnabledEntry } from './autostart-entry.ts';

export interface LoginItem {
  view(): LaunchAtLoginView;
  /** Throws an Error in a person's words where it cannot be switched, and what the disk throws. */
  set(on: boolean): void;
  /** An app that was moved would not be found at the next login: the entry is brought up to date. Call once at start. */
  refresh(): void;
}

export interface LoginItemParts {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings' | 'isPackaged'>;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly executable: string;
  /** Which data directory and config it was started with, so that the next start finds the same. */
  readonly args: readonly string[];
}

const FROM_SOURCE = 'This copy runs from its source. Install Gatehouse to have it started at login.';

export function createLoginItem(parts: LoginItemParts): LoginItem {
  const { app, platform } = parts;
  if (!app.isPackaged) return unavailable(FROM_SOURCE);
  if (platform === 'linux') return autostartItem(parts);
  if (platform !== 'darwin' && platform !== 'win32') return unavailable(`Gatehouse cannot do this on ${platform}.`);
  // macOS passes no arguments; there the system says that it started the app, and it stays hidden for that.
  const options = platform === 'win32' ? { args: ['--hidden', ...parts.args] } : {};
  return {
    view: () => ({ on: app.getLoginItemSettings(options).openAtLogin }),
    set: (on) => app.setLoginItemSettings({ openAtLogin: on, ...options }),
    refresh: () => undefined,
  };
}

function unavailable(whyNot: string): LoginItem {
  return {
    view: () => ({ on: false, whyNot }),
    set() {
      throw new Error(whyNot);
    },
    refresh: () => undefined,
  };
}

function autostartItem({ env, home, executable, args }: LoginItemParts): LoginItem {
  const given = env.XDG_CONFIG_HOME;
  const configHome = given === undefined || given === '' ? join(home, '.config') : given;
  const file = join(configHome, 'autostart', 'gatehouse.desktop');
  // Inside an AppImage the executable lies in a mount that is gone tomorrow; the image itself stays.
  const command = env.APPIMAGE === undefined || env.APPIMAGE === '' ? executable : env.APPIMAGE;
  const entry = autostartEntry([command, '--hidden', ...args]);

  function stored(): string | undefined {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
  function write(): void {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, entry, { mode: 0o644 });
  }
  return {
    view: () => ({ on: isEnabledEntry(stored()) }),
    set(on) {
      if (on) write();
      else rmSync(file, { force: true });
    },
    refresh() {
      const text = stored();
      if (isEnabledEntry(text) && text !== entry) write();
    },
  };
}
