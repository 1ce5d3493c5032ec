/** Which config a start runs on: the file it was given, else what the window last set, else the default. */
import { defaultConfig } from '../config/default-config.ts';
import { loadConfigFile } from '../config/load-config-file.ts';
import { ConfigError } from '../config/problem.ts';
import { type Config, config as configSchema } from '../contract/config.ts';
import { routingFindings } from '../pipeline/routing-findings.ts';
import { patternsReady } from '../routing/pattern-engine.ts';
import type { ConfigVersions } from '../storage/config-versions.ts';

export interface StartConfig {
  readonly config: Config;
  readonly version: number;
}

/** Throws ConfigError. Settings made in the window stand; a file that ruled an earlier start does not rule this one. */
export async function startConfig(versions: ConfigVersions, configPath: string | undefined): Promise<StartConfig> {
  if (configPath !== undefined) {
    const parsed = await loadConfigFile(configPath, routingFindings, patternsReady);
    if (!parsed.ok) throw new ConfigError(parsed.problems, configPath);
    return stored(versions, parsed.config, 'file', configPath);
  }
  const own = versions.list().find((version) => version.source !== 'file');
  if (own === undefined) return stored(versions, defaultConfig(), 'default', undefined);
  await patternsReady(versions.get(own.number)?.json ?? '');
  return stored(versions, readBack(versions, own.number), own.source, own.note);
}

function stored(
  versions: ConfigVersions,
  config: Config,
  source: 'default' | 'file' | 'window' | 'cli',
  note: string | undefined,
): StartConfig {
  const { number } = versions.append({ source, config, ...(note === undefined ? {} : { note }) });
  return { config, version: number };
}

/** A version of an older release is read by today's schema, so that new fields have their defaults. */
function readBack(versions: ConfigVersions, number: number): Config {
  const version = versions.get(number);
  const parsed = configSchema.safeParse(version === undefined ? undefined : JSON.parse(version.json));
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
      `config version ${number}`,
    );
  }
  return parsed.data;
}
