/** A split as its form holds it, and as config. Pure. */
import { type SplitConfig, splitConfig } from '../../../../../proxy/contract/config.ts';
import { type FieldProblems, schemaProblems } from '../../../config-edit/config-problems.ts';

export interface ArmDraft {
  /** For React; not part of the config. */
  readonly key: number;
  readonly use: string;
  /** As a number field gives it: a number, or text. */
  readonly weight: number | string;
}

export type StickyBy = NonNullable<SplitConfig['stickyBy']> | 'default';

export interface SplitDraft {
  readonly name: string;
  readonly model: string;
  readonly arms: readonly ArmDraft[];
  readonly stickyBy: StickyBy;
}

export function splitDraftOf(split: SplitConfig | undefined): SplitDraft {
  const arms = split?.targets ?? [
    { use: '', weight: 50 },
    { use: '', weight: 50 },
  ];
  return {
    name: split?.name ?? '',
    model: split?.model ?? '',
    arms: arms.map(({ use, weight }, key) => ({ key, use, weight })),
    stickyBy: split?.stickyBy ?? 'default',
  };
}

export function splitOf({ name, model, arms, stickyBy }: SplitDraft): SplitConfig {
  return {
    name: name.trim(),
    model: model.trim(),
    targets: arms.map(({ use, weight }) => ({ use: use.trim(), weight: Number(weight === '' ? Number.NaN : weight) })),
    ...(stickyBy === 'default' ? {} : { stickyBy }),
  };
}

export function splitProblems(draft: SplitDraft, others: readonly SplitConfig[]): FieldProblems {
  const split = splitOf(draft);
  const found: Record<string, string> = { ...schemaProblems(splitConfig, split) };
  if (split.name === '') found.name = 'Give the split a name';
  else if (others.some(({ name }) => name === split.name)) found.name = 'A split of this name exists already';
  if (split.model === '') found.model = 'Name the model that is asked for';
  for (const [at, { weight }] of split.targets.entries()) if (!(weight > 0)) found[`targets.${at}.weight`] = 'Above 0';
  return found;
}

/** Each arm's part of the calls, in percent; undefined while a weight is missing. */
export function shares(weights: readonly (number | string)[]): readonly number[] | undefined {
  const numbers = weights.map((weight) => (weight === '' ? Number.NaN : Number(weight)));
  const whole = numbers.reduce((sum, weight) => sum + weight, 0);
  if (!(whole > 0) || numbers.some((weight) => !(weight > 0))) return undefined;
  return numbers.map((weight) => (weight / whole) * 100);
}

/** `90 %`, `33.3 %`. */
export function percentWords(share: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share / 100);
}
