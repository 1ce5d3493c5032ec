import { existsSync } from 'node:fs';
import { inRoot, pinnedNode } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { say } from './say.mjs';

/** What the tests need of a Debian system, and the file that shows it is there. */
const debianPackages = [
  { name: 'chromium', file: '/usr/bin/chromium', why: 'browser tests' },
  { name: 'gnome-keyring', file: '/usr/bin/gnome-keyring-daemon', why: 'keychain tests' },
  { name: 'dbus', file: '/usr/bin/dbus-run-session', why: 'keychain tests' },
  { name: 'libsecret-1-dev', file: '/usr/include/libsecret-1/libsecret/secret.h', why: 'compiling keytar' },
  { name: 'g++', file: '/usr/bin/g++', why: 'compiling keytar' },
  { name: 'make', file: '/usr/bin/make', why: 'compiling keytar' },
  { name: 'python3', file: '/usr/bin/python3', why: 'compiling keytar' },
  { name: 'lsof', file: '/usr/bin/lsof', why: 'the port-owner test' },
];

/** Makes the browser tests quicker where the system has it; they run in chromium without. */
const lighterBrowser = { name: 'chromium-headless-shell', file: '/usr/bin/chromium-headless-shell' };

const aptMsMax = 10 * 60_000;

const isDebianRoot = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

/**
 * @param {string} command
 * @param {string[]} more
 */
const apt = (command, ...more) =>
  runQuietly('apt-get', [command, '-q', ...more], {
    timeoutMs: aptMsMax,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });

/** Installs what is missing, as root on Debian. Anywhere else it does nothing: a script does not ask for a password. */
export async function ensureSystemPackages() {
  if (!isDebianRoot()) return;
  const missing = debianPackages.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  const wished = existsSync(lighterBrowser.file) ? [] : [lighterBrowser.name];
  if (missing.length + wished.length === 0) return;
  say(`Installing ${[...missing, ...wished].join(', ')} with apt-get ...`);
  const update = await apt('update');
  const install = missing.length === 0 ? update : await apt('install', '-y', '--no-install-recommends', ...missing);
  // By itself: an older Debian does not know it.
  if (wished.length > 0) await apt('install', '-y', '--no-install-recommends', ...wished);
  if (missing.length > 0 && install.code !== 0) {
    // Not the end: the suites that need it say so by name.
    say(`${update.code === 0 ? '' : update.output}${install.output}`.trim());
    say(`apt-get could not install ${missing.join(', ')}; the tests that need them will say so.`);
  }
}

/** Playwright's own browser, where the system's chromium is not used. Does nothing when it is there already. */
export async function ensureBrowser() {
  if (existsSync('/usr/bin/chromium')) return;
  const cli = inRoot('node_modules', 'playwright', 'cli.js');
  const { code, output } = await runQuietly(pinnedNode, [cli, 'install', 'chromium'], { timeoutMs: aptMsMax });
  if (code !== 0) say(`${output.trim()}\nPlaywright could not install its browser; the browser tests will fail.`);
}
