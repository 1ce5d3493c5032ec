/** WebContents over a Playwright page: content from the registered protocol handlers, guarded navigations, IPC and ports. */
import { EventEmitter } from 'node:events';
import { type BrowserContext, errors, type Frame, type Page, type Route } from '@playwright/test';
import type { WebContents as RealWebContents, WindowOpenHandlerResponse } from 'electron';
import { ipcMain } from './ipc-main.ts';
import { BINDING, type FromPage, initScript, type ToPage, type Wire } from './page-bridge.ts';
import { MessagePortMain } from './ports.ts';
import { preventable } from './preventable.ts';
import { handlerOf } from './session.ts';

/**
 * Chromium without Electron knows no `gatehouse:` scheme and offers nothing to intercept for it, so the page is loaded
 * from this stand-in origin. The app's own code only ever sees the real address.
 */
const STAND_IN = /^https:\/\/([a-z]+)\.([a-z]+)\.double\.invalid\//;

export function toStandIn(url: string): string {
  const parts = /^(gatehouse):\/\/([a-z]+)\/(.*)$/.exec(url);
  return parts === null ? url : `https://${parts[2]}.${parts[1]}.double.invalid/${parts[3]}`;
}

export function fromStandIn(url: string): string {
  return url.replace(STAND_IN, (_whole, host: string, scheme: string) => `${scheme}://${host}/`);
}

let lastId = 0;
let lastPort = 0;

type OpenHandler = (details: Electron.HandlerDetails) => WindowOpenHandlerResponse;

type Used = 'id' | 'getURL' | 'send' | 'isDestroyed';

export class WebContentsDouble extends EventEmitter implements Pick<RealWebContents, Used> {
  readonly id = ++lastId;
  private readonly page: Promise<Page>;
  private readonly ports = new Map<number, MessagePortMain>();
  private openHandler: OpenHandler = () => ({ action: 'allow' });
  private url = '';
  private expected: string | undefined;
  private outbox: ToPage[] = [];
  private flushing = false;
  private destroyed = false;

  constructor(context: Promise<BrowserContext>, preloadSource: string) {
    super();
    this.page = this.prepare(context, preloadSource);
  }

