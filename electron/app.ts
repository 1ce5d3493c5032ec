/** The desktop app put together: one instance, one supervised gateway, a tray, a window, and an orderly end. */
import { join } from 'node:path';
import { app, clipboard, protocol, session, shell } from 'electron';
import { listeningLine, listeningText } from './announcement.ts';
import { createApprovalNotices } from './approval-notices.ts';
import type { ShellArguments } from './arguments.ts';
import type { GatewayState } from './channels.ts';
import { createControlPorts } from './control-ports.ts';
import type { ShellPaths } from './data-dir.ts';
import { gatewayArguments } from './gateway/arguments.ts';
import { gatewayEnvironment } from './gateway/environment.ts';
import { type ForkedGateway, forkGateway } from './gateway/process.ts';
import type { InstallFiles } from './install-root.ts';
import { createLiveSession } from './live/session.ts';
import { type Log, messageOf } from './log.ts';
import { applicationMenu } from './menu.ts';
import { askAboutFailure, notify, showFirstAccessKey, showNotice } from './notices.ts';
import { type Listening, type StopReason, SUPERVISOR_LIMITS, type SupervisorState } from './supervisor/state.ts';
import { createSupervisor } from './supervisor/supervisor.ts';
import { baseUrlOf, type TrayAction, type TraySnapshot } from './tray/menu.ts';
import { createTray, type TrayHandle } from './tray/tray.ts';
import { APP_SCHEME, createContentHandler } from './window/content.ts';
import { guardSession } from './window/security.ts';
import { createMainWindow } from './window/window.ts';

const LIVE_RECONNECT_AFTER_MS = 1_000;

export interface ShellParts {
  args: ShellArguments;
  paths: ShellPaths;
  files: InstallFiles;
  log: Log;
  /** Writes one line to stdout; used with `--announce` only. */
  announce(line: string): void;
  /** Writes for a person to stderr; used with `--announce` only. Not the log: it holds the first access key. */
  tell(text: string): void;
}

