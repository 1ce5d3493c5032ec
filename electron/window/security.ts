/** What a page in our window may not do. Applied to every web contents the app ever creates, ours or not. */
import type { App, IpcMainEvent, Session, WebContents } from 'electron';
import { APP_ORIGIN } from './content.ts';

/** The window's copy buttons need this one; it takes a click and only writes. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

export interface SessionSecurityParts {
  /** For the log: what was refused. Never a full URL, which could carry anything. */
  refused(what: string): void;
}

export interface SecurityParts extends SessionSecurityParts {
  /** A link of our own page to somewhere else; false when it is not followed. */
  follow(url: string): boolean;
}

export function guardWebContents(app: App, parts: SecurityParts): void {
  app.on('web-contents-created', (_event, contents) => guardOne(contents, parts));
}

function guardOne(contents: WebContents, parts: SecurityParts): void {
  contents.on('will-navigate', (details) => {
    if (isAppPage(details.url)) return;
    details.preventDefault();
    parts.refused(`a navigation to ${schemeOf(details.url)}`);
  });
  contents.on('will-frame-navigate', (details) => {
    if (details.isMainFrame) return;
    details.preventDefault();
    parts.refused('a frame');
  });
  contents.on('will-redirect', (details) => {
    details.preventDefault();
    parts.refused('a redirect');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    parts.refused('a webview');
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (!isAppUrl(contents.getURL()) || !parts.follow(url)) parts.refused(`a new window for ${schemeOf(url)}`);
    return { action: 'deny' };
  });
}

export function guardSession(session: Session, parts: SessionSecurityParts): void {
  session.setPermissionRequestHandler((contents, permission, decide) => {
    const granted = permission === ALLOWED_PERMISSION && isAppUrl(contents.getURL());
    if (!granted) parts.refused(`the permission ${permission}`);
    decide(granted);
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return permission === ALLOWED_PERMISSION && isAppUrl(origin);
  });
  session.setDevicePermissionHandler(() => false);
  // What our own page has made (an export, an invoice); where it goes, the system's save dialog asks.
  session.on('will-download', (event, item, contents) => {
    if (isOwnBlob(item.getURL()) && isAppUrl(contents.getURL())) return;
    event.preventDefault();
    parts.refused('a download');
  });
  session.setSpellCheckerEnabled(false);
}

/** Bytes of our own page. A blob of any other origin, or an address on the network, is none. */
export function isOwnBlob(url: string): boolean {
  return url.startsWith(`blob:${APP_ORIGIN}/`);
}

/** A message counts only when it comes from the main frame of our own page in the window we made. */
export function isTrustedSender(
  event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>,
  windowContentsId: number,
): boolean {
  const frame = event.senderFrame;
  return event.sender.id === windowContentsId && frame !== null && frame.parent === null && isAppUrl(frame.url);
}

/** URL.origin is `null` for a scheme the URL standard does not know, so scheme and host are compared instead. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}` === APP_ORIGIN;
}

/** The one page there is; its places are hashes. A reload is the only navigation it has a use for. */
function isAppPage(url: string): boolean {
  return isAppUrl(url) && new URL(url).pathname === '/';
}

function schemeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : 'an unreadable address';
}
