/** The desktop app put together: one instance, one supervised gateway, a tray, a window, and an orderly end. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, powerMonitor, protocol, session, shell } from 'electron';
import packageJson from '../package.json' with { type: 'json' };
import type { Place } from '../proxy/contract/desktop.ts';
import { listeningLine, listeningText } from './announcement.ts';
import type { ShellArguments } from './arguments.ts';
import type { GatewayState } from './channels.ts';
import { createControlPorts } from './control-ports.ts';
import type { ShellPaths } from './data-dir.ts';
import { gatewayArguments } from './gateway/arguments.ts';
import { gatewayEnvironment } from './gateway/environment.ts';
import { type ForkedGateway, forkGateway } from './gateway/process.ts';
import type { InstallFiles } from './install-root.ts';
import { createPortOfRun } from './life/port-choice.ts';
import { followPower } from './life/power.ts';
import { createQuit } from './life/quit.ts';
import { createLiveSession } from './live/session.ts';
import { type Log, messageOf } from './log.ts';
import { applicationMenu } from './menu.ts';
import { alertNotice } from './notices/alert-notice.ts';
import { createApprovalNotices } from './notices/approval-notices.ts';
import {
  askAboutFailure,
  askToStopCalls,
  notify,
  showFirstAccessKey,
  showNotice,
  tellFinishing,
} from './notices/show.ts';
import { createDesk } from './settings/desk.ts';
import { createLoginItem } from './settings/login-item.ts';
import { openSettings } from './settings/settings-file.ts';
import { type Listening, type StopReason, SUPERVISOR_LIMITS, type SupervisorState } from './supervisor/state.ts';
import { createSupervisor } from './supervisor/supervisor.ts';
import { baseUrlOf, SHORT_PAUSE_MS, type TrayAction, type TraySnapshot } from './tray/menu.ts';
import { callsText } from './tray/status.ts';
import { createTray, type TrayHandle } from './tray/tray.ts';
import { loadUpdater, whyNoUpdates } from './updates/load-updater.ts';
import { createUpdates } from './updates/updates.ts';
import { APP_SCHEME, createContentHandler } from './window/content.ts';
import { guardSession } from './window/security.ts';
import { createMainWindow } from './window/window.ts';

const LIVE_RECONNECT_AFTER_MS = 1_000;
const LIVE_ANSWER_WITHIN_MS = 5_000;
const SETTINGS: Place = { path: '/settings' };
const REQUESTS = '/requests';

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

export interface Shell {
  open(): void;
  go(place: Place): void;
}

/** Call when Electron is ready and this is the only instance. */
export function runShell({ args, paths, files, log, announce, tell }: ShellParts): Shell {
  let tray: TrayHandle | undefined;
  let gateway: ForkedGateway | undefined;
  let firstAccessKey: string | undefined;

  guardSession(session.defaultSession, { refused: (what) => log.warn(`the window was refused ${what}`) });
  protocol.handle(APP_SCHEME, createContentHandler(files.rendererDir));
  applicationMenu();

  const settings = openSettings(join(paths.chromiumDir, 'settings.json'));
  const settingsProblem = settings.problem();
  if (settingsProblem !== undefined) log.warn(settingsProblem);
  const loginItem = createLoginItem({
    app,
    platform: process.platform,
    env: process.env,
    home: homedir(),
    executable: process.execPath,
    args: sameStart(args),
  });
  const updates = createUpdates({
    whyUnavailable: whyNoUpdates(app.isPackaged, process.resourcesPath),
    wanted: () => settings.current().updates === 'notify',
    load: () => loadUpdater(log),
    nowMs: Date.now,
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    changed: () => {
      window.sendDesktopView(desk.view());
      refresh();
    },
    found: (version) => tellQuietly(`Gatehouse ${version} is available`, 'Read what is new under Settings.', SETTINGS),
  });
  const desk = createDesk({
    version: packageJson.version,
    settings,
    loginItem,
    updates,
    tray: () => tray !== undefined,
    restartGateway: () => settle(restartGateway()),
    startGateway: () => act('choosePort'),
    changed() {
      if (!settings.current().notifications) approvalNotices.waiting([]);
    },
  });

  const live = createLiveSession({
    changed() {
      refresh();
      if (supervisor.state().name === 'stopping') window.sendGatewayState();
    },
    alert: (alert) => {
      const acts = { go: (place: Place) => window.go(place), pause: () => settle(live.pause()) };
      if (settings.current().notifications) showNotice(alertNotice(alert, acts));
    },
    approvals: (waiting) => approvalNotices.waiting(settings.current().notifications ? waiting : []),
    reconnect: () => {
      if (supervisor.state().name === 'running') ports.mainAsks();
    },
    reconnectAfterMs: LIVE_RECONNECT_AFTER_MS,
    answerWithinMs: LIVE_ANSWER_WITHIN_MS,
    log,
  });
  const approvalNotices = createApprovalNotices({
    show: showNotice,
    answer: (id, answer) => settle(live.answer(id, answer)),
    windowAsks: () => window.isFocused(),
    openWindow: () => window.open(),
  });
  const ports = createControlPorts({ main: live.connect, window: (port) => window.sendPort(port) });
  const portOfRun = createPortOfRun((port) => live.savePort(port));

  const supervisor = createSupervisor({
    limits: SUPERVISOR_LIMITS,
    chance: Math.random,
    fork: (events) => {
      const command = {
        modulePath: files.gateway,
        args: gatewayArguments(args, paths.dataDir, portOfRun.chosen()),
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
    hiddenForTheFirstTime: () => tellQuietly('Gatehouse keeps running', 'Quit it from its tray menu.'),
    asksForPort: ports.windowAsks,
    gone: ports.windowGone,
    gatewayState: () => gatewayStateOf(supervisor.state(), callsRunning()),
    answer: desk.answer,
    log,
  });

  const quit = createQuit({
    running: () => (supervisor.state().name === 'running' ? callsRunning() : 0),
    stop: supervisor.stop,
    hurry: supervisor.hurry,
    tellFinishing: (calls, over) =>
      tellFinishing(callsText(calls), Math.round(SUPERVISOR_LIMITS.shutdownDeadlineMs / 1000), over),
    leave() {
      tray?.destroy();
      app.quit();
    },
    failed: (error) => log.error(messageOf(error)),
  });

  function callsRunning(): number {
    return live.view()?.calls.running.length ?? 0;
  }

  function snapshot(): TraySnapshot {
    const update = updates.view();
    const known = update.state === 'available' || update.state === 'ready';
    return {
      gateway: supervisor.state(),
      live: live.view(),
      quitting: quit.quitting(),
      ...(known ? { update: { version: update.version, downloaded: update.state === 'ready' } } : {}),
    };
  }

  function refresh(): void {
    tray?.show(snapshot());
  }

  function gatewayChanged(state: SupervisorState): void {
    log.info(`gateway: ${state.name}`);
    if (state.name === 'running') {
      if (gateway !== undefined) ports.gatewayUp(gateway);
      tellListening(state.listening);
      portOfRun.settle().catch((error: unknown) => {
        log.warn(`the port could not be kept: ${messageOf(error)}`);
        notify('The port is used for this run only', messageOf(error), () => window.go(SETTINGS));
      });
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
    if (quit.quitting()) return;
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
    if (choice.type === 'usePort') portOfRun.choose(choice.port, choice.keep);
    if (choice.type === 'usePort' || choice.type === 'startAgain') supervisor.start();
    if (choice.type === 'showLog') act('openLogs');
  }

  /** Said once, where the person wants notifications at all. */
  function tellQuietly(title: string, body: string, place?: Place): void {
    if (!settings.current().notifications) return;
    notify(title, body, () => (place === undefined ? window.open() : window.go(place)));
  }

  function act(action: TrayAction): void {
    const state = supervisor.state();
    switch (action) {
      case 'open':
        window.open();
        return;
      case 'settings':
      case 'update':
        window.go(SETTINGS);
        return;
      case 'pauseForAWhile':
        settle(live.pause(SHORT_PAUSE_MS));
        return;
      case 'pause':
        settle(live.pause());
        return;
      case 'resume':
        settle(live.resume());
        return;
      case 'stopCalls':
        settle(stopCalls());
        return;
      case 'copyBaseUrl': {
        const baseUrl = baseUrlOf(snapshot());
        if (baseUrl !== undefined) settle(clipboard.writeText(baseUrl));
        return;
      }
      case 'startAgain':
        supervisor.start();
        return;
      case 'choosePort':
        if (state.name === 'failed') settle(ask(state.reason));
        else if (state.name === 'stopped') supervisor.start();
        return;
      case 'openLogs':
        settle(shell.openPath(paths.logDir).then((problem) => problem !== '' && log.warn(problem)));
        return;
      case 'quitNow':
        quit.now();
        return;
      case 'quit':
        app.quit();
        return;
      default:
        action satisfies never;
    }
  }

  async function restartGateway(): Promise<void> {
    await supervisor.stop();
    if (quit.quitting()) return;
    portOfRun.forget();
    supervisor.start();
  }

  async function stopCalls(): Promise<void> {
    if (await askToStopCalls(callsText(callsRunning()))) await live.stopCalls();
  }

  function onClose(): 'hide' | 'close' {
    if (quit.quitting()) return 'close';
    // Without a tray (and without macOS's dock) a hidden window would leave nothing to quit from.
    const canHide = tray !== undefined || process.platform === 'darwin';
    if (canHide && settings.current().onClose === 'tray') return 'hide';
    app.quit();
    return 'hide';
  }

  function settle(work: Promise<unknown>): void {
    work.catch((error: unknown) => log.error(messageOf(error)));
  }

  app.on('before-quit', (event) => {
    if (quit.hold()) event.preventDefault();
  });
  // Having a listener is what keeps Electron from quitting when the window goes.
  app.on('window-all-closed', () => log.info('no window is open'));
  app.on('activate', () => window.open());
  app.on('child-process-gone', (_event, details) => log.warn(`the ${details.type} process ended: ${details.reason}`));
  followPower(powerMonitor, {
    fallsAsleep: () => gateway?.sendSleep('asleep'),
    wakesUp() {
      gateway?.sendSleep('awake');
      live.check();
      updates.follow();
    },
    quit: () => app.quit(),
  });

  const acts = { act, openRequest: (requestId: string) => window.go({ path: REQUESTS, requestId }) };
  tray = createTray(files.iconDir, snapshot(), acts, log);
  supervisor.start();
  if (!(args.hidden || openedAtLogin()) || tray === undefined) window.open();
  settle(Promise.resolve().then(() => loginItem.refresh()));
  updates.follow();
  return { open: () => window.open(), go: (place) => window.go(place) };
}

/** macOS passes no arguments to what it starts at login, but says that it did. */
function openedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** What the next start at login has to be given to find the same data and config. */
function sameStart({ dataDir, configPath }: ShellArguments): string[] {
  return [
    ...(dataDir === undefined ? [] : ['--data-dir', dataDir]),
    ...(configPath === undefined ? [] : ['--config', configPath]),
  ];
}

function gatewayStateOf(state: SupervisorState, callsLeft: number): GatewayState {
  if (state.name === 'failed' || state.name === 'restarting')
    return { state: state.name, message: state.reason.message };
  return state.name === 'stopping' ? { state: state.name, callsLeft } : { state: state.name };
}
