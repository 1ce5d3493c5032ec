import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { inRoot, pinnedNode } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { say } from './say.mjs';

const electronDir = inRoot('node_modules', 'electron');
const failureFile = inRoot('node_modules', '.gatehouse', 'electron-download-failed');
const retryAfterMs = 24 * 60 * 60_000;
const probeMsMax = 5_000;
const downloadMsMax = 5 * 60_000;

/** Where the executable lies inside an Electron distribution. */
function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * The Electron executable, if one is here. `ELECTRON_OVERRIDE_DIST_PATH` wins, as it does for Electron's own tools.
 * @returns {string | undefined}
 */
export function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const path = join(override !== undefined && override !== '' ? override : join(electronDir, 'dist'), executableName());
  return existsSync(path) ? path : undefined;
}

/** Whether an attempt failed within the last day: starting must stay fast where the download is never possible. */
function failedRecently() {
  if (!existsSync(failureFile)) return false;
  return Date.now() - Number(readFileSync(failureFile, 'utf8')) < retryAfterMs;
}

function rememberFailure() {
  mkdirSync(inRoot('node_modules', '.gatehouse'), { recursive: true });
  writeFileSync(failureFile, String(Date.now()));
}

/** A mirror or proxy is Electron's installer's own business: only the direct way can be probed. */
function goesDirect() {
  const names = [
    'ELECTRON_MIRROR',
    'npm_config_electron_mirror',
    'HTTPS_PROXY',
    'https_proxy',
    'GLOBAL_AGENT_HTTPS_PROXY',
  ];
  return names.every((name) => process.env[name] === undefined);
}

/**
 * Whether the download host answers at all. A network that drops packets would otherwise hold the first start for minutes.
 * @returns {Promise<boolean>}
 */
function hostAnswers() {
  return new Promise((resolve) => {
    const probe = request('https://github.com/electron/electron/releases', { method: 'HEAD' });
    const deadline = setTimeout(() => probe.destroy(new Error('no answer in time')), probeMsMax);
    /** @param {boolean} answer */
    const finish = (answer) => {
      clearTimeout(deadline);
      probe.destroy();
      resolve(answer);
    };
    probe.once('response', (response) => finish((response.statusCode ?? 500) < 400));
    probe.once('error', () => finish(false));
    probe.end();
  });
}

/**
 * The Electron executable, fetched by Electron's own installer where it is missing: at most once a day, bounded in time.
 * @returns {Promise<string | undefined>} undefined where it cannot be had
 */
export async function obtainElectron() {
  const found = findElectron();
  if (found !== undefined || failedRecently()) return found;
  if (goesDirect() && !(await hostAnswers())) {
    rememberFailure();
    return undefined;
  }
  say('Fetching the Electron binary (once) ...');
  const { code } = await runQuietly(pinnedNode, [join(electronDir, 'install.js')], { timeoutMs: downloadMsMax });
  const fetched = findElectron();
  if (code !== 0 || fetched === undefined) rememberFailure();
  return code === 0 ? fetched : undefined;
}
