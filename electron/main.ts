/** Entry of the desktop app. What has to happen before Electron is ready happens here; the rest is in app.ts. */
import { mkdirSync } from 'node:fs';
import { app, protocol, shell } from 'electron';
import { runShell, type Shell } from './app.ts';
import { parseShellArguments, refuseDebugging, UsageError } from './arguments.ts';
import { shellPaths } from './data-dir.ts';
import { findInstallRoot, installFiles } from './install-root.ts';
import { createLinks } from './life/links.ts';
import { createFileLog, messageOf } from './log.ts';
import { askToOpenPage } from './notices/show.ts';
import { APP_SCHEME } from './window/content.ts';
import { createOutsideLinks } from './window/outside-links.ts';
import { guardWebContents } from './window/security.ts';

const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;
const APP_ID = 'app.gatehouse.desktop';

function start(): void {
  const argv = process.argv.slice(1);
  if (app.isPackaged) refuseDebugging(argv);
  const args = parseShellArguments(argv);
  const paths = shellPaths(args.dataDir, process.env);
  mkdirSync(paths.chromiumDir, { recursive: true, mode: 0o700 });
  app.setName('Gatehouse');
  app.setPath('userData', paths.chromiumDir);
  app.setAppUserModelId(APP_ID);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);

  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('gatehouse: already running; its window was opened\n');
    app.quit();
    return;
  }

  const log = createFileLog(paths.logDir, Date.now, process.stderr);
  // Electron then shows the error itself; this only keeps a trace of it.
  process.on('uncaughtExceptionMonitor', (error) => log.error(`uncaught ${error.name}: ${error.message}`));
  const outsideLinks = createOutsideLinks({
    open: (url) => shell.openExternal(url),
    ask: askToOpenPage,
    failed: (error) => log.warn(messageOf(error)),
  });
  guardWebContents(app, {
    follow: outsideLinks.follow,
    refused: (what) => log.warn(`a page was refused ${what}`),
  });

  const links = createLinks(app, (what) => log.warn(`refused ${what}`));
  links.follow(argv);
  let opened: Shell | undefined;
  app.on('second-instance', (_event, given) => {
    links.follow(given);
    opened?.open();
  });
  app
    .whenReady()
    .then(() => {
      const files = installFiles(findInstallRoot(import.meta.dirname));
      const announce = (line: string) => void process.stdout.write(`${line}\n`);
      opened = runShell({ args, paths, files, log, announce, tell: (text) => void process.stderr.write(text) });
      links.leadTo(opened.go);
    })
    .catch((error: unknown) => {
      log.error(`could not start: ${messageOf(error)}`);
      app.exit(EXIT_FAILURE);
    });
}

/** The terminal the app was started from may be closed long before the app is; writing to it is then no error of ours. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedTerminal);

function ignoreClosedTerminal(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}

try {
  start();
} catch (error) {
  process.stderr.write(`gatehouse: ${messageOf(error)}\n`);
  app.exit(error instanceof UsageError ? EXIT_USAGE : EXIT_FAILURE);
}
