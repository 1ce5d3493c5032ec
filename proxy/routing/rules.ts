/** The person's rules: the first one whose conditions all hold decides where a call goes. */
import type { RuleConfig } from '../contract/config.ts';
import type { Part } from '../core/part.ts';
import { matchesPattern } from '../core/patterns.ts';
import { compilePattern, type Pattern } from './pattern-engine.ts';
import { isWithin, localTime, parseTimeWindow, type TimeWindow } from './time-of-day.ts';
import type { Caller, CallShape } from './types.ts';

export interface CompiledRule {
  readonly config: RuleConfig;
  readonly pattern: Pattern | undefined;
  readonly window: TimeWindow | undefined;
}

/** Throws the pattern's own complaint (an Error whose message says where) when it is no regular expression. */
export function compileRule(config: RuleConfig): CompiledRule {
  const { promptMatches, timeOfDay } = config.when;
  return {
    config,
    pattern: promptMatches === undefined ? undefined : compilePattern(promptMatches),
    window: timeOfDay === undefined ? undefined : parseTimeWindow(timeOfDay),
  };
}

export interface RuleMoment {
  readonly nowMs: number;
  readonly timeZone: string;
}

/**
 * Undefined: no rule holds. `names` are the model's names, as the client wrote it and without its alias. The call is
 * decoded only for a rule that asks what is in it and whose other conditions hold.
 */
export function matchingRule(
  rules: readonly CompiledRule[],
  names: readonly string[],
  shape: CallShape,
  caller: Caller,
  moment: RuleMoment,
): RuleConfig | undefined {
  return rules.find((rule) => holds(rule, names, shape, caller, moment))?.config;
}

function holds(
  { config: { when }, pattern, window }: CompiledRule,
  names: readonly string[],
  shape: CallShape,
  caller: Caller,
  { nowMs, timeZone }: RuleMoment,
): boolean {
  const { key, project, client, model, inputTokensMin, inputTokensMax, tools, images, days } = when;
  const passes = (patterns: string | readonly string[] | undefined, text: string | undefined) =>
    patterns === undefined || (text !== undefined && matchesPattern(patterns, text));
  if (!passes(key, caller.accessKeyId) || !passes(project, caller.project) || !passes(client, caller.client))
    return false;
  if (model !== undefined && !names.some((name) => matchesPattern(model, name))) return false;
  if (inputTokensMin !== undefined && shape.inputTokensEstimate < inputTokensMin) return false;
  if (inputTokensMax !== undefined && shape.inputTokensEstimate > inputTokensMax) return false;
  if ((window !== undefined || days !== undefined) && !isWithin(localTime(nowMs, timeZone), window, days)) return false;
  if (tools !== undefined && shape.needs().tools !== tools) return false;
  if (images !== undefined && shape.needs().images !== images) return false;
  if (pattern === undefined) return true;
  const text = lastUserText(shape);
  return text !== undefined && pattern.test(text);
}

/** Of a longer message only its head and its tail are looked at: this many characters each. */
export const PROMPT_CHARACTERS_EACH_END = 16_000;

/** The text of the last user message, its parts a line each. Undefined: there is none, or the call is not decoded. */
export function lastUserText(shape: CallShape): string | undefined {
  const message = shape.call()?.messages.findLast(({ role }) => role === 'user');
  if (message === undefined) return undefined;
  return bothEnds(message.parts.flatMap(textOf).join('\n'));
}

function textOf(part: Part): readonly string[] {
  if (part.kind === 'text') return [part.text];
  return part.kind === 'file' && part.text !== undefined ? [part.text] : [];
}

function bothEnds(text: string): string {
  if (text.length <= 2 * PROMPT_CHARACTERS_EACH_END) return text;
  return `${text.slice(0, PROMPT_CHARACTERS_EACH_END)}\n${text.slice(-PROMPT_CHARACTERS_EACH_END)}`;
}
