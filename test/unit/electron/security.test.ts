import type { IpcMainEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { isAppUrl, isTrustedSender } from '../../../electron/window/security.ts';

const WINDOW_ID = 7;

function message(id: number, url: string | null, parentUrl?: string): Pick<IpcMainEvent, 'sender' | 'senderFrame'> {
  const parent = parentUrl === undefined ? null : { url: parentUrl };
  return { sender: { id }, senderFrame: url === null ? null : { url, parent } } as unknown as IpcMainEvent;
}

describe('isTrustedSender', () => {
  it('takes the main frame of our page in our window', () => {
    expect(isTrustedSender(message(WINDOW_ID, 'gatehouse://app/#/ledger'), WINDOW_ID)).toBe(true);
  });

  it.each([
    ['another window', message(8, 'gatehouse://app/')],
    ['another page', message(WINDOW_ID, 'https://example.com/')],
    ['a look-alike host', message(WINDOW_ID, 'gatehouse://app.example.com/')],
    ['another host of our scheme', message(WINDOW_ID, 'gatehouse://evil/')],
    ['our host under another scheme', message(WINDOW_ID, 'http://app/')],
    ['a page with our origin in its name', message(WINDOW_ID, 'https://example.com/gatehouse://app/')],
    ['a frame inside our page', message(WINDOW_ID, 'gatehouse://app/', 'gatehouse://app/')],
    ['a frame that is gone', message(WINDOW_ID, null)],
    ['about:blank', message(WINDOW_ID, 'about:blank')],
    ['nothing', message(WINDOW_ID, '')],
  ])('refuses %s', (_name, event) => {
    expect(isTrustedSender(event, WINDOW_ID)).toBe(false);
  });
});

describe('addresses', () => {
  it('knows its own', () => {
    expect(isAppUrl('gatehouse://app/')).toBe(true);
    expect(isAppUrl('gatehouse://app')).toBe(true);
    expect(isAppUrl('gatehouse://app:1/')).toBe(false);
  });
});
