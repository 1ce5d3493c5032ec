/** Default mode, switches and limits of failing over, as a form holds them, and as config. Pure. */
import type { Config, Mode, RoutingConfig } from '../../../../../proxy/contract/config.ts';
import type { FieldProblems } from '../../../config-edit/config-problems.ts';
import { sameItem } from '../../../config-edit/edit-list.ts';

export const ATTEMPTS_DEFAULT = 4;
export const FAILOVER_SECONDS_DEFAULT = 120;

export interface DefaultsDraft {
  readonly mode: Mode | undefined;
  readonly equivalents: boolean;
  readonly sticky: boolean;
  readonly hedge: boolean;
  /** As a number field gives it: a number, or text. */
  readonly attemptsMax: number | string;
  readonly failoverSeconds: number | string;
}

const KEYS = ['defaultMode', 'equivalents', 'sticky', 'hedge', 'attemptsMax', 'failoverSeconds'] as const;
type Defaults = Pick<RoutingConfig, (typeof KEYS)[number]>;

export function draftOf(routing: RoutingConfig): DefaultsDraft {
  return {
    mode: routing.defaultMode,
    equivalents: routing.equivalents ?? true,
    sticky: routing.sticky ?? true,
    hedge: routing.hedge ?? false,
    attemptsMax: routing.attemptsMax ?? ATTEMPTS_DEFAULT,
    failoverSeconds: routing.failoverSeconds ?? FAILOVER_SECONDS_DEFAULT,
  };
}

export function defaultsProblems({ attemptsMax, failoverSeconds }: DefaultsDraft): FieldProblems {
  return {
    ...(isWhole(attemptsMax, 1, 10) ? {} : { attemptsMax: 'A whole number from 1 to 10' }),
    ...(isWhole(failoverSeconds, 1, 3_600) ? {} : { failoverSeconds: 'A whole number from 1 to 3,600' }),
  };
}

/** What is as it would be anyway is left out of the config. */
export function defaultsOf(draft: DefaultsDraft): Defaults {
  return {
    ...(draft.mode === undefined ? {} : { defaultMode: draft.mode }),
    ...(draft.equivalents ? {} : { equivalents: false }),
    ...(draft.sticky ? {} : { sticky: false }),
    ...(draft.hedge ? { hedge: true } : {}),
    ...(draft.attemptsMax === ATTEMPTS_DEFAULT ? {} : { attemptsMax: Number(draft.attemptsMax) }),
    ...(draft.failoverSeconds === FAILOVER_SECONDS_DEFAULT ? {} : { failoverSeconds: Number(draft.failoverSeconds) }),
  };
}

/** The change of a config from the defaults the person saw. Undefined: they are others by now. */
export function editDefaults(
  seen: RoutingConfig,
  draft: DefaultsDraft,
): (config: Config, insist: boolean) => Config | undefined {
  return (config, insist) => {
    if (!insist && !sameItem(draftOf(config.routing), draftOf(seen))) return undefined;
    const kept = Object.fromEntries(
      Object.entries(config.routing).filter(([key]) => !(KEYS as readonly string[]).includes(key)),
    );
    return { ...config, routing: { ...kept, ...defaultsOf(draft) } };
  };
}

function isWhole(value: number | string, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
