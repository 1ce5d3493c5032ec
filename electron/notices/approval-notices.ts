/**
 * Calls that wait for a person's word, as desktop notifications: one each, gone when the call waits no more. The answers
 * stand on it where the desktop can show them (macOS, Windows); everywhere a click leads to the window, which asks the same.
 */
import type { ApprovalAnswer, ApprovalView } from '../../proxy/contract/limits.ts';
import { moneyText } from '../tray/money-text.ts';
import type { ShownNotice } from './show.ts';

/** Raising needs a new limit, which the window asks for. */
const ANSWERS: readonly { readonly text: string; readonly answer: ApprovalAnswer | 'ask-in-window' }[] = [
  { text: 'Allow once', answer: 'allow-once' },
  { text: 'Refuse', answer: 'refuse' },
  { text: 'Raise cap…', answer: 'ask-in-window' },
];

export interface ApprovalNoticesParts {
  show(notice: NoticeToShow): ShownNotice;
  answer(id: string, answer: ApprovalAnswer): void;
  /** The window is in front, and asks by itself. */
  windowAsks(): boolean;
  openWindow(): void;
}

export interface NoticeToShow {
  readonly title: string;
  readonly body: string;
  /** In the order of the buttons. */
  readonly actions: readonly string[];
  onClick(): void;
  onAction(index: number): void;
}

export interface ApprovalNotices {
  /** Everything that waits now, the oldest first. */
  waiting(approvals: readonly ApprovalView[]): void;
}

export function createApprovalNotices(parts: ApprovalNoticesParts): ApprovalNotices {
  /** Undefined: told of by the window. */
  const told = new Map<string, ShownNotice | undefined>();

  function tell(approval: ApprovalView): ShownNotice {
    return parts.show({
      title: 'A call waits for your word',
      body: approvalText(approval),
      actions: ANSWERS.map(({ text }) => text),
      onClick: parts.openWindow,
      onAction(index) {
        const answer = ANSWERS[index]?.answer;
        if (answer === 'ask-in-window') parts.openWindow();
        else if (answer !== undefined) parts.answer(approval.id, answer);
      },
    });
  }

  return {
    waiting(approvals) {
      const ids = new Set(approvals.map(({ id }) => id));
      for (const [id, notice] of told) {
        if (ids.has(id)) continue;
        notice?.close();
        told.delete(id);
      }
      for (const approval of approvals) {
        if (!told.has(approval.id)) told.set(approval.id, parts.windowAsks() ? undefined : tell(approval));
      }
    },
  };
}

/** `aider asks for openai/gpt-4o. It can cost up to $0.12; budget month has $0.03 left.` */
export function approvalText({ client, accessKeyId, provider, model, neededNano, budget }: ApprovalView): string {
  const who = client ?? (accessKeyId === undefined ? 'The playground' : `A tool with the key ${accessKeyId}`);
  const target = model.startsWith(`${provider}/`) ? model : `${provider}/${model}`;
  return `${who} asks for ${target}. It can cost up to ${moneyText(neededNano)}; ${budgetText(budget.id)} has ${moneyText(budget.leftNano)} left.`;
}

function budgetText(id: string): string {
  const capOf = /^key-cap:(.+)$/.exec(id)?.[1];
  return capOf === undefined ? `budget ${id}` : `the cap of the key ${capOf}`;
}
