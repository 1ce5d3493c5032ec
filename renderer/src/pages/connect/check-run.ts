/** The live check of a tool, as its events tell it. Pure. */
import { CHECK_NAMES, type CheckEvent, type CheckName, type CheckResult } from '../../../../proxy/contract/connect.ts';

export type CheckState =
  | { readonly at: 'waiting' }
  | { readonly at: 'running' }
  | { readonly at: 'ended'; readonly result: CheckResult };

export interface CheckRun {
  /** `broken`: the check itself could not go on; `error` says why. */
  readonly phase: 'running' | 'done' | 'stopped' | 'broken';
  readonly model?: string;
  readonly checks: Readonly<Record<CheckName, CheckState>>;
  readonly done?: Extract<CheckEvent, { type: 'done' }>;
  readonly error?: string;
}

const WAITING: CheckState = { at: 'waiting' };

export function newCheck(): CheckRun {
  return { phase: 'running', checks: { plain: WAITING, stream: WAITING, tool: WAITING } };
}

export function reduceCheck(run: CheckRun, event: CheckEvent): CheckRun {
  switch (event.type) {
    case 'start':
      return { ...run, model: event.model };
    case 'begin':
      return { ...run, checks: { ...run.checks, [event.check]: { at: 'running' } } };
    case 'result':
      return { ...run, checks: { ...run.checks, [event.check]: { at: 'ended', result: event } } };
    case 'done':
      return { ...run, phase: 'done', done: event };
    default:
      event satisfies never;
      return run;
  }
}

/** What did not come before the end never will: it goes back to waiting. */
export function endCheck(run: CheckRun, phase: 'stopped' | 'broken', error?: string): CheckRun {
  const checks = { ...run.checks };
  for (const name of CHECK_NAMES) if (checks[name].at === 'running') checks[name] = WAITING;
  return { ...run, phase, checks, ...(error === undefined ? {} : { error }) };
}

export const CHECK_WORDS: Record<CheckName, { readonly name: string; readonly what: string }> = {
  plain: { name: 'Plain answer', what: 'A short question, answered in one piece' },
  stream: { name: 'Streaming', what: 'The same, word by word' },
  tool: { name: 'Tool calls', what: 'The model asks for a tool, as agents need' },
};
