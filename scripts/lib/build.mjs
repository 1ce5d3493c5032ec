import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayProgram, inRoot, pinnedNode } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { SetupError, say } from './say.mjs';

const sources = ['proxy', 'electron', 'renderer', 'resources', 'package.json', 'package-lock.json', 'vite.config.ts'];
const stampFile = inRoot('dist', '.built');

/**
 * Every file below a path, in an order that does not depend on the file system.
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  const full = inRoot(path);
  if (!existsSync(full)) return [];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What the build is made from, as one hash over names and contents: time stamps change with every checkout. */
export function sourceHash() {
  const hash = createHash('sha256');
  for (const source of sources) {
    const files = /\.\w+$/.test(source) ? [inRoot(source)] : filesBelow(source);
    for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function isBuilt() {
  return existsSync(gatewayProgram) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceHash();
}

/** Builds when the sources changed since the last build. */
export async function ensureBuilt() {
  if (!isBuilt()) await buildNow();
}

/** One line says so; the tool's words show only on failure. */
export async function buildNow() {
  say('Building ...');
  const before = sourceHash();
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await runQuietly(pinnedNode, [vite, 'build', '--logLevel', 'warn'], {
    timeoutMs: 5 * 60_000,
    // Whoever starts this may carry another one (a test runner, a shell profile): it would build React's development half,
    // which is slow and names the folders of this machine.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (code !== 0) {
    say(output.trim());
    throw new SetupError(`The build failed (exit code ${code}); the tool's own words are above.`);
  }
  writeFileSync(stampFile, before);
}
