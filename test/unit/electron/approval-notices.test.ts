/** A desktop notification for each call that waits: told once, answered, taken back. */
import { describe, expect, it } from 'vitest';
import { approvalText, createApprovalNotices, type NoticeToShow } from '../../../electron/notices/approval-notices.ts';
import type { ApprovalAnswer, ApprovalView } from '../../../proxy/contract/limits.ts';

function approval(id: string, more: Partial<ApprovalView> = {}): ApprovalView {
  return {
    id,
    requestId: `req_${id}`,
    askedAtMs: 0,
    endsAtMs: 60_000,
    budget: {
      id: 'month',
      scope: 'global',
      window: 'month',
      limitNano: 20_000_000_000,
      spentNano: 19_970_000_000,
      heldNano: 0,
      leftNano: 30_000_000,
      windowStartMs: 0,
    },
    neededNano: 120_000_000,
    provider: 'openai',
    model: 'gpt-4o',
    client: 'aider',
    ...more,
  };
}

function desk({ inFront = false } = {}) {
  const shown: (NoticeToShow & { closed: boolean })[] = [];
  const answers: [string, ApprovalAnswer][] = [];
  let opened = 0;
  const notices = createApprovalNotices({
    show(notice) {
      const kept = { ...notice, closed: false };
      shown.push(kept);
      return {
        close() {
          kept.closed = true;
        },
      };
    },
    answer: (id, answer) => answers.push([id, answer]),
    windowAsks: () => inFront,
    openWindow: () => {
      opened += 1;
    },
  });
  return { notices, shown, answers, opened: () => opened };
}

describe('notifications of waiting calls', () => {
  it('tells of each call once, and takes the notification back when it waits no more', () => {
    const { notices, shown } = desk();
    notices.waiting([approval('a')]);
    notices.waiting([approval('a'), approval('b')]);
    expect(shown.map(({ closed }) => closed)).toEqual([false, false]);
    notices.waiting([approval('b')]);
    expect(shown.map(({ closed }) => closed)).toEqual([true, false]);
    notices.waiting([]);
    expect(shown.map(({ closed }) => closed)).toEqual([true, true]);
  });

  it('answers by its buttons, and leads to the window by a click', () => {
    const { notices, shown, answers, opened } = desk();
    notices.waiting([approval('a')]);
    expect(shown[0]?.actions).toEqual(['Allow once', 'Refuse', 'Raise cap…']);
    shown[0]?.onAction(0);
    shown[0]?.onAction(1);
    shown[0]?.onAction(7);
    expect(answers).toEqual([
      ['a', 'allow-once'],
      ['a', 'refuse'],
    ]);
    expect(opened()).toBe(0);
    shown[0]?.onAction(2);
    expect(opened()).toBe(1);
    shown[0]?.onClick();
    expect(opened()).toBe(2);
  });

  it('leaves a call to the window that is in front, also when it goes behind meanwhile', () => {
    const { notices, shown } = desk({ inFront: true });
    notices.waiting([approval('a')]);
    expect(shown).toEqual([]);
    notices.waiting([]);
  });

  it.each([
    [{}, 'aider asks for openai/gpt-4o. It can cost up to $0.12; budget month has $0.03 left.'],
    [
      { client: undefined, accessKeyId: 'cli', model: 'openai/gpt-4o' },
      'A tool with the key cli asks for openai/gpt-4o. It can cost up to $0.12; budget month has $0.03 left.',
    ],
    [
      { client: undefined, budget: { ...approval('a').budget, id: 'key-cap:cli' } },
      'The playground asks for openai/gpt-4o. It can cost up to $0.12; the cap of the key cli has $0.03 left.',
    ],
  ])('%j reads well', (more, text) => expect(approvalText(approval('a', more as Partial<ApprovalView>))).toBe(text));
});
