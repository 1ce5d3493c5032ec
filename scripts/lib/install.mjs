import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot, isWindows, pinnedNode } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { SetupError, say } from './say.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/**
 * @param {string} path
 * @returns {Lockfile | undefined}
 */
function readLockfile(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Whether what npm noted as installed is what the lockfile asks for. Optional packages may be missing (other
 * platforms' binaries, a keychain that could not be compiled), but not stand there in another version.
 * @param {Lockfile} wanted
 * @param {Lockfile | undefined} installed npm's own note, written as the last step of an install
 */
export function agrees(wanted, installed) {
  if (installed?.packages === undefined) return false;
  for (const [where, { version, optional }] of Object.entries(wanted.packages ?? {})) {
    if (where === '') continue;
    const found = installed.packages[where];
    if (found === undefined ? optional !== true : found.version !== version) return false;
  }
  return Object.keys(installed.packages).every(
    (where) => wanted.packages?.[where] !== undefined || isPinnedNode(where),
  );
}

/** @param {string} where the `node` package installs its own binary package below itself, outside the lockfile */
const isPinnedNode = (where) => where.startsWith('node_modules/node/');

/**
 * Node's headers, where they lie beside the running Node: with them a native module compiles without a download.
 * @returns {NodeJS.ProcessEnv}
 */
function headersEnv() {
  if (process.env.npm_config_nodedir !== undefined) return {};
  const prefix = dirname(dirname(process.env.npm_node_execpath ?? process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: prefix } : {};
}

/**
 * Runs npm as it runs itself: the same npm, on the same Node that started us.
 * @param {readonly string[]} args
 * @param {number} timeoutMs
 */
export function npm(args, timeoutMs) {
  const env = { ...process.env, ...headersEnv() };
  const { npm_execpath: program, npm_node_execpath: node } = process.env;
  if (program !== undefined && node !== undefined) return runQuietly(node, [program, ...args], { timeoutMs, env });
  return runQuietly('npm', args, { timeoutMs, env, shell: isWindows });
}

export function isInstalled() {
  const wanted = readLockfile(inRoot('package-lock.json'));
  if (wanted === undefined) throw new SetupError('package-lock.json is missing: the checkout is not complete.');
  return existsSync(pinnedNode) && agrees(wanted, readLockfile(inRoot('node_modules', '.package-lock.json')));
}

/** Installs what the lockfile names when it is not there. One line says so; npm's own words show only on failure. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  say('Installing what package-lock.json names (first time, or it changed; about a minute) ...');
  // Windows cannot replace the Node that runs this script, so there only what changed is installed.
  const replaceAll = !isWindows || !existsSync(pinnedNode);
  const { code, output, timedOut } = await npm(
    [replaceAll ? 'ci' : 'install', '--no-audit', '--no-fund', '--loglevel=error'],
    14 * 60_000,
  );
  if (code !== 0) {
    say(output.trim());
    throw new SetupError(
      timedOut
        ? 'The installation was stopped after 14 minutes. Check the connection to the npm registry and try again.'
        : `npm could not install the dependencies (exit code ${code}); its own words are above.`,
    );
  }
  if (!existsSync(pinnedNode)) {
    throw new SetupError(
      'npm installed without the pinned Node, because install scripts are switched off. Run: npm rebuild node --ignore-scripts=false',
    );
  }
}

const keytarBinary = inRoot('node_modules', 'keytar', 'build', 'Release', 'keytar.node');

/**
 * keytar is optional: npm leaves it out where it cannot be compiled, and does not come back to it when libsecret is
 * installed later. Where it still fails the keychain is simply not there, and the encrypted file holds the credentials.
 */
export async function ensureKeytar() {
  if (existsSync(keytarBinary)) return;
  say('Installing the keychain binding ...');
  const { code, output } = await npm(
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    5 * 60_000,
  );
  if (code !== 0 || !existsSync(keytarBinary)) {
    say(
      `${output.trim()}\nThe keychain binding (keytar) could not be installed; credentials go to the encrypted file.`,
    );
  }
}
