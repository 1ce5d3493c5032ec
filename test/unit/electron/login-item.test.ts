import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry, isEnabledEntry } from '../../../electron/settings/autostart-entry.ts';
import { createLoginItem, type LoginItemParts } from '../../../electron/settings/login-item.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gatehouse-login-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** The system's own list, as Electron shows it. */
function systemList(isPackaged = true) {
  const seen: object[] = [];
  let on = false;
  const app = {
    isPackaged,
    getLoginItemSettings(options?: object) {
      seen.push({ asked: options });
      return {
        openAtLogin: on,
        wasOpenedAtLogin: false,
        status: 'enabled' as const,
        executableWillLaunchAtLogin: on,
        launchItems: [],
      };
    },
    setLoginItemSettings(settings: { openAtLogin?: boolean }) {
      seen.push(settings);
      on = settings.openAtLogin === true;
    },
  };
  return { app, seen };
}

function parts(change: Partial<LoginItemParts> = {}): LoginItemParts {
  const { app } = systemList();
  return { app, platform: 'linux', env: {}, home, executable: '/opt/Gatehouse/gatehouse', args: [], ...change };
}

const entryFile = () => join(home, '.config', 'autostart', 'gatehouse.desktop');

describe('launch at login on Linux', () => {
  it('writes and removes a file in the autostart folder', () => {
    const item = createLoginItem(parts());
    expect(item.view()).toEqual({ on: false });
    item.set(true);
    expect(item.view()).toEqual({ on: true });
    expect(readFileSync(entryFile(), 'utf8')).toContain('\nExec=/opt/Gatehouse/gatehouse --hidden\n');
    item.set(false);
    item.set(false);
    expect(existsSync(entryFile())).toBe(false);
  });

  it('starts the image of an AppImage, not the mount inside it, and the same data directory', () => {
    const env = { APPIMAGE: '/home/me/My Apps/Gatehouse.AppImage', XDG_CONFIG_HOME: join(home, 'xdg') };
    createLoginItem(parts({ env, args: ['--data-dir', '/data'] })).set(true);
    const text = readFileSync(join(home, 'xdg', 'autostart', 'gatehouse.desktop'), 'utf8');
    expect(text).toContain('\nExec="/home/me/My Apps/Gatehouse.AppImage" --hidden --data-dir /data\n');
  });

  it('follows an app that was moved, and leaves what the desktop switched off', () => {
    mkdirSync(dirname(entryFile()), { recursive: true });
    writeFileSync(entryFile(), autostartEntry(['/old/place', '--hidden']));
    createLoginItem(parts()).refresh();
    expect(readFileSync(entryFile(), 'utf8')).toContain('Exec=/opt/Gatehouse/gatehouse');
    const off = autostartEntry(['/old/place']).replace('enabled=true', 'enabled=false');
    writeFileSync(entryFile(), off);
    const item = createLoginItem(parts());
    item.refresh();
    expect(readFileSync(entryFile(), 'utf8')).toBe(off);
    expect(item.view()).toEqual({ on: false });
  });

  it('makes nothing of its own accord', () => {
    createLoginItem(parts()).refresh();
    expect(existsSync(entryFile())).toBe(false);
  });
});

describe('launch at login elsewhere', () => {
  it('asks the system: Windows with arguments, macOS without', () => {
    const windows = systemList();
    const item = createLoginItem(parts({ app: windows.app, platform: 'win32', args: ['--data-dir', 'D:\\g'] }));
    item.set(true);
    expect(item.view()).toEqual({ on: true });
    const args = ['--hidden', '--data-dir', 'D:\\g'];
    expect(windows.seen).toEqual([{ openAtLogin: true, args }, { asked: { args } }]);
    const mac = systemList();
    createLoginItem(parts({ app: mac.app, platform: 'darwin' })).set(true);
    expect(mac.seen).toEqual([{ openAtLogin: true }]);
  });

  it('says why it cannot', () => {
    const { app } = systemList(false);
    const item = createLoginItem(parts({ app }));
    expect(item.view()).toEqual({ on: false, whyNot: expect.stringContaining('runs from its source') });
    expect(() => item.set(true)).toThrow('Install Gatehouse');
    expect(createLoginItem(parts({ platform: 'freebsd' })).view().whyNot).toContain('freebsd');
  });
});

describe('an autostart entry', () => {
  it.each([
    ['/plain/path', '/plain/path'],
    ['/with space', '"/with space"'],
    ['100%', '100%%'],
    ['say "hi"', '"say \\\\"hi\\\\""'],
    ['$HOME `x`', '"\\\\$HOME \\\\`x\\\\`"'],
    ['back\\slash', '"back\\\\\\\\slash"'],
  ])('writes %s so that it is read as it is', (argument, written) => {
    expect(autostartEntry([argument])).toContain(`\nExec=${written}\n`);
  });

  it.each<[string | undefined, boolean]>([
    [undefined, false],
    [autostartEntry(['x']), true],
    ['[Desktop Entry]\nHidden=true\n', false],
    ['[Desktop Entry]\nX-GNOME-Autostart-enabled = false\n', false],
  ])('%j counts as on: %s', (text, on) => {
    expect(isEnabledEntry(text)).toBe(on);
  });
});
