/** The window as a web console: the built renderer's files, read once, under a strict content security policy. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix, relative, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { GatehouseError } from '../core/errors.ts';

export const CONSOLE_PREFIX = '/_gatehouse/console';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Mantine sets inline styles at run time; scripts come from here only, and nothing comes from anywhere else. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export function registerConsoleRoutes(app: FastifyInstance, rendererDir: string | undefined): void {
  const files = rendererDir === undefined ? new Map<string, Buffer>() : readTree(rendererDir);
  app.get('/', (_request, reply) => reply.redirect(`${CONSOLE_PREFIX}/`));
  app.get(CONSOLE_PREFIX, (_request, reply) => reply.redirect(`${CONSOLE_PREFIX}/`));
  app.get(`${CONSOLE_PREFIX}/*`, (request, reply) => {
    const { '*': rest = '' } = request.params as { '*'?: string };
    const path = rest === '' ? 'index.html' : rest;
    const file = files.get(path);
    const type = TYPES[extname(path)];
    if (file === undefined || type === undefined) {
      throw new GatehouseError(
        'route_not_found',
        files.size === 0 ? 'the window is not built here; run: npm run build' : 'the console has no such file',
      );
    }
    // Names of assets carry a hash of their content.
    const cache = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return reply.headers({ ...SECURITY_HEADERS, 'cache-control': cache, 'content-type': type }).send(file);
  });
}

/** Only what stands in this tree is ever served, so a path cannot lead out of it. Source maps stay home. */
function readTree(root: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || TYPES[extname(entry.name)] === undefined) continue;
    const full = join(entry.parentPath, entry.name);
    files.set(relative(root, full).split(sep).join(posix.sep), readFileSync(full));
  }
  return files;
}
