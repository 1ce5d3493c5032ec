/** The page's end of the desktop app's questions: what comes is checked, whoever posts it. */
import { expect, it } from 'vitest';
import type { DesktopView } from '../../../proxy/contract/desktop.ts';
import { createDesktop, findDesktop } from '../../../renderer/src/desktop/desktop.ts';

const VIEW: DesktopView = {
  version: '0.1.0',
  settings: { updates: 'off', notifications: true, onClose: 'tray' },
  launchAtLogin: { on: false },
  updates: { state: 'off' },
  tray: true,
};

/** As much of a window as is used: messages to itself. */
class PageDouble extends EventTarget {
  readonly origin = 'null';
  readonly posted: { type?: string; question?: { id: number; ask: unknown } }[] = [];

  postMessage(data: object): void {
    this.posted.push(data);
  }

  receive(data: unknown, source: unknown = this): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data, source }));
  }
}

function page() {
  const double = new PageDouble();
  return { double, desktop: createDesktop(double as unknown as Window) };
}

it('asks, and finds the answer to each question', async () => {
  const { double, desktop } = page();
  const first = desktop.ask({ ask: 'view' });
  const second = desktop.ask({ ask: 'launchAtLogin', on: true });
  expect(double.posted).toEqual([
    { type: 'gatehouse:desktop-ask', question: { id: 1, ask: { ask: 'view' } } },
    { type: 'gatehouse:desktop-ask', question: { id: 2, ask: { ask: 'launchAtLogin', on: true } } },
  ]);
  double.receive({ type: 'gatehouse:desktop-answer', answer: { id: 2, ok: false, message: 'not here' } });
  double.receive({ type: 'gatehouse:desktop-answer', answer: { id: 1, ok: true, view: VIEW } });
  await expect(second).rejects.toThrow('not here');
  expect(await first).toEqual(VIEW);
  expect(desktop.view()).toEqual(VIEW);
});

it('follows what the app tells by itself, and goes where it leads once', () => {
  const { double, desktop } = page();
  let told = 0;
  desktop.subscribe(() => {
    told += 1;
  });
  double.receive({ type: 'gatehouse:desktop-view', view: { ...VIEW, tray: false } });
  expect(desktop.view()?.tray).toBe(false);
  double.receive({ type: 'gatehouse:place', place: { path: '/requests', requestId: 'req_1' } });
  const place = desktop.place();
  expect(place).toEqual({ path: '/requests', requestId: 'req_1' });
  if (place !== undefined) desktop.arrived(place);
  expect(desktop.place()).toBeUndefined();
  expect(told).toBe(3);
});

it('does not listen to others', () => {
  const { double, desktop } = page();
  double.receive({ type: 'gatehouse:desktop-view', view: VIEW }, {});
  double.receive({ type: 'gatehouse:gateway-state', state: 'running' });
  double.receive('gatehouse:desktop-view');
  expect([desktop.view(), desktop.place()]).toEqual([undefined, undefined]);
});

it('the web console has no app around it', () => {
  expect(findDesktop({} as Window)).toBeUndefined();
});
