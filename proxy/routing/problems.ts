/** What is wrong with a config's routing beyond its schema: patterns that are none, and names that lead nowhere. */
import { mode as modeWord } from '../contract/config/words.ts';
import { patternFault, type RoutingSource } from './compile.ts';
import { compileRule } from './rules.ts';

export interface RoutingProblem {
  readonly path: readonly (string | number)[];
  /** What was found and what is expected. */
  readonly message: string;
}

/** Before `/` in names that routing gives out itself. */
const OWN = 'gatehouse';

/**
 * Every problem, in the order of the config.
 * @param knownProviders ids of the config's providers and of those that were found on this machine
 * @param knowsModel whether some provider lists this id, or models have this family; left out: such names are taken on trust
 */
export function routingProblems(
  config: RoutingSource,
  knownProviders: Iterable<string>,
  knowsModel: (name: string) => boolean = () => true,
): RoutingProblem[] {
  const providers = new Set(knownProviders);
  const virtual = new Map(config.virtualModels.map((model) => [model.id, model.targets]));
  const { rules = [], splits = [], fallbacks = {} } = config.routing;
  const names = new Set([...virtual.keys(), ...splits.map((split) => split.model)]);
  const problems: RoutingProblem[] = [];
  const report = (path: RoutingProblem['path'], message: string | undefined) => {
    if (message !== undefined) problems.push({ path, message });
  };
  const refProblem = (ref: string) => targetProblem(ref, providers, virtual, knowsModel);
  const nameProblem = (name: string) => anyNameProblem(name, names, providers, knowsModel);

  config.virtualModels.forEach((model, index) => {
    report(['virtualModels', index, 'targets'], cycleProblem(model.id, virtual));
    for (const [at, ref] of model.targets.entries()) report(['virtualModels', index, 'targets', at], refProblem(ref));
  });
  for (const [name, targets] of Object.entries(fallbacks))
    for (const [at, target] of targets.entries()) report(['routing', 'fallbacks', name, at], nameProblem(target));
  rules.forEach((rule, index) => {
    try {
      compileRule(rule);
    } catch (error) {
      report(['routing', 'rules', index, 'when', 'promptMatches'], patternFault(error));
    }
    if (rule.use !== undefined) report(['routing', 'rules', index, 'use'], nameProblem(rule.use));
  });
  splits.forEach((split, index) => {
    const first = splits.findIndex(({ model }) => model === split.model);
    if (first < index)
      report(
        ['routing', 'splits', index, 'model'],
        `the split "${splits[first]?.name}" already divides "${split.model}"`,
      );
    for (const [at, { use }] of split.targets.entries())
      report(['routing', 'splits', index, 'targets', at, 'use'], refProblem(use));
  });
  return problems;
}

/** A `provider/model`, or a virtual model. Undefined: it is all right. */
function targetProblem(
  ref: string,
  providers: ReadonlySet<string>,
  virtual: ReadonlyMap<string, unknown>,
  knowsModel: (name: string) => boolean,
): string | undefined {
  if (virtual.has(ref)) return undefined;
  const slash = ref.indexOf('/');
  const prefix = ref.slice(0, slash);
  if (providers.has(prefix)) return undefined;
  if (prefix !== OWN) return `found the provider "${prefix}"; expected one of ${listed(providers)}`;
  if (ref === `${OWN}/auto`) return 'found auto, which chooses by itself; expected provider/model or a virtual model';
  return knowsModel(ref.slice(slash + 1)) ? undefined : `found "${ref}"; no provider has a model of this name`;
}

/** A name as a client may write it. Undefined: it is all right. */
function anyNameProblem(
  written: string,
  names: ReadonlySet<string>,
  providers: ReadonlySet<string>,
  knowsModel: (name: string) => boolean,
): string | undefined {
  const colon = written.lastIndexOf(':');
  const hasMode = colon > 0 && modeWord.safeParse(written.slice(colon + 1)).success;
  const plain = hasMode ? written.slice(0, colon) : written;
  const isKnown = (name: string): boolean => {
    const slash = name.indexOf('/');
    const prefix = name.slice(0, Math.max(0, slash));
    if (name === 'auto' || name === `${OWN}/auto` || names.has(name) || providers.has(prefix)) return true;
    return knowsModel(prefix === OWN ? name.slice(slash + 1) : name);
  };
  if (isKnown(written) || isKnown(plain)) return undefined;
  return `found "${written}"; expected provider/model with one of ${listed(providers)}, a model or family that a provider lists, a virtual model, or auto`;
}

function cycleProblem(id: string, virtual: ReadonlyMap<string, readonly string[]>): string | undefined {
  const seen = new Set<string>();
  const leadsBack = (name: string): boolean =>
    (virtual.get(name) ?? []).some((next) => {
      if (next === id) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return leadsBack(next);
    });
  return leadsBack(id) ? `"${id}" leads back to itself; expected targets that are models in the end` : undefined;
}

function listed(providers: ReadonlySet<string>): string {
  return providers.size === 0 ? 'the providers (there are none)' : [...providers].join(', ');
}
