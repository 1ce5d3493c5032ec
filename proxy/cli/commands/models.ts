/** `gatehouse models` */
import { type Command, Option } from 'commander';
import { type CliIo, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { findModels } from '../models/find-models.ts';
import { modelsTable } from '../models/models-table.ts';
import { SORTS, type Sort, selectModels } from '../models/select-models.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';

interface Options {
  readonly provider?: string;
  readonly search?: string;
  readonly sort: Sort;
  readonly all?: boolean;
  readonly config?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

export function addModelsCommand(program: Command, io: CliIo, _outcome: Outcome): void {
  program
    .command('models')
    .description('show the models you can call, what they cost and what they can do')
    .option('--provider <id>', 'of this provider only; or of a kind that the catalog covers, such as groq')
    .option('--search <text>', 'with these words in the name')
    .addOption(
      new Option('--sort <by>', 'price: cheapest first; context: longest first').choices(SORTS).default('name'),
    )
    .option('--all', 'everything the catalog holds, set up or not')
    .option('--config <file>', 'of the providers in this file')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse models --search llama-3.3-70b --all --sort price
  gatehouse models --provider anthropic --json

Prices are in USD per million tokens. Works whether the gateway runs or not; a running one also knows what its providers
list themselves.`,
    )
    .action(async ({ provider, search, sort, all, config, dataDir, json }: Options) => {
      const found = await findModels({
        dataDir: dataDirOf(dataDir, io.env),
        configPath: config,
        provider,
        wholeCatalog: all === true,
      });
      const models = selectModels(found.models, search, sort);
      if (found.remark !== undefined) io.stderr.write(`${found.remark}\n`);
      if (json === true) return printJson(io, models);
      if (models.length === 0) return void io.stdout.write('No model matches.\n');
      io.stdout.write(`${modelsTable(models)}\n`);
      io.stderr.write(`${models.length} ${models.length === 1 ? 'model' : 'models'}${asOf(models)}.\n`);
    });
}

function asOf(models: readonly { readonly priceAsOf?: string | undefined }[]): string {
  const day = models.find((model) => model.priceAsOf !== undefined)?.priceAsOf;
  return day === undefined ? '' : `; prices of the catalog as of ${day}`;
}
