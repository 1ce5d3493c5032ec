/** The updater of `electron-updater`, loaded when it is first needed: it costs megabytes, and most people never need it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Updater } from './updates.ts';

/** electron-builder writes the feed of its `publish` setting into this file of an installed app. */
const FEED_FILE = 'app-update.yml';

/** Why this copy cannot update itself, for a person; undefined: it can. */
export function whyNoUpdates(packaged: boolean, resourcesPath: string | undefined): string | undefined {
  if (!packaged) return 'Not available here: this copy runs from its source.';
  if (resourcesPath === undefined || !existsSync(join(resourcesPath, FEED_FILE)))
    return 'Not available here: this build was made without an update feed.';
  return undefined;
}

export async function loadUpdater(log: Log): Promise<Updater> {
  const { default: module } = await import('electron-updater');
  const { autoUpdater, CancellationToken } = module;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.allowDowngrade = false;
  // It would send a number of this installation's own with every look; nobody needs to know who asks.
  autoUpdater.requestHeaders = { 'x-user-staging-id': '' };
  // It writes addresses and file names only; its errors arrive here as rejections as well.
  autoUpdater.logger = {
    info: (what: unknown) => log.info(`updates: ${String(what)}`),
    warn: (what: unknown) => log.warn(`updates: ${String(what)}`),
    error: (what: unknown) => log.info(`updates: ${String(what)}`),
  };
  // An emitter without this listener throws what was rejected a second time.
  autoUpdater.on('error', (error) => log.info(`updates: ${error.message}`));
  return {
    async look() {
      const result = await autoUpdater.checkForUpdates();
      if (result === null) throw new Error('this kind of installation does not update itself');
      if (!result.isUpdateAvailable) return undefined;
      const { version, releaseNotes } = result.updateInfo;
      return { version, ...(releaseNotes === undefined || releaseNotes === null ? {} : { notes: releaseNotes }) };
    },
    async download(progress) {
      const listener = ({ percent }: { percent: number }) => progress(percent);
      autoUpdater.on('download-progress', listener);
      try {
        await autoUpdater.downloadUpdate(new CancellationToken());
      } finally {
        autoUpdater.off('download-progress', listener);
      }
    },
  };
}
