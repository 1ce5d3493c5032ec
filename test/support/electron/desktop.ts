/** What the app shows or reads outside its window. Everything shown is kept, so that a test can look at it. */
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type {
  Clipboard,
  Dialog,
  Display,
  MessageBoxOptions,
  NativeImage,
  NativeTheme,
  PowerMonitor,
  nativeImage as RealNativeImage,
  Notification as RealNotification,
  Screen,
  Shell,
} from 'electron';

let clipboardText = '';
export const clipboard = {
  writeText: async (text: string) => {
    clipboardText = text;
  },
  readText: async () => clipboardText,
} satisfies Pick<Clipboard, 'writeText' | 'readText'>;

export const dialogs: MessageBoxOptions[] = [];
const answers: number[] = [];
const open: ((response: number) => void)[] = [];

/** What a person clicks in the dialog that is open, or in the next one. Until then it stays open. */
export function answerDialog(response: number): void {
  const [waiting] = open;
  if (waiting === undefined) answers.push(response);
  else waiting(response);
}

/** As in Electron: a signal that aborts closes the dialog as if it was cancelled. */
function answered({ signal, cancelId = 0 }: MessageBoxOptions): Promise<number> {
  return new Promise((resolve) => {
    const waiting = (response: number) => {
      const place = open.indexOf(waiting);
      if (place !== -1) open.splice(place, 1);
      resolve(response);
    };
    open.push(waiting);
    if (signal?.aborted) waiting(cancelId);
    signal?.addEventListener('abort', () => waiting(cancelId));
  });
}

/** How many dialogs a person sees now. */
export function openDialogs(): number {
  return open.length;
}

export const dialog = {
  showMessageBox: async (...args: unknown[]) => {
    const options = args.at(-1) as MessageBoxOptions;
    dialogs.push(options);
    const response = answers.shift() ?? (await answered(options));
    return { response, checkboxChecked: false };
  },
} satisfies Pick<Dialog, 'showMessageBox'>;

interface ShownNotification {
  title: string;
  body: string;
  actions: string[];
  click(): void;
  press(actionIndex: number): void;
  closed: boolean;
}
export const notifications: ShownNotification[] = [];

export class Notification extends EventEmitter implements Pick<RealNotification, 'show' | 'close'> {
  private readonly content: ShownNotification;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.content = {
      title: options.title ?? '',
      body: options.body ?? '',
      actions: (options.actions ?? []).map(({ text = '' }) => text),
      click: () => void this.emit('click'),
      press: (actionIndex) => void this.emit('action', { actionIndex }),
      closed: false,
    };
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    notifications.push(this.content);
    this.emit('show');
  }

  close(): void {
    this.content.closed = true;
    this.emit('close');
  }
}

export const opened: string[] = [];
export const shell = {
  openExternal: async (url: string) => {
    opened.push(url);
  },
  openPath: async (path: string) => {
    opened.push(path);
    return '';
  },
} satisfies Pick<Shell, 'openExternal' | 'openPath'>;

class ThemeDouble extends EventEmitter implements Pick<NativeTheme, 'shouldUseDarkColors'> {
  shouldUseDarkColors = false;
}
export const nativeTheme = new ThemeDouble();

/** A test puts the computer to sleep, wakes it, or shuts it down by emitting Electron's own events. */
export const powerMonitor = new EventEmitter();
powerMonitor.on satisfies (...args: Parameters<PowerMonitor['on']>) => unknown;

class ImageDouble implements Pick<NativeImage, 'isEmpty' | 'setTemplateImage' | 'isTemplateImage'> {
  readonly path: string;
  private template = false;

  constructor(path: string) {
    this.path = path;
  }

  /** Like the real one: a file that is not there, or is no PNG, makes an empty image and no error. */
  isEmpty(): boolean {
    return !existsSync(this.path) || readFileSync(this.path).subarray(1, 4).toString('latin1') !== 'PNG';
  }

  setTemplateImage(template: boolean): void {
    this.template = template;
  }

  isTemplateImage(): boolean {
    return this.template;
  }
}

export type { ImageDouble };
export const nativeImage = { createFromPath: (path: string) => new ImageDouble(path) };
nativeImage.createFromPath satisfies (
  ...args: Parameters<typeof RealNativeImage.createFromPath>
) => Pick<NativeImage, 'isEmpty' | 'setTemplateImage'>;

const workArea = { x: 0, y: 0, width: 1920, height: 1080 };
export const screen = {
  getAllDisplays: () => [{ id: 1, workArea, bounds: workArea }] as Display[],
} satisfies Pick<Screen, 'getAllDisplays'>;
