/** `app`: life cycle, single instance (over a real local socket), and the quit sequence in Electron's order. */
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { closeBrowser } from './browser.ts';
import { acquireLock, informed, releaseLock } from './instance-lock.ts';
import { preventable } from './preventable.ts';

type Used =
  | 'setName'
  | 'getName'
  | 'setPath'
  | 'getPath'
  | 'setAppUserModelId'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'isPackaged'
  | 'getVersion'
  | 'getAppPath'
  | 'setAsDefaultProtocolClient'
  | 'getLoginItemSettings'
  | 'setLoginItemSettings';

class AppDouble extends EventEmitter implements Pick<App, Used> {
  /** A test may have the app believe that it is installed; nothing else of an installation is there then. */
  readonly isPackaged = process.env.GATEHOUSE_DOUBLE_PACKAGED !== undefined;
  /** The schemes whose links come to this app. */
  readonly linkSchemes: string[] = [];
  private name = 'Electron';
  private readonly paths = new Map<string, string>();
  private readonly ready = Promise.withResolvers<void>();
  private isReadyNow = false;
  private sandboxed = false;
  /** BrowserWindow registers itself here, so that quitting can close it. Returns false when a window refused. */
  closeWindows: () => Promise<boolean> = async () => true;

  constructor() {
    super();
    // Real Electron turns ready only after the entry module ran; so does this.
    setImmediate(() => {
      this.isReadyNow = true;
      this.emit('ready');
      this.ready.resolve();
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.quit());
  }

  setName(name: string): void {
    this.name = name;
  }

  getName(): string {
    return this.name;
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  getPath(name: string): string {
    return this.paths.get(name) ?? join(tmpdir(), 'electron-double', name);
  }

  setAppUserModelId(_id: string): void {}

  getVersion(): string {
    return process.env.GATEHOUSE_DOUBLE_VERSION ?? '0.1.0';
  }

  getAppPath(): string {
    return process.cwd();
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.linkSchemes.push(scheme);
    return true;
  }

  /** On Linux Electron does nothing here; macOS and Windows are beyond this double. */
  getLoginItemSettings(): Electron.LoginItemSettings {
    return {
      openAtLogin: false,
      wasOpenedAtLogin: false,
      status: 'not-found',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    };
  }

  setLoginItemSettings(_settings: Electron.Settings): void {}

  enableSandbox(): void {
    if (this.isReadyNow) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }

  isSandboxed(): boolean {
    return this.sandboxed;
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    return acquireLock(
      this.getPath('userData'),
      { argv: process.argv, cwd: process.cwd(), additionalData },
      (other) => {
        this.emit('second-instance', preventable({}), other.argv, other.cwd, other.additionalData);
      },
    );
  }

  isReady(): boolean {
    return this.isReadyNow;
  }

  whenReady(): Promise<void> {
    return this.ready.promise;
  }

  quit(): void {
    void this.quitInOrder();
  }

  exit(exitCode = 0): void {
    releaseLock();
    void Promise.allSettled([informed, closeBrowser()]).then(() => process.exit(exitCode));
  }

  private async quitInOrder(): Promise<void> {
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented || !(await this.closeWindows())) return;
    const will = preventable({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) return;
    this.emit('quit', preventable({}), 0);
    this.exit(0);
  }
}

/** Where an installed app keeps what is beside its archive, such as the address of its update feed. */
Object.defineProperty(process, 'resourcesPath', { value: process.env.GATEHOUSE_DOUBLE_RESOURCES });

export const app = new AppDouble();
app satisfies Pick<App, Used>;