  private async prepare(pending: Promise<BrowserContext>, preloadSource: string): Promise<Page> {
    const context = await pending;
    const page = context.pages().find((each) => each.url() === 'about:blank') ?? (await context.newPage());
    await page.exposeBinding(BINDING, ({ frame }, message: FromPage) => this.receive(frame, message));
    await page.addInitScript({ content: initScript(preloadSource) });
    await page.route('**/*', (route) => this.answer(route));
    page.on('popup', (popup) => void popup.close());
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) return;
      const before = this.url;
      this.url = fromStandIn(frame.url());
      if (!isSameDocument(before, this.url)) this.closePorts();
    });
    page.on('crash', () => {
      this.closePorts();
      this.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 1 });
    });
    return page;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page;
    this.expected = toStandIn(url);
    await page.goto(this.expected);
    this.emit('did-finish-load');
  }

  getURL(): string {
    return this.url;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    this.post({ type: 'ipc', channel, args: args.map(encode), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly object[] = []): void {
    const ports = transfer.map((port) => {
      if (!(port instanceof MessagePortMain)) throw new TypeError('only a MessagePortMain can be transferred');
      return this.adopt(port);
    });
    this.post({ type: 'ipc', channel, args: [encode(message)], ports });
  }

  async destroy(): Promise<void> {
    this.destroyed = true;
    this.closePorts();
    this.emit('destroyed');
    const page = await this.page;
    // The last page of a persistent context takes the browser along, so it is emptied instead.
    await page.goto('about:blank').catch(ignoreClosed);
  }

  private adopt(port: MessagePortMain): number {
    lastPort += 1;
    const id = lastPort;
    this.ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) =>
      this.post({ type: 'port-message', port: id, data: encode(data) }),
    );
    port.on('close', () => {
      if (this.ports.delete(id)) this.post({ type: 'port-close', port: id });
    });
    port.start();
    return id;
  }

  private closePorts(): void {
    const open = [...this.ports.values()];
    this.ports.clear();
    for (const port of open) port.close();
  }

  /** Messages reach the page in order: one round trip at a time takes all that has gathered. */
  private post(message: ToPage): void {
    if (this.destroyed) return;
    this.outbox.push(message);
    if (this.flushing) return;
    this.flushing = true;
    void this.flush();
  }

  private async flush(): Promise<void> {
    const page = await this.page;
    while (this.outbox.length > 0) {
      const batch = this.outbox.splice(0);
      await page.evaluate(deliverInPage, batch).catch(ignoreClosed);
    }
    this.flushing = false;
  }

  private receive(frame: Frame, message: FromPage): void {
    switch (message.type) {
      case 'ipc': {
        const senderFrame = { url: fromStandIn(frame.url()), parent: frame.parentFrame() };
        ipcMain.emit(message.channel, { sender: this, senderFrame, ports: [] }, ...message.args.map(decode));
        return;
      }
      case 'port-message':
        this.ports.get(message.port)?.postMessage(decode(message.data));
        return;
      case 'port-close': {
        const port = this.ports.get(message.port);
        this.ports.delete(message.port);
        port?.close();
        return;
      }
      case 'window-open':
        this.openHandler({
          url: fromStandIn(message.url),
          frameName: '',
          features: '',
          disposition: 'foreground-tab',
          referrer: { url: '', policy: 'no-referrer' },
        });
        return;
      default:
        message satisfies never;
    }
  }

  private async answer(route: Route): Promise<void> {
    const request = route.request();
    const url = fromStandIn(request.url());
    if (request.isNavigationRequest() && !this.mayNavigate(request.frame(), request.url())) {
      await route.abort('aborted');
      return;
    }
    const handler = handlerOf(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) {
      await route.abort('addressunreachable');
      return;
    }
    // `Request` refuses unknown schemes in some methods, never GET and HEAD, which is all a page here sends.
    const response = await handler(new Request(url, { method: request.method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  private mayNavigate(frame: Frame, requested: string): boolean {
    const isMainFrame = frame.parentFrame() === null;
    if (isMainFrame && requested === this.expected) {
      this.expected = undefined;
      return true;
    }
    const details = preventable({ url: fromStandIn(requested), isMainFrame, isSameDocument: false });
    this.emit('will-frame-navigate', details);
    if (isMainFrame) this.emit('will-navigate', details, details.url);
    return !details.defaultPrevented;
  }
}

/** Another hash is another place on the same page; the same address again is a reload. */
function isSameDocument(before: string, after: string): boolean {
  return before !== after && before.split('#')[0] === after.split('#')[0];
}

function deliverInPage(messages: ToPage[]): void {
  const deliver = (window as unknown as Record<symbol, ((all: ToPage[]) => void) | undefined>)[
    Symbol.for('gatehouse.double')
  ];
  deliver?.(messages);
}

function encode(value: unknown): Wire {
  if (value === undefined) return { kind: 'undefined' };
  const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  if (!(bytes instanceof Uint8Array)) return { kind: 'json', value };
  return { kind: 'bytes', base64: Buffer.from(bytes).toString('base64') };
}

function decode(wire: Wire): unknown {
  if (wire.kind === 'undefined') return undefined;
  return wire.kind === 'json' ? wire.value : new Uint8Array(Buffer.from(wire.base64, 'base64'));
}

/** A page that is gone or going takes no messages; anything else is a fault of the double. */
function ignoreClosed(error: unknown): void {
  if (error instanceof errors.TimeoutError) throw error;
  if (!/closed|destroyed|navigation|ERR_ABORTED|crashed/i.test(String(error))) throw error;
}
