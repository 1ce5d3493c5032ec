/** Drives the built main process on the double, in a Node process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { Announcements, cleanEnvironment, commandLine, type LaunchOptions, type ShellDriver } from './driver.ts';
import type { Questions } from './inspector.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const REGISTER = join(import.meta.dirname, 'register.ts');
const NODE_24 = join(REPOSITORY, 'node_modules', '.bin', 'node');
const GATEWAY_SERVICE_NAME = 'Gatehouse gateway';
/** The double's pages come from this stand-in origin (see web-contents.ts). */
const APP_PAGE = /^https:\/\/app\.gatehouse\.double\.invalid\//;
const DISPOSE_DEADLINE_MS = 5_000;

export interface DoubleOptions extends LaunchOptions {
  /** Where `dist/electron/main.js` is: GATEHOUSE_SHELL_ROOT (for trying a change without disturbing others), else the repository. */
  root?: string;
}

type Answer<Name extends keyof Questions> = Awaited<ReturnType<Questions[Name]>>;

export interface DoubleDriver extends ShellDriver {
  /** Asks the inspector inside the app's process. */
  ask<Name extends keyof Questions>(name: Name, ...args: Parameters<Questions[Name]>): Promise<Answer<Name>>;
  readonly exitCode: Promise<number>;
}

export async function launchDouble(options: DoubleOptions): Promise<DoubleDriver> {
  const child = start(options);
  const announcements = new Announcements(streamOf(child.stdout));
  let stderr = '';
  streamOf(child.stderr)
    .setEncoding('utf8')
    .on('data', (chunk: string) => {
      stderr += chunk;
    });
  const exitCode = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : -1));
  const gone = exitCode.then((code) => new Error(`the app ended with exit code ${code}\n${stderr}`));
  void gone.then((error) => announcements.end(error));
  const ask = asker(child, gone);
  let browser: Browser | undefined;

  async function page(): Promise<Page> {
    browser ??= await chromium.connectOverCDP(await ask('debuggingUrl'));
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('the window has no browser context');
    const found = context.pages().find((each) => APP_PAGE.test(each.url()));
    const shown = found ?? context.pages()[0] ?? (await context.waitForEvent('page'));
    await shown.waitForURL(APP_PAGE);
    return shown;
  }

  return {
    ask,
    exitCode,
    page,
    announcement: () => announcements.next(),
    async tray() {
      const tray = await ask('tray');
      if (tray === null) return undefined;
      const items = tray.items.flatMap(({ id, label = '', enabled = true }) =>
        id === undefined ? [] : [{ id, label, enabled }],
      );
      return { tooltip: tray.tooltip, items };
    },
    clickTray: (id) => ask('clickTray', id).then(noValue),
    windows: () => ask('windows'),
    closeWindow: () => ask('closeWindow').then(noValue),
    async secondLaunch(...args) {
      const [code] = await once(start({ ...options, args: [...args, ...(options.args ?? [])] }), 'exit');
      return typeof code === 'number' ? code : -1;
    },
    crashGateway: () => ask('crashGateway', GATEWAY_SERVICE_NAME).then(noValue),
    async forgeMessage(channel, { contentsId = 1, url }, ...args) {
      await ask('forgeIpc', channel, { id: contentsId }, { url, parent: null }, ...args);
    },
    clipboard: () => ask('clipboard'),
    stderr: () => stderr,
    async quit() {
      await browser?.close();
      await ask('quit');
      return await exitCode;
    },
    async dispose() {
      await browser?.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), DISPOSE_DEADLINE_MS);
      child.kill('SIGTERM');
      await exitCode;
      clearTimeout(timer);
    },
  };
}

function start(options: DoubleOptions): ChildProcess {
  const root = options.root ?? process.env.GATEHOUSE_SHELL_ROOT ?? REPOSITORY;
  const main = join(root, 'dist', 'electron', 'main.js');
  return fork(main, commandLine(options), {
    execPath: NODE_24,
    execArgv: ['--import', REGISTER],
    env: cleanEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function asker(child: ChildProcess, gone: Promise<Error>): DoubleDriver['ask'] {
  let lastId = 0;
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', (reply: { id: number; value?: unknown; error?: string }) => {
    const waiter = open.get(reply.id);
    open.delete(reply.id);
    if (reply.error === undefined) waiter?.resolve(reply.value);
    else waiter?.reject(new Error(reply.error));
  });
  void gone.then((error) => {
    for (const waiter of open.values()) waiter.reject(error);
  });
  return <Name extends keyof Questions>(name: Name, ...args: Parameters<Questions[Name]>) => {
    lastId += 1;
    const waiter = Promise.withResolvers<unknown>();
    open.set(lastId, waiter);
    child.send({ id: lastId, name, args });
    return waiter.promise as Promise<Answer<Name>>;
  };
}

function streamOf(stream: NodeJS.ReadableStream | null): NodeJS.ReadableStream {
  if (stream === null) throw new Error('the app was started without pipes');
  return stream;
}

function noValue(): void {}
