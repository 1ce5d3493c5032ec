/** What a name stands for: a forced model, a known id, a family, a virtual model, or `auto`. */
import { type Mode, mode as modeWord } from '../contract/config/words.ts';
import { resolveAlias } from './aliases.ts';
import type { CompiledRouting } from './compile.ts';
import type { IndexedTarget, ModelIndex } from './model-index.ts';

export interface Named {
  readonly kind: 'forced' | 'model' | 'family' | 'virtual_model' | 'auto';
  /** Without alias and mode. */
  readonly name: string;
  /** Written behind the name, as in `auto:code`. */
  readonly mode: Mode | undefined;
  /** The virtual model's own mode. Undefined for one whose targets are tried in the order they are written. */
  readonly ownMode: Mode | undefined;
  /** In the order of the config; none for `auto`, which chooses among all. */
  readonly targets: readonly IndexedTarget[];
}

/** Before families and known ids: `gatehouse/llama-3.3-70b`, `gatehouse/auto`. */
const OWN_PREFIX = 'gatehouse/';
export const AUTO = 'auto';

/**
 * First the name as it stands: a virtual model of the config, `auto`, `gatehouse/...`, `provider/model`, a listed id, a
 * family, the name of a split. Then without a mode at its end, and at last an id that no list has but a provider knows.
 * Undefined: nothing has this name.
 */
export function resolveName(written: string, index: ModelIndex, rules: CompiledRouting): Named | undefined {
  const name = resolveAlias(written, index.providers);
  const plain = resolvePlain(name, undefined, index, rules);
  if (plain !== undefined) return plain;
  const colon = name.lastIndexOf(':');
  const suffix = modeWord.safeParse(name.slice(colon + 1));
  if (colon > 0 && suffix.success) {
    const named = resolvePlain(name.slice(0, colon), suffix.data, index, rules);
    // `ollama/qwen:code` is a model of Ollama's, whether or not anybody lists it.
    if (named !== undefined && named.kind !== 'forced') return named;
  }
  return unlisted(name, index);
}

function resolvePlain(
  name: string,
  mode: Mode | undefined,
  index: ModelIndex,
  rules: CompiledRouting,
): Named | undefined {
  const named = (kind: Named['kind'], targets: readonly IndexedTarget[], ownMode?: Mode): Named => ({
    kind,
    name,
    mode,
    ownMode,
    targets,
  });
  const virtual = rules.virtualModels.get(name);
  if (virtual !== undefined)
    return named('virtual_model', onceEach(flatten(virtual.targets, index, rules, new Set([name]))), virtual.mode);
  if (name === AUTO || name === OWN_PREFIX + AUTO) return named('auto', []);
  const forced = forcedTarget(name, index);
  if (forced !== undefined) return forced === 'no_such_model' ? undefined : named('forced', [forced]);
  const own = name.startsWith(OWN_PREFIX) ? name.slice(OWN_PREFIX.length) : undefined;
  if (own !== undefined) {
    const members = index.family(own);
    if (members.length > 0) return named('family', members);
  }
  const listed = index.listed(own ?? name);
  if (listed.length > 0) return named('model', listed);
  const members = index.family(name);
  if (members.length > 0) return named('family', members);
  const split = rules.splits.get(name);
  if (split === undefined) return undefined;
  const arms = split.targets.map(({ use }) => use);
  return named('virtual_model', onceEach(flatten(arms, index, rules, new Set([name]))));
}

function onceEach(targets: readonly IndexedTarget[]): readonly IndexedTarget[] {
  return [...new Map(targets.map((target) => [target.endpoint, target])).values()];
}

/** Undefined: the name names no provider. `no_such_model`: it does, and that one surely has no such model. */
function forcedTarget(name: string, index: ModelIndex): IndexedTarget | 'no_such_model' | undefined {
  const slash = name.indexOf('/');
  const provider = slash > 0 ? index.providers.get(name.slice(0, slash)) : undefined;
  if (provider === undefined) return undefined;
  const modelId = name.slice(slash + 1);
  if (modelId === '') return 'no_such_model';
  const target = index.at(provider, modelId);
  return target.info === undefined && provider.config.kind === 'simulator' ? 'no_such_model' : target;
}

/** Virtual models among the targets stand for their own targets; what was met before is not entered again. */
function flatten(
  refs: readonly string[],
  index: ModelIndex,
  rules: CompiledRouting,
  entered: ReadonlySet<string>,
): readonly IndexedTarget[] {
  return refs.flatMap((ref) => {
    if (entered.has(ref)) return [];
    const virtual = rules.virtualModels.get(ref);
    if (virtual !== undefined) return flatten(virtual.targets, index, rules, new Set([...entered, ref]));
    return resolvePlain(ref, undefined, index, withoutVirtual(rules))?.targets ?? [];
  });
}

function withoutVirtual(rules: CompiledRouting): CompiledRouting {
  return { ...rules, virtualModels: new Map(), splits: new Map() };
}

function unlisted(name: string, index: ModelIndex): Named | undefined {
  const targets = index.unlisted(name);
  if (targets.length === 0) return undefined;
  return { kind: 'model', name, mode: undefined, ownMode: undefined, targets };
}
