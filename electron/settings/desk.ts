/** Answers what the window asks about the desktop app itself. Everything that arrives is checked first. */
import {
  type DesktopAnswer,
  type DesktopAsk,
  type DesktopView,
  desktopQuestion,
} from '../../proxy/contract/desktop.ts';
import { messageOf } from '../log.ts';
import type { Updates } from '../updates/updates.ts';
import type { LoginItem } from './login-item.ts';
import type { SettingsFile } from './settings-file.ts';

export interface DeskParts {
  readonly version: string;
  readonly settings: SettingsFile;
  readonly loginItem: LoginItem;
  readonly updates: Updates;
  readonly tray: () => boolean;
  readonly restartGateway: () => void;
  readonly startGateway: () => void;
  /** After settings were changed. */
  readonly changed: () => void;
}

export interface Desk {
  view(): DesktopView;
  /** Undefined: not even the question's number could be read, so nobody waits for an answer. Never rejects. */
  answer(question: unknown): Promise<DesktopAnswer | undefined>;
}

export function createDesk(parts: DeskParts): Desk {
  const { version, settings, loginItem, updates } = parts;

  function view(): DesktopView {
    const settingsProblem = settings.problem();
    return {
      version,
      settings: settings.current(),
      ...(settingsProblem === undefined ? {} : { settingsProblem }),
      launchAtLogin: loginItem.view(),
      updates: updates.view(),
      tray: parts.tray(),
    };
  }

  async function act(ask: DesktopAsk): Promise<void> {
    switch (ask.ask) {
      case 'view':
        return;
      case 'set':
        settings.change(ask.settings);
        updates.follow();
        parts.changed();
        return;
      case 'launchAtLogin':
        loginItem.set(ask.on);
        return;
      case 'checkForUpdates':
        await updates.check();
        return;
      case 'downloadUpdate':
        await updates.download();
        return;
      case 'restartGateway':
        parts.restartGateway();
        return;
      case 'startGateway':
        parts.startGateway();
        return;
      default:
        ask satisfies never;
    }
  }

  return {
    view,
    async answer(question) {
      const parsed = desktopQuestion.safeParse(question);
      if (!parsed.success) {
        const id = idIn(question);
        if (id === undefined) return undefined;
        return { id, ok: false, message: 'The desktop app does not know this question.' };
      }
      const { id, ask } = parsed.data;
      try {
        await act(ask);
        return { id, ok: true, view: view() };
      } catch (error) {
        return { id, ok: false, message: messageOf(error) };
      }
    },
  };
}

function idIn(question: unknown): number | undefined {
  if (typeof question !== 'object' || question === null || !('id' in question)) return undefined;
  return typeof question.id === 'number' && Number.isSafeInteger(question.id) ? question.id : undefined;
}
