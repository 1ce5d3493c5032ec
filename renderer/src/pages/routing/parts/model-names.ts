/** The names a person can choose from where a model is asked for. Pure. */
import type { Config } from '../../../../../proxy/contract/config.ts';
import type { ModelView } from '../../../contract-views.ts';
import { MODES } from './mode-words.ts';

export interface NameGroup {
  readonly group: string;
  readonly items: string[];
}

/** Everything that a client may ask for. Each name once: Mantine wants them unique. */
export function askableNames(
  config: Pick<Config, 'virtualModels' | 'routing'> | undefined,
  models: readonly ModelView[] | undefined,
): NameGroup[] {
  const splits = config?.routing.splits ?? [];
  return uniqueGroups([
    { group: 'Chosen for you', items: ['auto', ...MODES.map((mode) => `auto:${mode}`)] },
    { group: 'Virtual models', items: (config?.virtualModels ?? []).map(({ id }) => id) },
    { group: 'Splits', items: splits.map(({ model }) => model) },
    { group: 'Families, at any provider', items: familiesOf(models) },
    { group: 'Models of your providers', items: (models ?? []).map(({ id }) => id) },
  ]);
}

/** What a virtual model or a split may lead to: `provider/model`, or a virtual model. */
export function targetNames(
  config: Pick<Config, 'virtualModels'> | undefined,
  models: readonly ModelView[] | undefined,
): NameGroup[] {
  const virtual = (config?.virtualModels ?? []).map(({ id }) => id).filter((id) => id.includes('/'));
  return uniqueGroups([
    { group: 'Models of your providers', items: (models ?? []).map(({ id }) => id) },
    { group: 'Virtual models', items: virtual },
  ]);
}

/** A family that one provider alone has is no choice of providers. */
function familiesOf(models: readonly ModelView[] | undefined): string[] {
  const providers = new Map<string, Set<string>>();
  for (const { family, provider } of models ?? []) {
    if (family === undefined) continue;
    providers.set(family, (providers.get(family) ?? new Set()).add(provider));
  }
  return [...providers].filter(([, at]) => at.size > 1).map(([family]) => family);
}

function uniqueGroups(groups: readonly NameGroup[]): NameGroup[] {
  const seen = new Set<string>();
  return groups
    .map(({ group, items }) => ({
      group,
      items: items.filter((item) => {
        if (seen.has(item)) return false;
        seen.add(item);
        return true;
      }),
    }))
    .filter(({ items }) => items.length > 0);
}
