/** What the app says outside its window: desktop notifications, and dialogs for what a person has to see. */
import { clipboard, dialog, Notification } from 'electron';
import type { Listening, StopReason } from './supervisor/state.ts';

/** Kept until it closes: a notification that is collected never reports its click. */
const shown = new Set<Notification>();

export interface ShownNotice {
  /** Takes it off the desktop; nothing happens when it is gone already. */
  close(): void;
}

interface Notice {
  readonly title: string;
  readonly body: string;
  /** Buttons; shown on macOS only. */
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

export type FailureChoice = 'startAgain' | 'showLog' | 'close';

export async function askAboutFailure(reason: StopReason): Promise<FailureChoice> {
  const choices: FailureChoice[] = ['startAgain', 'showLog', 'close'];
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Gatehouse',
    message: 'The gateway is not running',
    detail: `${reason.message}\n\nNo tool can reach a model through Gatehouse until it runs.`,
    buttons: ['Start again', 'Show the log', 'Close'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return choices[response] ?? 'close';
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
