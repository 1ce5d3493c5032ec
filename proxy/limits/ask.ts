/** onLimit ask: calls that wait for a person to say whether they may pass a budget this once. */
import { randomUUID } from 'node:crypto';
import type { ApprovalAnswer, ApprovalView } from '../contract/limits.ts';
import type { BudgetView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';

import type { Limit } from '../ledger/types.ts';

export interface ApprovalQuestion {
  readonly requestId: string;
  /** The budget that is too tight, as it stood. */
  readonly budget: BudgetView;
  readonly neededNano: number;
  readonly provider: string;
  readonly model: string;
  readonly accessKeyId?: string;
  readonly project?: string;
  readonly client?: string;
}

/** `answered`: the person said it. Every other reason comes with `refuse`. */
export interface ApprovalOutcome {
  readonly answer: ApprovalAnswer;
  readonly because: 'answered' | 'timed-out' | 'nobody' | 'too-many' | 'left';
  /** With `raise`: what the budget is now. The call itself still runs on the config and the key that it came with. */
  readonly raisedToNano?: number;
}

export interface Approvals {
  /** Never rejects. Refuses at once when nobody watches or too many wait already; `left` when the signal aborts. */
  ask(question: ApprovalQuestion, signal?: AbortSignal): Promise<ApprovalOutcome>;
  /** Oldest first. */
  list(): ApprovalView[];
  /** False: it is not waiting (any more). `raise` answers every call that waits for the same budget. */
  answer(id: string, answer: ApprovalAnswer, raisedToNano?: number): boolean;
  /**
   * Who calls this is somebody who can be asked (a window, the tray); without any, nothing waits. Told of every change.
   * Returns the unsubscribe; when the last one goes, what still waits is refused.
   */
  watch(listener: (waiting: readonly ApprovalView[]) => void): () => void;
}

export interface ApprovalsOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly timeoutMs: number;
  readonly waitingMax?: number;
  /** Calls `work` once after `ms`; returns what calls it off. Left out: setTimeout. */
  readonly after?: (ms: number, work: () => void) => () => void;
}

/** Enough for a burst of an agent's parallel calls; nobody answers more than that. */
const WAITING_MAX = 32;

interface Waiting {
  readonly view: ApprovalView;
  readonly end: (outcome: ApprovalOutcome) => void;
}

export function createApprovals({
  clock,
  timeoutMs,
  waitingMax = WAITING_MAX,
  after = afterTimeout,
}: ApprovalsOptions): Approvals {
  const waiting = new Map<string, Waiting>();
  const watchers = new Set<(waiting: readonly ApprovalView[]) => void>();

  const list = (): ApprovalView[] => [...waiting.values()].map(({ view }) => view);
  const tell = (): void => {
    const now = list();
    for (const watcher of [...watchers]) watcher(now);
  };
  const endAll = (chosen: readonly Waiting[], outcome: ApprovalOutcome): void => {
    for (const { end } of chosen) end(outcome);
    if (chosen.length > 0) tell();
  };

  return {
    list,
    ask(question, signal) {
      if (signal?.aborted === true) return refused('left');
      if (watchers.size === 0) return refused('nobody');
      if (waiting.size >= waitingMax) return refused('too-many');
      return new Promise((resolve) => {
        const askedAtMs = clock.nowMs();
        const view = { ...question, id: `ask_${randomUUID()}`, askedAtMs, endsAtMs: askedAtMs + timeoutMs };
        const leave = (): void => endAll([one], { answer: 'refuse', because: 'left' });
        const callOff = after(timeoutMs, () => endAll([one], { answer: 'refuse', because: 'timed-out' }));
        const one: Waiting = {
          view,
          end(outcome) {
            if (!waiting.delete(view.id)) return;
            callOff();
            signal?.removeEventListener('abort', leave);
            resolve(outcome);
          },
        };
        waiting.set(view.id, one);
        signal?.addEventListener('abort', leave, { once: true });
        tell();
      });
    },
    answer(id, answer, raisedToNano) {
      const asked = waiting.get(id);
      if (asked === undefined) return false;
      const sameBudget = [...waiting.values()].filter(({ view }) => view.budget.id === asked.view.budget.id);
      endAll(answer === 'raise' ? sameBudget : [asked], {
        answer,
        because: 'answered',
        ...(raisedToNano === undefined ? {} : { raisedToNano }),
      });
      return true;
    },
    watch(listener) {
      watchers.add(listener);
      return () => {
        if (!watchers.delete(listener) || watchers.size > 0) return;
        endAll([...waiting.values()], { answer: 'refuse', because: 'nobody' });
      };
    },
  };
}

/** What an attempt that was allowed once is reserved under: its cost still counts in the account, but not against this limit. */
export function withoutLimit<L extends Limit>(limits: readonly L[], budgetId: string): readonly L[] {
  return limits.filter((limit) => limit.budgetId !== budgetId);
}

function refused(because: Exclude<ApprovalOutcome['because'], 'answered'>): Promise<ApprovalOutcome> {
  return Promise.resolve({ answer: 'refuse', because });
}

function afterTimeout(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
