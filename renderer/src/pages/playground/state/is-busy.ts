import type { Conversation } from './conversation.ts';

/** An answer is being written. Only the last turn can have one. */
export function isBusy({ turns }: Conversation): boolean {
  return [...(turns.at(-1)?.answers.values() ?? [])].some((steps) => steps.at(-1)?.run.phase === 'running');
}
