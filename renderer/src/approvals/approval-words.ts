/** A call that waits for a person, in words. Pure. */

import { NANO_PER_USD } from '../../../proxy/contract/money.ts';
import type { ApprovalView } from '../contract-views.ts';
import { formatNano, formatUsd } from '../format/money.ts';

const KEY_CAP = 'key-cap:';

const WINDOW_OF: Record<ApprovalView['budget']['window'], string> = {
  hour: 'this hour',
  day: 'today',
  week: 'this week',
  month: 'this month',
  total: 'in total',
};

/** `openai/gpt-4o`, however the provider names its models. */
export function modelWords({ provider, model }: ApprovalView): string {
  return model.startsWith(`${provider}/`) ? model : `${provider}/${model}`;
}

/** The tool where it says who it is, otherwise the key. */
export function callerWords({ client, accessKeyId }: ApprovalView): string {
  return client ?? (accessKeyId === undefined ? 'The playground' : `A tool with the key ${accessKeyId}`);
}

/** `The cap of the key cli`, `Budget month (everything, this month)`. */
export function budgetWords({ budget }: ApprovalView): string {
  const window = WINDOW_OF[budget.window];
  if (budget.id.startsWith(KEY_CAP)) return `The cap of the key ${budget.id.slice(KEY_CAP.length)}, ${window}`;
  return `Budget ${budget.id}, ${window}`;
}

/** For a screen reader, once, when the call begins to wait. */
export function announcement(approval: ApprovalView): string {
  return [
    `A call waits for you. ${callerWords(approval)} asks for ${modelWords(approval)}.`,
    `It can cost up to ${formatNano(approval.neededNano)}; ${formatNano(approval.budget.leftNano)} is left.`,
    'Press F8 to answer.',
  ].join(' ');
}

/** `52 s`, never below 0. */
export function secondsLeft({ endsAtMs }: ApprovalView, nowMs: number): number {
  return Math.max(0, Math.ceil((endsAtMs - nowMs) / 1000));
}

/** How much of the time is left, from 1 to 0. */
export function shareLeft({ askedAtMs, endsAtMs }: ApprovalView, nowMs: number): number {
  if (endsAtMs <= askedAtMs) return 0;
  return Math.max(0, Math.min(1, (endsAtMs - nowMs) / (endsAtMs - askedAtMs)));
}

/** The least limit in USD under which this call fits now. */
export function leastLimitUsd({ budget, neededNano }: ApprovalView): number {
  return (budget.spentNano + budget.heldNano + neededNano) / NANO_PER_USD;
}

/** Half as much again, or what the call needs: rounded up to two digits that a person would write. */
export function suggestedLimitUsd(approval: ApprovalView): number {
  const wanted = Math.max(leastLimitUsd(approval), (approval.budget.limitNano / NANO_PER_USD) * 1.5);
  if (wanted <= 0) return 1;
  const step = 10 ** (Math.floor(Math.log10(wanted)) - 1);
  return Number((Math.ceil(Number((wanted / step).toPrecision(15))) * step).toPrecision(12));
}

export function raiseProblem(approval: ApprovalView, limitUsd: number | undefined): string | undefined {
  if (limitUsd === undefined || limitUsd > 1_000_000) return 'Enter an amount up to $1,000,000';
  const least = leastLimitUsd(approval);
  return limitUsd < least ? `This call needs ${formatUsd(Number(least.toFixed(9)))} at least` : undefined;
}