/** Call when Electron is ready and this is the only instance. */
export function runShell({ args, paths, files, log, announce, tell }: ShellParts): { open(): void } {
  let tray: TrayHandle | undefined;
  let gateway: ForkedGateway | undefined;
  let firstAccessKey: string | undefined;
  let quitting = false;
  let drained = false;

  const security = { openExternal, refused: (what: string) => log.warn(`the window was refused ${what}`) };
  guardSession(session.defaultSession, security);
  protocol.handle(APP_SCHEME, createContentHandler(files.rendererDir));
  applicationMenu();

  const live = createLiveSession({
    changed: refresh,
    alert: ({ title, message }) => notify(title, message, () => window.open()),
    approvals: (waiting) => approvalNotices.waiting(waiting),
    reconnect: () => {
      if (supervisor.state().name === 'running') ports.mainAsks();
    },
    reconnectAfterMs: LIVE_RECONNECT_AFTER_MS,
    log,
  });
  const approvalNotices = createApprovalNotices({
    show: showNotice,
    answer: (id, answer) => settle(live.answer(id, answer)),
    windowAsks: () => window.isFocused(),
    openWindow: () => window.open(),
  });
  const ports = createControlPorts({ main: live.connect, window: (port) => window.sendPort(port) });

  const supervisor = createSupervisor({
    limits: SUPERVISOR_LIMITS,
    chance: Math.random,
    fork: (events) => {
      const command = {
        modulePath: files.gateway,
        args: gatewayArguments(args, paths.dataDir),
        env: gatewayEnvironment(process.env),
      };
      gateway = forkGateway(command, events, log);
      return gateway;
    },
    accessKeyCreated: (accessKey) => {
      firstAccessKey = accessKey;
    },
    changed: gatewayChanged,
    tellFailed,
  });

  const window = createMainWindow({
    preload: files.preload,
    icon: join(files.iconDir, 'app-512.png'),
    stateFile: join(paths.chromiumDir, 'window.json'),
    onClose,
    hiddenForTheFirstTime: () => notify('Gatehouse keeps running', 'Quit it from its tray menu.', () => window.open()),
    asksForPort: ports.windowAsks,
    gone: ports.windowGone,
    gatewayState: () => gatewayStateOf(supervisor.state()),
    log,
  });

  function snapshot(): TraySnapshot {
    return { gateway: supervisor.state(), live: live.view() };
  }

  function refresh(): void {
    tray?.show(snapshot());
  }

  function gatewayChanged(state: SupervisorState): void {
    log.info(`gateway: ${state.name}`);
    if (state.name === 'running') {
      if (gateway !== undefined) ports.gatewayUp(gateway);
      tellListening(state.listening);
    } else if (state.name !== 'stopping') {
      ports.gatewayDown();
      live.disconnect();
    }
    window.sendGatewayState();
    refresh();
  }

  function tellListening(listening: Listening): void {
    const accessKey = firstAccessKey;
    firstAccessKey = undefined;
    if (args.announce) {
      announce(listeningLine(listening, accessKey));
      tell(listeningText(listening, accessKey));
    } else if (accessKey !== undefined) settle(showFirstAccessKey(accessKey, listening));
  }

  function tellFailed(reason: StopReason): void {
    log.error(`the gateway failed (${reason.code}): ${reason.message}`);
    if (quitting) return;
    if (args.announce) announce(JSON.stringify({ event: 'failed', ...reason }));
    if (window.isOpen()) settle(ask(reason));
    else {
      notify('The gateway is not running', reason.message, () => {
        window.open();
        settle(ask(reason));
      });
    }
  }

  async function ask(reason: StopReason): Promise<void> {
    const choice = await askAboutFailure(reason);
    if (choice === 'startAgain') act('startAgain');
    if (choice === 'showLog') act('openLogs');
  }

  function act(action: TrayAction): void {
    switch (action) {
      case 'open':
        window.open();
        return;
      case 'pause':
      case 'resume':
        settle(live.setPaused(action === 'pause'));
        return;
      case 'copyBaseUrl': {
        const baseUrl = baseUrlOf(snapshot());
        if (baseUrl !== undefined) settle(clipboard.writeText(baseUrl));
        return;
      }
      case 'startAgain':
        supervisor.start();
        return;
      case 'openLogs':
        settle(shell.openPath(paths.logDir).then((problem) => problem !== '' && log.warn(problem)));
        return;
      case 'quit':
        app.quit();
        return;
      default:
        action satisfies never;
    }
  }

  function onClose(): 'hide' | 'close' {
    if (quitting) return 'close';
    // Without a tray (and without macOS's dock) a hidden window would leave nothing to quit from.
    if (tray !== undefined || process.platform === 'darwin') return 'hide';
    app.quit();
    return 'hide';
  }

  function settle(work: Promise<unknown>): void {
    work.catch((error: unknown) => log.error(messageOf(error)));
  }

  function openExternal(url: string): void {
    settle(shell.openExternal(url));
  }

  app.on('before-quit', (event) => {
    if (drained) return;
    event.preventDefault();
    if (quitting) return;
    quitting = true;
    settle(
      supervisor.stop().then(() => {
        drained = true;
        tray?.destroy();
        app.quit();
      }),
    );
  });
  // Having a listener is what keeps Electron from quitting when the window goes.
  app.on('window-all-closed', () => log.info('no window is open'));
  app.on('activate', () => window.open());
  app.on('child-process-gone', (_event, details) => log.warn(`the ${details.type} process ended: ${details.reason}`));

  tray = createTray(files.iconDir, snapshot(), act, log);
  supervisor.start();
  if (!args.hidden || tray === undefined) window.open();
  return { open: () => window.open() };
}

function gatewayStateOf(state: SupervisorState): GatewayState {
  if (state.name === 'failed' || state.name === 'restarting')
    return { state: state.name, message: state.reason.message };
  return { state: state.name };
}
