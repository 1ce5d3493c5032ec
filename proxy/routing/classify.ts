/**
 * Which tier a call for `auto` belongs to. Local and cheap: a few points for what can be seen of the call, no model asked.
 * Premium needs a sign of hard thought; length, tools and code alone make a call standard. How often it is right is measured
 * on labelled prompts, in test/unit/routing/classify-prompts.test.ts.
 */
import type { Tier } from '../contract/config.ts';
import type { Call } from '../core/call.ts';
import { type CallSignals, signalsOf } from './classify-signals.ts';

export interface Classification {
  readonly tier: Tier;
  /** Why, for people: "asks for a proof", "12 tools offered". Never the prompt's own words. */
  readonly reasons: readonly string[];
  readonly signals: CallSignals;
}

interface Points {
  readonly points: number;
  readonly reason: string;
}

/** Hard work is premium from here on its own, or from a sign of it together with a good deal of ordinary work. */
const PREMIUM_MIN = 6;
const PREMIUM_WITH_OTHERS = { hard: 2, others: 3 } as const;
const STANDARD_MIN = 2;

export function classify(call: Call): Classification {
  const signals = signalsOf(call);
  if (signals.pleasantry && signals.toolResults === 0 && signals.tools < MANY_TOOLS)
    return { tier: 'economy', reasons: ['a word or two, nothing asked'], signals };
  const hard = hardPoints(signals);
  const others = otherPoints(signals);
  const hardSum = sum(hard);
  const otherSum = sum(others);
  const told = (list: readonly Points[]) => list.map(({ reason }) => reason);
  if (isPremium(hardSum, otherSum)) return { tier: 'premium', reasons: told([...hard, ...others]), signals };
  if (hardSum + otherSum >= STANDARD_MIN) return { tier: 'standard', reasons: told([...hard, ...others]), signals };
  return { tier: 'economy', reasons: [plainly(signals), ...told([...hard, ...others])], signals };
}

function isPremium(hard: number, others: number): boolean {
  return hard >= PREMIUM_MIN || (hard >= PREMIUM_WITH_OTHERS.hard && others >= PREMIUM_WITH_OTHERS.others);
}

function hardPoints(signals: CallSignals): Points[] {
  const { proof, hard, effort, before, longWords, conditions } = signals;
  const found: Points[] = [];
  if (proof) found.push({ points: 6, reason: 'asks for a proof' });
  for (const { reason } of hard) found.push({ points: 3, reason });
  if (longWords >= 3 && !isPlainWriting(signals))
    found.push({ points: longWords >= 5 ? 3 : 2, reason: `${longWords} long words` });
  const manyConditions = conditions >= CONDITIONS_MIN && signals.askedLength > CONDITIONS_LENGTH_MIN && !signals.small;
  if (manyConditions && !isPlainWriting(signals)) found.push({ points: 2, reason: `${conditions} conditions at once` });
  if (effort === 'high') found.push({ points: 3, reason: 'the client asks for much reasoning' });
  if (before?.proof === true) found.push({ points: 4, reason: 'goes on about a proof' });
  else if (before !== undefined && before.hard > 0) found.push({ points: 2, reason: 'goes on about something hard' });
  return found;
}

const CONDITIONS_MIN = 3;
const CONDITIONS_LENGTH_MIN = 105;

/** A letter with many wishes is still a letter. */
function isPlainWriting({ writing, programming, hard, proof }: CallSignals): boolean {
  return writing && programming === 0 && hard.length === 0 && !proof;
}

/** The longer a wish, the more conditions it holds. */
const LENGTH_POINTS: readonly (Points & { readonly above: number })[] = [
  { above: 125, points: 3, reason: 'says at length what is wanted' },
  { above: 80, points: 2, reason: 'says in a few lines what is wanted' },
  { above: 60, points: 1, reason: 'says in a line what is wanted' },
];

/** So many tools are an agent's. */
const MANY_TOOLS = 5;

function otherPoints(signals: CallSignals): Points[] {
  const found: Points[] = signals.ordinary.map(({ reason }) => ({ points: 2, reason }));
  const add = (when: boolean, points: number, reason: string) => {
    if (when) found.push({ points, reason });
  };
  add(signals.writing, 1, 'asks for a text');
  add(signals.programming > 0, Math.min(signals.programming, 2), 'is about code');
  const length = LENGTH_POINTS.find(({ above }) => signals.askedLength > above);
  if (length !== undefined) found.push(length);
  add(signals.codeLines > 0, 2, `${plural(signals.codeLines, 'line')} of code`);
  add(signals.tools > 0, signals.tools >= MANY_TOOLS ? 2 : 1, `${plural(signals.tools, 'tool')} offered`);
  add(signals.toolResults > 0, 1, `${plural(signals.toolResults, 'tool result')} in the conversation`);
  add(signals.lastLength > 8_000, 2, `${thousands(signals.lastLength)} characters of text`);
  add(signals.images > 1, 2, `${signals.images} images`);
  add(signals.documents > 0, 2, plural(signals.documents, 'document'));
  add(signals.before?.code === true, 2, 'goes on about code');
  add(signals.turns > 1 && signals.totalLength > 1_500, 2, `${signals.turns} turns of conversation`);
  // An agent's small job is many steps of its tools.
  add(signals.small && signals.tools < MANY_TOOLS, -2, 'is a small job');
  add(signals.effort === 'low', -1, 'the client asks for little reasoning');
  add(signals.maxOutputTokens !== undefined && signals.maxOutputTokens <= 64, -2, 'a very short answer is wanted');
  add(signals.structuredOutput && signals.tools === 0 && signals.codeLines === 0, -1, 'a filled form is wanted');
  return found;
}

function plainly({ lastLength, codeLines, images }: CallSignals): string {
  const size = lastLength < 200 ? 'a short text' : `${thousands(lastLength)} characters of text`;
  return `${size}${codeLines === 0 ? ', no code' : ''}${images === 1 ? ', one image' : ''}`;
}

function sum(list: readonly Points[]): number {
  return list.reduce((all, { points }) => all + points, 0);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function thousands(count: number): string {
  return count < 1_000 ? String(count) : `${Math.round(count / 1_000)},000`;
}
