/** What the app says outside its window: desktop notifications, and dialogs for what a person has to see. */
import { clipboard, dialog, Notification } from 'electron';
import { type FailureChoice, failureQuestion } from '../life/port-choice.ts';
import type { Listening, StopReason } from '../supervisor/state.ts';

/** What a dialog holds without growing over the screen. */
const ADDRESS_CHARACTERS_MAX = 500;

/** Kept until it closes: a notification that is collected never reports its click. */
const shown = new Set<Notification>();

export interface ShownNotice {
  /** Takes it off the desktop; nothing happens when it is gone already. */
  close(): void;
}

interface Notice {
  readonly title: string;
  readonly body: string;
  /** Buttons; shown on macOS and Windows. */
  readonly actions: readonly string[];
  onClick(): void;
  onAction(index: number): void;
}

/** Does nothing where the desktop has no notifications. */
export function showNotice({ title, body, actions, onClick, onAction }: Notice): ShownNotice {
  if (!Notification.isSupported()) return { close: () => undefined };
  const buttons = actions.map((text) => ({ type: 'button' as const, text }));
  const notification = new Notification({ title, body, actions: buttons });
  shown.add(notification);
  notification.on('click', onClick);
  notification.on('action', ({ actionIndex }) => onAction(actionIndex));
  notification.on('close', () => shown.delete(notification));
  notification.show();
  return { close: () => notification.close() };
}

/** Does nothing where the desktop has no notifications. */
export function notify(title: string, body: string, onClick: () => void): void {
  showNotice({ title, body, actions: [], onClick, onAction: () => undefined });
}

export async function askAboutFailure(reason: StopReason): Promise<FailureChoice> {
  const { detail, buttons } = failureQuestion(reason);
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Gatehouse',
    message: 'The gateway is not running',
    detail,
    buttons: buttons.map(({ label }) => label),
    defaultId: 0,
    cancelId: buttons.length - 1,
    noLink: true,
  });
  return buttons[response]?.choice ?? { type: 'close' };
}

/** True when the person wants `calls` calls ended. */
export async function askToStopCalls(what: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Gatehouse',
    message: `Stop ${what}?`,
    detail: 'Their tools get an error. What was answered so far is charged. New calls are served as before.',
    buttons: ['Stop', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** True when the person wants the page opened in the browser. */
export async function askToOpenPage(url: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Gatehouse',
    message: `Open a page of ${new URL(url).host} in your browser?`,
    detail: url.length <= ADDRESS_CHARACTERS_MAX ? url : `${url.slice(0, ADDRESS_CHARACTERS_MAX)}…`,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** Stays until `over`. True when the person would rather not wait. */
export async function tellFinishing(what: string, seconds: number, over: AbortSignal): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Gatehouse',
    message: `Finishing ${what}`,
    detail: `Gatehouse quits when they are done, in ${seconds} seconds at the latest. What is not done by then is stopped and settled.`,
    buttons: ['Quit now', 'Wait'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
    signal: over,
  });
  return response === 0 && !over.aborted;
}

/** The one time an access key is ever seen. */
export async function showFirstAccessKey(accessKey: string, listening: Listening): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Gatehouse',
    message: 'Gatehouse is ready',
    detail: [
      `Base URL: ${listening.baseUrl}`,
      `Access key: ${accessKey}`,
      '',
      'Put both into your tool. The access key is shown only now; you can make another one in the window.',
    ].join('\n'),
    buttons: ['Copy access key', 'Done'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) await clipboard.writeText(accessKey);
}
