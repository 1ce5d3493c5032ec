/** The config that a start from here would run on. */

import { configProblems } from '../../config/check-config.ts';
import { defaultConfig } from '../../config/default-config.ts';
import { loadConfigFile } from '../../config/load-config-file.ts';
import { problemsText } from '../../config/problem.ts';
import { type Config, config as configSchema } from '../../contract/config.ts';
import { systemClock } from '../../core/clock.ts';
import { routingFindings } from '../../pipeline/routing-findings.ts';
import { patternsReady } from '../../routing/pattern-engine.ts';
import { createConfigVersions } from '../../storage/config-versions.ts';
import type { Db } from '../../storage/database.ts';
import { unsetVariables } from '../unset-variables.ts';
import { type Finding, fail, ok, warn, words } from './finding.ts';

export interface ConfigCheck {
  readonly findings: readonly Finding[];
  /** Undefined when it does not hold. */
  readonly config: Config | undefined;
}

export async function checkConfigOf(
  path: string | undefined,
  db: Db | undefined,
  env: NodeJS.ProcessEnv,
): Promise<ConfigCheck> {
  const { config, finding } = path === undefined ? await storedConfig(db) : await fileConfig(path);
  const unset = config === undefined ? [] : unsetVariables(config, env);
  const warnings = unset.map((message) => warn('config', message, 'Set it where Gatehouse is started.'));
  return { config, findings: [finding, ...warnings] };
}

async function fileConfig(path: string): Promise<{ config: Config | undefined; finding: Finding }> {
  const parsed = await loadConfigFile(path, routingFindings, patternsReady);
  if (parsed.ok) return { config: parsed.config, finding: ok('config', `${path} holds`) };
  return { config: undefined, finding: fail('config', problemsText(parsed.problems, path), 'Correct the file.') };
}

async function storedConfig(db: Db | undefined): Promise<{ config: Config | undefined; finding: Finding }> {
  if (db === undefined) return { config: defaultConfig(), finding: ok('config', 'the default, nothing is stored yet') };
  const todo = 'Start with a file of your own: gatehouse serve --config FILE';
  try {
    const current = createConfigVersions({ db, clock: systemClock }).current();
    if (current === undefined)
      return { config: defaultConfig(), finding: ok('config', 'the default, nothing is stored yet') };
    await patternsReady(current.json);
    const config = configSchema.parse(JSON.parse(current.json));
    const problems = configProblems(config, routingFindings);
    if (problems.length > 0) return { config, finding: fail('config', problemsText(problems), todo) };
    return { config, finding: ok('config', `version ${current.number}, from ${current.source}`) };
  } catch (error) {
    return { config: undefined, finding: fail('config', `the stored config cannot be used: ${words(error)}`, todo) };
  }
}
