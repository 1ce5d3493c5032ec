import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const isWindows = process.platform === 'win32';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A path inside the repository.
 * @param {string[]} parts
 */
export const inRoot = (...parts) => join(root, ...parts);

/** The Node 24 that the lockfile pins; the `node` on PATH may be older. */
export const pinnedNode = inRoot('node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');

/** The gateway as built: one ESM program. */
export const gatewayProgram = inRoot('dist', 'proxy', 'main.js');
