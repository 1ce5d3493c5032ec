/** What a client may ask for: the models of the enabled providers as `provider/model`, and the names that routing offers. */
import type { KeyPolicy } from '../contract/config.ts';
import { mayUse, withinTier } from '../limits/key-policy.ts';
import type { ActiveConfig } from '../pipeline/active-config.ts';
import type { ModelInfo } from '../providers/types.ts';
import { routedNames } from '../routing/plan.ts';

export interface OfferedModel {
  readonly id: string;
  /** The provider, or `gatehouse` for a name that routes. */
  readonly owner: string;
  /** What is known of it; of a name that routes, only its name. */
  readonly info: ModelInfo;
}

const OWN = 'gatehouse';

/** Without what the key may not use. A name that routes is always offered: the plan leaves out what the key may not use. */
export function offeredModels(active: ActiveConfig, policy: KeyPolicy | undefined): readonly OfferedModel[] {
  return [...routed(active), ...knownModels(active).filter(({ id, info }) => allowed(policy, id, info))];
}

function routed(active: ActiveConfig): readonly OfferedModel[] {
  return routedNames({ rules: active.routing }).map((id) => ({ id, owner: OWN, info: { id } }));
}

function knownModels(active: ActiveConfig): readonly OfferedModel[] {
  return [...active.providers.values()]
    .filter(({ config }) => config.enabled)
    .flatMap((provider) => {
      const { id: owner, models } = provider.config;
      const off = new Set(models.flatMap(({ id, enabled }) => (enabled === false ? [id] : [])));
      return provider
        .models()
        .filter(({ id }) => !off.has(id))
        .map((info) => ({ id: `${owner}/${info.id}`, owner, info }));
    });
}

function allowed(policy: KeyPolicy | undefined, id: string, { tier }: ModelInfo): boolean {
  return mayUse(policy, id) && withinTier(policy, tier);
}
