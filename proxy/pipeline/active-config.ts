/** What the applied config comes down to, replaced as a whole when a new version is applied. */
import type { Config } from '../contract/config.ts';
import { type BudgetLimit, keyCapOf, limitsFor, limitsOf } from '../limits/budgets.ts';
import type { Provider } from '../providers/types.ts';
import { type CompiledRouting, compileRouting } from '../routing/compile.ts';
import { RETRY_LIMITS, type RetryLimits } from '../routing/retry.ts';
import type { Target } from '../routing/types.ts';
import type { Identity } from './types.ts';

export interface ActiveConfig {
  readonly version: number;
  readonly config: Config;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly routing: CompiledRouting;
  readonly retryLimits: RetryLimits;
  /** Every budget, whatever its scope; keys' own caps are not among them. */
  readonly budgets: readonly BudgetLimit[];
  /** The cap of the caller's own key; none or one. */
  readonly keyCapsOf: (identity: Identity) => readonly BudgetLimit[];
  /** The limits that an attempt of this caller at this target has to fit under. */
  readonly budgetsOf: (identity: Identity, target: Target) => readonly BudgetLimit[];
}

/** Throws GatehouseError invalid_request when a rule's pattern is none. */
export function activeConfig(version: number, config: Config, providers: ReadonlyMap<string, Provider>): ActiveConfig {
  const budgets = limitsOf(config.budgets);
  const { attemptsMax, failoverSeconds } = config.routing;
  return {
    version,
    config,
    providers,
    routing: compileRouting(config),
    retryLimits: {
      ...RETRY_LIMITS,
      ...(attemptsMax === undefined ? {} : { attemptsMax }),
      ...(failoverSeconds === undefined ? {} : { totalMsMax: failoverSeconds * 1_000 }),
    },
    budgets,
    keyCapsOf: ({ accessKeyId, policy }) => {
      const cap = accessKeyId === undefined ? undefined : keyCapOf(accessKeyId, policy);
      return cap === undefined ? [] : [cap];
    },
    budgetsOf: ({ accessKeyId, project, client, policy }, { provider, modelId }) =>
      limitsFor(budgets, accessKeyId === undefined ? undefined : keyCapOf(accessKeyId, policy), {
        ...(accessKeyId === undefined ? {} : { accessKeyId }),
        ...(project === undefined ? {} : { project }),
        ...(client === undefined ? {} : { client }),
        provider: provider.config.id,
        model: modelId,
      }),
  };
}
