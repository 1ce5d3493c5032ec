/** A rule in words: when it holds and what it does. Pure. */
import type { RuleConfig } from '../../../../../proxy/contract/config.ts';
import { formatCount } from '../../../format/tokens.ts';
import { MODE_WORDS } from '../parts/mode-words.ts';

type RuleCondition = RuleConfig['when'];

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const DAY_WORDS: Readonly<Record<(typeof DAYS)[number], string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

/** `Every call`, or `When the prompt matches ... and the call has tools`. */
export function whenWords(when: RuleCondition): string {
  const conditions = [
    when.promptMatches === undefined ? undefined : `the prompt matches ${when.promptMatches}`,
    oneOf('the access key', when.key),
    oneOf('the project', when.project),
    oneOf('the tool', when.client),
    oneOf('the model asked for', when.model),
    tokenWords(when),
    withOrWithout('tools', when.tools),
    withOrWithout('images', when.images),
    when.timeOfDay === undefined ? undefined : `it is ${when.timeOfDay.replace('-', ' to ')}`,
    when.days === undefined ? undefined : `the day is ${when.days.map((day) => DAY_WORDS[day]).join(', ')}`,
  ].filter((words) => words !== undefined);
  return conditions.length === 0 ? 'Every call' : `When ${conditions.join(' and ')}`;
}

/** `use groq/llama in mode latency`, `refuse: "..."`. */
export function doesWords({ use, mode, refuse }: RuleConfig): string {
  if (refuse !== undefined) return `refuse: “${refuse}”`;
  return [
    use === undefined ? undefined : `use ${use}`,
    mode === undefined
      ? undefined
      : `${use === undefined ? 'route' : 'in mode'} ${MODE_WORDS[mode].name.toLowerCase()}`,
  ]
    .filter((words) => words !== undefined)
    .join(' ');
}

function oneOf(what: string, patterns: string | string[] | undefined): string | undefined {
  if (patterns === undefined) return undefined;
  return `${what} is ${[patterns].flat().join(' or ')}`;
}

function withOrWithout(what: string, answer: boolean | undefined): string | undefined {
  if (answer === undefined) return undefined;
  return `the call has ${answer ? '' : 'no '}${what}`;
}

function tokenWords({ inputTokensMin, inputTokensMax }: RuleCondition): string | undefined {
  if (inputTokensMin !== undefined && inputTokensMax !== undefined)
    return `the input has ${formatCount(inputTokensMin)} to ${formatCount(inputTokensMax)} tokens`;
  if (inputTokensMin !== undefined) return `the input has at least ${formatCount(inputTokensMin)} tokens`;
  return inputTokensMax === undefined ? undefined : `the input has at most ${formatCount(inputTokensMax)} tokens`;
}
