/** What a config says of routing, made ready for deciding: once for every applied config. */
import type { Config, Mode, SplitConfig, VirtualModelConfig } from '../contract/config.ts';
import { GatehouseError } from '../core/errors.ts';
import { type CompiledRule, compileRule } from './rules.ts';

export type RoutingSource = Pick<Config, 'virtualModels' | 'routing'>;

export interface CompiledRouting {
  readonly virtualModels: ReadonlyMap<string, VirtualModelConfig>;
  readonly rules: readonly CompiledRule[];
  /** By the name that clients ask for. */
  readonly splits: ReadonlyMap<string, SplitConfig>;
  /** By the name that was asked for, or by `provider/model`. */
  readonly fallbacks: ReadonlyMap<string, readonly string[]>;
  readonly defaultMode: Mode | undefined;
  readonly equivalents: boolean;
  readonly sticky: boolean;
}

/**
 * Throws GatehouseError invalid_request with the path of the first pattern that is no regular expression. What names
 * something that is not there is no hindrance here (a provider may come and go); `routingProblems` tells of it.
 */
export function compileRouting({ virtualModels, routing }: RoutingSource): CompiledRouting {
  return {
    virtualModels: new Map(virtualModels.map((model) => [model.id, model])),
    rules: (routing.rules ?? []).map((rule, index) => {
      try {
        return compileRule(rule);
      } catch (error) {
        throw new GatehouseError(
          'invalid_request',
          `routing.rules[${index}].when.promptMatches: ${patternFault(error)}`,
        );
      }
    }),
    splits: new Map((routing.splits ?? []).map((split) => [split.model, split])),
    fallbacks: new Map(Object.entries(routing.fallbacks ?? {})),
    defaultMode: routing.defaultMode,
    equivalents: routing.equivalents !== false,
    sticky: routing.sticky !== false,
  };
}

/** For the person who wrote the pattern. */
export function patternFault(error: unknown): string {
  const says = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  return `not a regular expression of RE2 syntax (no look-around, no back references): ${says}`;
}
