/** Targets that are left out for the same reason in the same words, told once. Pure. */
import type { RouteExclusion } from '../../../proxy/contract/routes.ts';

export interface ExclusionGroup {
  readonly reason: RouteExclusion['reason'];
  readonly message: string;
  readonly provider: string;
  /** In the order they came. */
  readonly models: readonly string[];
}

/** A switched-off provider has dozens of models and one reason. */
export function groupExcluded(excluded: readonly RouteExclusion[]): readonly ExclusionGroup[] {
  const groups = new Map<string, ExclusionGroup>();
  for (const { provider, model, reason, message } of excluded) {
    const key = JSON.stringify([provider, reason, message]);
    const group = groups.get(key);
    groups.set(key, { provider, reason, message, models: [...(group?.models ?? []), model] });
  }
  return [...groups.values()];
}
