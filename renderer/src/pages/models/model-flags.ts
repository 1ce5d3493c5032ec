/** What a person decided about a model, in a few words for its row. Pure. */
import type { Config } from '../../../../proxy/contract/config.ts';
import type { KilledScopeView } from '../../contract-views.ts';

/** By `provider/model`; only those that anything was decided about. */
export function modelFlags(
  config: Config | undefined,
  killed: readonly KilledScopeView[] | undefined,
): ReadonlyMap<string, string> {
  const flags = new Map<string, string[]>();
  const flag = (id: string, words: string) => flags.set(id, [...(flags.get(id) ?? []), words]);
  for (const { scope } of killed ?? []) if (scope.startsWith('model:')) flag(scope.slice('model:'.length), 'stopped');
  for (const provider of config?.providers ?? []) {
    for (const { id, enabled, prefer } of provider.models) {
      if (enabled === false) flag(`${provider.id}/${id}`, 'switched off');
      if (prefer === true) flag(`${provider.id}/${id}`, 'preferred');
    }
  }
  return new Map([...flags].map(([id, words]) => [id, words.join(', ')]));
}
