/** What is read off a config rather than written in it. */
import { resolveEnvRef } from '../config/env-ref.ts';
import type { Config } from '../contract/config.ts';

/** The access keys that the config makes, with their secrets. Throws EnvRefError for a variable that is not set. */
export function managedKeys(config: Config, env: NodeJS.ProcessEnv) {
  return config.accessKeys.map(({ id, value, project, ...policy }) => ({
    id,
    secret: resolveEnvRef(value, env),
    policy,
    ...(project === undefined ? {} : { project }),
  }));
}

/** Whose days and months count; this machine's where the config names none. */
export function timeZoneOf(config: Config): string {
  return config.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
