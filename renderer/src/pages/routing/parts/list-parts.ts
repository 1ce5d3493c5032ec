/** The lists among the routing settings, each as something one item of which can be edited. Pure. */
import type {
  Config,
  RoutingConfig,
  RuleConfig,
  SplitConfig,
  VirtualModelConfig,
} from '../../../../../proxy/contract/config.ts';
import { moveItem, replaceItem, sameItem } from '../../../config-edit/edit-list.ts';

/** Whose place several targets take, in order. In the config these are the entries of a record. */
export interface FallbackChain {
  readonly name: string;
  readonly targets: string[];
}

export interface ListPart<T> {
  /** For people: "rule". */
  readonly word: string;
  /** What people tell items apart by. */
  readonly nameOf: (item: T) => string;
  readonly list: (config: Config) => readonly T[];
  readonly withList: (config: Config, list: readonly T[]) => Config;
  /** Where the gateway says a problem of the item at `index` is. */
  readonly path: (item: T, index: number) => string;
}

export const VIRTUAL_MODELS: ListPart<VirtualModelConfig> = {
  word: 'virtual model',
  nameOf: ({ id }) => id,
  list: (config) => config.virtualModels,
  withList: (config, list) => ({ ...config, virtualModels: [...list] }),
  path: (_, index) => `virtualModels[${index}]`,
};

export const RULES: ListPart<RuleConfig> = {
  word: 'rule',
  nameOf: ({ name }) => name,
  list: ({ routing }) => routing.rules ?? [],
  withList: (config, list) => withRouting(config, 'rules', list.length === 0 ? undefined : [...list]),
  path: (_, index) => `routing.rules[${index}]`,
};

export const SPLITS: ListPart<SplitConfig> = {
  word: 'split',
  nameOf: ({ name }) => name,
  list: ({ routing }) => routing.splits ?? [],
  withList: (config, list) => withRouting(config, 'splits', list.length === 0 ? undefined : [...list]),
  path: (_, index) => `routing.splits[${index}]`,
};

export const FALLBACKS: ListPart<FallbackChain> = {
  word: 'fallback chain',
  nameOf: ({ name }) => name,
  list: ({ routing }) => Object.entries(routing.fallbacks ?? {}).map(([name, targets]) => ({ name, targets })),
  withList: (config, list) => {
    const record = Object.fromEntries(list.map(({ name, targets }) => [name, targets]));
    return withRouting(config, 'fallbacks', list.length === 0 ? undefined : record);
  },
  path: ({ name }) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `routing.fallbacks.${name}` : `routing.fallbacks[${JSON.stringify(name)}]`,
};

/** Undefined: `seen` is not there any more as the person saw it, and they do not insist. */
export function editItem<T>(
  part: ListPart<T>,
  seen: T | undefined,
  next: T | undefined,
): (config: Config, insist: boolean) => Config | undefined {
  return (config, insist) => {
    const list = part.list(config);
    const edited = replaceItem(list, seen, next) ?? (insist ? overName(part, list, seen, next) : undefined);
    return edited === undefined ? undefined : part.withList(config, edited);
  };
}

export function moveInList<T>(part: ListPart<T>, item: T, by: -1 | 1): (config: Config) => Config | undefined {
  return (config) => {
    const moved = moveItem(part.list(config), item, by);
    return moved === undefined ? undefined : part.withList(config, moved);
  };
}

/** Where `item` is in a config that was tried. */
export function pathOf<T>(part: ListPart<T>, config: Config, item: T): string {
  return part.path(
    item,
    part.list(config).findIndex((each) => sameItem(each, item)),
  );
}

/** Goes over what now has the same name; where nothing has it, the item is added. */
function overName<T>(
  { nameOf }: ListPart<T>,
  list: readonly T[],
  seen: T | undefined,
  next: T | undefined,
): readonly T[] {
  const at = list.findIndex((item) => seen !== undefined && nameOf(item) === nameOf(seen));
  if (next === undefined) return at < 0 ? list : list.toSpliced(at, 1);
  return at < 0 ? [...list, next] : list.with(at, next);
}

function withRouting<K extends keyof RoutingConfig>(
  config: Config,
  key: K,
  value: RoutingConfig[K] | undefined,
): Config {
  const { [key]: _, ...rest } = config.routing;
  return { ...config, routing: value === undefined ? rest : { ...rest, [key]: value } };
}
