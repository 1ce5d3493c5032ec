/** A rule as its form holds it, and as config. Pure. */
import { type Mode, type RuleConfig, ruleConfig } from '../../../../../proxy/contract/config.ts';
import { type FieldProblems, schemaProblems } from '../../../config-edit/config-problems.ts';

type Condition = RuleConfig['when'];
export type YesNoAny = 'any' | 'yes' | 'no';

export interface RuleDraft {
  readonly name: string;
  readonly promptMatches: string;
  readonly key: readonly string[];
  readonly project: readonly string[];
  readonly client: readonly string[];
  readonly model: readonly string[];
  /** As a number field gives it: a number, or text (empty: left out). */
  readonly inputTokensMin: number | string;
  readonly inputTokensMax: number | string;
  readonly tools: YesNoAny;
  readonly images: YesNoAny;
  readonly timeOfDay: string;
  readonly days: readonly string[];
  readonly does: 'route' | 'refuse';
  readonly use: string;
  readonly mode: Mode | undefined;
  readonly refuse: string;
}

export function ruleDraftOf(rule: RuleConfig | undefined): RuleDraft {
  const when = rule?.when ?? {};
  return {
    name: rule?.name ?? '',
    promptMatches: when.promptMatches ?? '',
    key: listOf(when.key),
    project: listOf(when.project),
    client: listOf(when.client),
    model: listOf(when.model),
    inputTokensMin: when.inputTokensMin ?? '',
    inputTokensMax: when.inputTokensMax ?? '',
    tools: anyOf(when.tools),
    images: anyOf(when.images),
    timeOfDay: when.timeOfDay ?? '',
    days: when.days ?? [],
    does: rule?.refuse === undefined ? 'route' : 'refuse',
    use: rule?.use ?? '',
    mode: rule?.mode,
    refuse: rule?.refuse ?? '',
  };
}

/** What is left empty is left out. The result is checked by `ruleProblems`. */
export function ruleOf(draft: RuleDraft): RuleConfig {
  const use = draft.use.trim();
  const when = {
    ...text('promptMatches', draft.promptMatches),
    ...patterns('key', draft.key),
    ...patterns('project', draft.project),
    ...patterns('client', draft.client),
    ...patterns('model', draft.model),
    ...count('inputTokensMin', draft.inputTokensMin),
    ...count('inputTokensMax', draft.inputTokensMax),
    ...(draft.tools === 'any' ? {} : { tools: draft.tools === 'yes' }),
    ...(draft.images === 'any' ? {} : { images: draft.images === 'yes' }),
    ...text('timeOfDay', draft.timeOfDay),
    ...(draft.days.length === 0 ? {} : { days: [...draft.days] as NonNullable<Condition['days']> }),
  };
  const does =
    draft.does === 'refuse'
      ? { refuse: draft.refuse.trim() }
      : { ...(use === '' ? {} : { use }), ...(draft.mode === undefined ? {} : { mode: draft.mode }) };
  return { name: draft.name.trim(), when, ...does };
}

/** @param taken names of the other rules: two that share one could not be told apart in a trace */
export function ruleProblems(draft: RuleDraft, taken: readonly string[]): FieldProblems {
  const rule = ruleOf(draft);
  const { inputTokensMin: least, inputTokensMax: most } = rule.when;
  return {
    ...schemaProblems(ruleConfig, rule),
    ...(rule.name === '' ? { name: 'Give the rule a name' } : {}),
    ...(taken.includes(rule.name) ? { name: 'A rule of this name exists already' } : {}),
    ...(rule.refuse === '' ? { refuse: 'Say why the call is refused' } : {}),
    ...(rule.refuse === undefined && rule.use === undefined && rule.mode === undefined
      ? { '': 'Name a model, choose a mode, or both' }
      : {}),
    ...(least !== undefined && most !== undefined && least > most
      ? { 'when.inputTokensMax': 'Less than the least: no call would match' }
      : {}),
  };
}

function listOf(value: string | string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

function anyOf(value: boolean | undefined): YesNoAny {
  if (value === undefined) return 'any';
  return value ? 'yes' : 'no';
}

function text<K extends string>(key: K, value: string): { [P in K]?: string } {
  const trimmed = value.trim();
  return trimmed === '' ? {} : ({ [key]: trimmed } as { [P in K]: string });
}

/** One pattern is written as itself, several as a list. */
function patterns<K extends string>(key: K, values: readonly string[]): { [P in K]?: string | string[] } {
  const [first, ...more] = values;
  if (first === undefined) return {};
  return { [key]: more.length === 0 ? first : [...values] } as { [P in K]: string | string[] };
}

function count<K extends string>(key: K, value: number | string): { [P in K]?: number } {
  return typeof value === 'number' ? ({ [key]: value } as { [P in K]: number }) : {};
}
