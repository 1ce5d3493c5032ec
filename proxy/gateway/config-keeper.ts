/**
 * Holds the applied config and makes a new one the applied one: checked first, stored as a new numbered version, then
 * swapped in as a whole. A call that is under way goes on under the version it began with.
 */
import { configProblems } from '../config/check-config.ts';
import { ConfigError, type ConfigProblem } from '../config/problem.ts';
import type { Config } from '../contract/config.ts';
import { config as configSchema } from '../contract/config.ts';
import type { ConfigKeeper } from '../control/types.ts';
import { type ActiveConfig, activeConfig } from '../pipeline/active-config.ts';
import { routingFindings } from '../pipeline/routing-findings.ts';
import { isOwnAddress } from '../providers/base-url.ts';
import { baseUrlOf } from '../providers/kinds.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { patternsReady } from '../routing/pattern-engine.ts';
import type { ConfigVersions } from '../storage/config-versions.ts';

export interface ConfigKeeperParts {
  readonly versions: ConfigVersions;
  readonly managedBy: string | undefined;
  readonly initial: Config;
  readonly initialVersion: number;
  readonly providersOf: (config: Config) => ProviderRegistry;
  /** What else follows the config: kill switch, time zone, managed keys. Throws when a value does not hold; nothing has changed then. */
  readonly follow: (config: Config) => void;
  /** Our own port, once listening. */
  readonly ownPort: () => number | undefined;
}

export interface AppliedConfig extends ConfigKeeper {
  active(): ActiveConfig;
  /** Builds the providers of the same config anew: what stands beside it (servers found on this machine) has changed. */
  rebuild(): void;
}

export function createConfigKeeper(parts: ConfigKeeperParts): AppliedConfig {
  const listeners = new Set<() => void>();
  let current = parts.initial;
  let active = activeConfig(parts.initialVersion, current, parts.providersOf(current));
  parts.follow(current);

  return {
    managedBy: parts.managedBy,
    current: () => current,
    active: () => active,
    versions: () => parts.versions.list(),
    version: () => active.version,
    versionAt(number) {
      const stored = parts.versions.get(number);
      const parsed = stored === undefined ? undefined : configSchema.safeParse(JSON.parse(stored.json));
      return parsed?.data;
    },
    async apply(wanted, source, note) {
      await patternsReady(JSON.stringify(wanted));
      const next = checked(wanted, parts.ownPort());
      const providers = parts.providersOf(next);
      parts.follow(next);
      const { number } = parts.versions.append({ source, note, config: next });
      current = next;
      active = activeConfig(number, next, providers);
      for (const listener of listeners) listener();
      return number;
    },
    rebuild() {
      active = activeConfig(active.version, current, parts.providersOf(current));
      for (const listener of listeners) listener();
    },
    onApplied(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Throws ConfigError with every problem. */
export function checked(wanted: Config, ownPort: number | undefined): Config {
  const parsed = configSchema.safeParse(wanted);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })));
  }
  const problems = [...configProblems(parsed.data, routingFindings), ...ownAddressProblems(parsed.data, ownPort)];
  if (problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}

/** A gateway never accepts itself as an upstream. */
export function ownAddressProblems(config: Config, ownPort: number | undefined): ConfigProblem[] {
  if (ownPort === undefined) return [];
  return config.providers.flatMap((provider, index) => {
    const baseUrl = baseUrlOf(provider);
    if (baseUrl === undefined || !isOwnAddress(baseUrl, ownPort)) return [];
    const message = "this is Gatehouse's own address; a provider must be another server";
    return [{ path: `providers[${index}].baseUrl`, message }];
  });
}
