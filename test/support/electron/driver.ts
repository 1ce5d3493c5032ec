/** One way to drive the desktop app in specs, whether its main process runs on the double or on a real Electron. */
import type { Page } from '@playwright/test';

export interface Announcement {
  event: 'listening' | 'failed';
  baseUrl?: string;
  accessKey?: string;
  code?: string;
  message?: string;
}

export interface TrayView {
  tooltip: string;
  items: { id: string; label: string; enabled: boolean }[];
}

export interface WindowView {
  visible: boolean;
  focused: boolean;
}

export interface LaunchOptions {
  dataDir: string;
  /** Before `--data-dir`, `--port 0` and `--announce`; the first of two equal flags wins. */
  args?: readonly string[];
  /** Without `--announce` the app speaks to the person only. */
  announce?: boolean;
  env?: Readonly<Record<string, string>>;
}

export interface ShellDriver {
  /** The next line of `--announce`, in order. Rejects when the app ends first. */
  announcement(): Promise<Announcement>;
  /** The page in the window. */
  page(): Promise<Page>;
  tray(): Promise<TrayView | undefined>;
  clickTray(id: string): Promise<void>;
  windows(): Promise<WindowView[]>;
  /** As the person's close button does. */
  closeWindow(): Promise<void>;
  /** Starts the app a second time on the same data directory; resolves with that process's exit code. */
  secondLaunch(...args: string[]): Promise<number>;
  /** Ends the gateway process the hard way. */
  crashGateway(): Promise<void>;
  /** A message to the main process that pretends to come from elsewhere; without `contentsId` from our window. */
  forgeMessage(channel: string, from: { contentsId?: number; url: string }, ...args: unknown[]): Promise<void>;
  clipboard(): Promise<string>;
  /** Everything the app wrote to stderr so far. */
  stderr(): string;
  /** The orderly way out; resolves with the exit code. */
  quit(): Promise<number>;
  /** Makes sure that nothing is left behind, whatever happened before. */
  dispose(): Promise<void>;
}

export function commandLine({ dataDir, args = [], announce = true }: LaunchOptions): string[] {
  return [...args, '--data-dir', dataDir, '--port', '0', ...(announce ? ['--announce'] : [])];
}

/** The person's own folders and keychain stay out of it. */
export function cleanEnvironment({ dataDir, env = {} }: LaunchOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(DBUS_|XDG_|NODE_OPTIONS|GATEHOUSE_)/.test(name));
  return { ...(Object.fromEntries(inherited) as Record<string, string>), HOME: dataDir, ...env };
}

/** Reads announcements from stdout, keeping those nobody waited for yet. */
export class Announcements {
  private readonly ready: Announcement[] = [];
  private readonly waiting: PromiseWithResolvers<Announcement>[] = [];
  private ended: Error | undefined;

  constructor(stdout: NodeJS.ReadableStream) {
    let rest = '';
    stdout.setEncoding('utf8');
    stdout.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('{"event"')) this.push(JSON.parse(line) as Announcement);
    });
  }

  next(): Promise<Announcement> {
    const first = this.ready.shift();
    if (first !== undefined) return Promise.resolve(first);
    if (this.ended !== undefined) return Promise.reject(this.ended);
    const waiter = Promise.withResolvers<Announcement>();
    this.waiting.push(waiter);
    return waiter.promise;
  }

  end(why: Error): void {
    this.ended = why;
    for (const waiter of this.waiting.splice(0)) waiter.reject(why);
  }

  private push(announcement: Announcement): void {
    const waiter = this.waiting.shift();
    if (waiter === undefined) this.ready.push(announcement);
    else waiter.resolve(announcement);
  }
}
