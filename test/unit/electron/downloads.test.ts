/** Which downloads the window may make: what its own page has made, and nothing from anywhere else. */
import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { expect, test } from 'vitest';
import { APP_ORIGIN } from '../../../electron/window/content.ts';
import { guardSession } from '../../../electron/window/security.ts';

function download(url: string, page: string): { prevented: boolean; refused: string[] } {
  const refused: string[] = [];
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler() {},
    setPermissionCheckHandler() {},
    setDevicePermissionHandler() {},
    setSpellCheckerEnabled() {},
  });
  guardSession(session as unknown as Session, { refused: (what) => refused.push(what) });
  let prevented = false;
  const event = {
    preventDefault: () => {
      prevented = true;
    },
  };
  session.emit('will-download', event, { getURL: () => url }, { getURL: () => page });
  return { prevented, refused };
}

const OWN_PAGE = `${APP_ORIGIN}/index.html`;

test('an export of our own page is saved', () => {
  expect(download(`blob:${APP_ORIGIN}/0b7d`, OWN_PAGE)).toEqual({ prevented: false, refused: [] });
});

test.each([
  ['an address on the network', 'https://example.com/a.exe', OWN_PAGE],
  ['a blob of another origin', 'blob:https://example.com/0b7d', OWN_PAGE],
  ['an origin that only begins like ours', `blob:${APP_ORIGIN}.example.com/0b7d`, OWN_PAGE],
  ['a foreign page', `blob:${APP_ORIGIN}/0b7d`, 'https://example.com/'],
  ['data in the address', 'data:text/plain,x', OWN_PAGE],
])('%s is not', (_what, url, page) => {
  expect(download(url, page)).toEqual({ prevented: true, refused: ['a download'] });
});
