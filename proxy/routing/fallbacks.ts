/** Which names and targets come after what was asked for. Pure. */
import type { CompiledRouting } from './compile.ts';
import type { IndexedTarget, ModelIndex } from './model-index.ts';
import { type Named, resolveName } from './names.ts';

export interface ConfiguredFallback {
  /** The name or target that it is the fallback of. */
  readonly of: string;
  readonly named: Named;
}

/**
 * The config's fallbacks for these names and targets, and for those fallbacks in turn, in the order in which they would be
 * met. A name that nothing has is passed over: `routingProblems` has told of it.
 */
export function configuredFallbacks(
  names: readonly string[],
  targets: readonly IndexedTarget[],
  index: ModelIndex,
  rules: CompiledRouting,
): readonly ConfiguredFallback[] {
  if (rules.fallbacks.size === 0) return [];
  const found: ConfiguredFallback[] = [];
  const queue = [...names, ...targets.map(({ endpoint }) => endpoint)];
  const seen = new Set<string>();
  for (let of = queue.shift(); of !== undefined; of = queue.shift()) {
    if (seen.has(of)) continue;
    seen.add(of);
    for (const name of rules.fallbacks.get(of) ?? []) {
      const named = resolveName(name, index, rules);
      if (named === undefined) continue;
      found.push({ of, named });
      queue.push(name, ...named.targets.map(({ endpoint }) => endpoint));
    }
  }
  return found;
}

/** The same models at other providers: by family, and by the very same id. */
export function elsewhere(targets: readonly IndexedTarget[], index: ModelIndex): readonly IndexedTarget[] {
  const providers = new Set(targets.map(({ scope }) => scope.provider));
  const found = new Set<IndexedTarget>();
  for (const { modelId, info } of targets) {
    const relatives = info?.family === undefined ? [] : index.family(info.family);
    for (const target of [...relatives, ...index.listed(modelId)])
      if (!providers.has(target.scope.provider)) found.add(target);
  }
  return [...found];
}

/** Other models of the same tier at other providers; none where the tier is not known. */
export function equivalentsOf(target: IndexedTarget, index: ModelIndex): readonly IndexedTarget[] {
  if (target.tier === undefined) return [];
  const family = target.info?.family;
  return index
    .pool(target.tier)
    .filter(({ provider, info }) => provider !== target.provider && (family === undefined || info?.family !== family));
}
