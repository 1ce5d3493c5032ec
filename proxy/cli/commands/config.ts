/** `gatehouse config check|export|import` */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultConfig } from '../../config/default-config.ts';
import { exportConfigYaml } from '../../config/export-config.ts';
import { loadConfigFile } from '../../config/load-config-file.ts';
import { ConfigError, problemsText } from '../../config/problem.ts';
import { type Config, config as configSchema } from '../../contract/config.ts';
import { systemClock } from '../../core/clock.ts';
import { routingFindings } from '../../pipeline/routing-findings.ts';
import { patternsReady } from '../../routing/pattern-engine.ts';
import { createConfigVersions } from '../../storage/config-versions.ts';
import { changeData } from '../change-data.ts';
import { type CliIo, EXIT, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { openReadOnly } from '../read-only-database.ts';
import { unsetVariables } from '../unset-variables.ts';

interface Options {
  readonly dataDir?: string;
  readonly json?: boolean;
}

export function addConfigCommands(program: Command, io: CliIo, outcome: Outcome): void {
  const config = program.command('config').description('config as code');

  config
    .command('check')
    .description('say whether a config file holds, and what is wrong where')
    .argument('<file>', 'a YAML file')
    .addOption(jsonOption())
    .addHelpText('after', '\nExit code 3 when it does not hold. Nothing is changed and no gateway is needed.')
    .action(async (file: string, { json }: Options) => {
      const parsed = await loadConfigFile(file, routingFindings, patternsReady);
      const problems = parsed.ok ? [] : parsed.problems;
      const unset = parsed.ok ? unsetVariables(parsed.config, io.env) : [];
      if (json === true) printJson(io, { ok: parsed.ok, problems, warnings: unset });
      else if (parsed.ok) io.stdout.write(`${basename(file)} holds: ${summary(parsed.config)}\n`);
      else io.stderr.write(`${problemsText(problems, file)}\n`);
      if (json !== true) for (const message of unset) io.stderr.write(`warning: ${message}\n`);
      outcome.exitCode = parsed.ok ? EXIT.ok : EXIT.problemFound;
    });

  config
    .command('export')
    .description('print the config in force as a file to keep; there are no secrets in it')
    .addOption(dataDirOption())
    .addHelpText('after', '\nExample:\n  gatehouse config export > gatehouse.yaml')
    .action(({ dataDir }: Options) => {
      io.stdout.write(exportConfigYaml(storedConfig(dataDirOf(dataDir, io.env), io)));
    });

  config
    .command('import')
    .description('make a config file the config in force, as a new numbered version')
    .argument('<file>', 'a YAML file')
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      '\nA running gateway takes it at once. To let a file rule for good, start with: gatehouse serve --config FILE',
    )
    .action(async (file: string, { dataDir }: Options) => {
      const parsed = await loadConfigFile(file, routingFindings, patternsReady);
      if (!parsed.ok) throw new ConfigError(parsed.problems, file);
      const number = await changeData(dataDirOf(dataDir, io.env), {
        running: async (client) => (await client.config.import({ yaml: await readFile(file, 'utf8') })).version,
        offline: ({ db }) => {
          const versions = createConfigVersions({ db, clock: systemClock });
          return versions.append({ source: 'cli', note: `imported ${resolve(file)}`, config: parsed.config }).number;
        },
      });
      io.stdout.write(`Imported as config version ${number}: ${summary(parsed.config)}\n`);
    });
}

/** What the gateway runs on, or would run on when started without --config. */
function storedConfig(dataDir: string, io: CliIo): Config {
  const db = openReadOnly(dataDir);
  if (db === undefined) {
    io.stderr.write(`There is no database in ${dataDir} yet; this is the default config.\n`);
    return defaultConfig();
  }
  try {
    const current = createConfigVersions({ db, clock: systemClock }).current();
    return current === undefined ? defaultConfig() : configSchema.parse(JSON.parse(current.json));
  } finally {
    db.close();
  }
}

function summary({ providers, accessKeys, budgets }: Config): string {
  return [count(providers, 'provider'), count(accessKeys, 'access key'), count(budgets, 'budget')].join(', ');
}

function count(items: readonly unknown[], noun: string): string {
  return `${items.length} ${noun}${items.length === 1 ? '' : 's'}`;
}
