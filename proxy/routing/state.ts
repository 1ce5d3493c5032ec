/** Everything a routing decision reads beside the call: snapshots and look-ups passed in, no I/O, no clock. */
import type { GatehouseError } from '../core/errors.ts';
import type { Provider } from '../providers/types.ts';
import type { CompiledRouting } from './compile.ts';
import type { EndpointHealth, EndpointId, Target } from './types.ts';

export interface RoutingState {
  readonly providers: ReadonlyMap<string, Provider>;
  /** Of the applied config, built once by `compileRouting`. */
  readonly rules: CompiledRouting;
  readonly nowMs: number;
  /** IANA name; what a rule's times of day are read in. */
  readonly timeZone: string;
  readonly health: (endpoint: EndpointId) => EndpointHealth;
  readonly credential: (providerId: string) => 'ok' | 'missing' | 'refused' | 'unknown';
  readonly killed: (scope: { readonly provider: string; readonly model: string }) => boolean;
  /** Nano-dollars left over all budgets that touch this call at this target; undefined: there is none. */
  readonly leftNano: (target: Target) => number | undefined;
  /** A budget stands over this call, so a target without a known price may not serve it. False for calls that cost nothing. */
  readonly budgeted: boolean;
  readonly stickyTarget: (conversation: string) => EndpointId | undefined;
  /** A stable hash of the seed to [0, 1): the same seed gives the same number, also after a restart. */
  readonly random: (seed: string) => number;
  readonly freshRandom: () => number;
  /** The refusal with all its facts, for when nothing but a budget stands in the way. Left out: told in routing's own words. */
  readonly budgetRefusal?: (target: Target, neededNano: number) => GatehouseError;
}
