/**
 * The window's content, served from dist/renderer over `gatehouse://app/`. Only files that were there when the app started
 * can be asked for, by their exact path: there is nothing to traverse.
 */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export const APP_SCHEME = 'gatehouse';
export const APP_HOST = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_URL = `${APP_ORIGIN}/`;

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * The window talks to the gateway over a MessagePort and to nobody else, so `connect-src` is closed as well.
 * `style-src 'unsafe-inline'` is there because Mantine writes inline style attributes; scripts get no such exception.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export type ContentHandler = (request: Request) => Promise<Response>;

/** Lists `rendererDir` once. A missing folder gives a handler that says so, in the window, instead of a blank one. */
export function createContentHandler(rendererDir: string): ContentHandler {
  const files = listFiles(rendererDir);
  return async (request) => {
    const url = new URL(request.url);
    if (url.host !== APP_HOST) return refuse(404, 'Not found');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only reading is allowed here');
    const path = url.pathname === '/' ? '/index.html' : url.pathname;
    const file = files.get(path);
    if (file === undefined) {
      if (path === '/index.html') return refuse(503, 'The window is not built. Run: npm run build');
      return refuse(404, 'Not found');
    }
    const body = await readFile(file);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: { ...HEADERS, 'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream' },
    });
  };
}

function listFiles(rendererDir: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of entriesOf(rendererDir)) {
    if (!entry.isFile() || CONTENT_TYPES[extname(entry.name)] === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(`/${relative(rendererDir, file).split(sep).join('/')}`, file);
  }
  return files;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function refuse(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } });
}
