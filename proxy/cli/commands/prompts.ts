/** `gatehouse prompts list|show|export` */
import { type Command, InvalidArgumentError } from 'commander';
import { promptId } from '../../contract/prompts.ts';
import { CliError, type CliIo, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { writeExport } from '../export/write-export.ts';
import { dataDirOption, jsonOption, parsedBy } from '../options.ts';
import { promptsTable, promptText } from '../prompts/prompt-text.ts';
import { runningGateway } from '../running-gateway.ts';

interface Options {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly version?: string;
  readonly out?: string;
  readonly force?: boolean;
}

export function addPromptsCommands(program: Command, io: CliIo): void {
  const prompts = program
    .command('prompts')
    .description('the prompts that you saved (the window saves them)')
    .addHelpText(
      'after',
      `
A request uses one with a field beside its others:
  "prompt": {"id": "gatehouse/greeting", "version": 3, "variables": {"name": "Ada"}}

A gateway has to run. More: docs/prompts.md`,
    );

  prompts
    .command('list')
    .description('show which there are, the one saved last first')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async ({ dataDir, json }: Options) => {
      const listed = await runningGateway(dataDirOf(dataDir, io.env)).prompts.list();
      if (json === true) return printJson(io, listed);
      io.stdout.write(listed.length === 0 ? 'No prompt is saved.\n' : `${promptsTable(listed)}\n`);
    });

  prompts
    .command('show')
    .description('show the text of one version')
    .argument('<id>', 'of the prompt', idOfPrompt)
    .option('--version <version>', 'its number or label (default: the newest)')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, { dataDir, json, version }: Options) => {
      const prompt = await runningGateway(dataDirOf(dataDir, io.env)).prompts.get({ id });
      const found = prompt.versions.find(
        (known) => version === undefined || String(known.version) === version || known.label === version,
      );
      if (found === undefined) {
        const newest = prompt.versions[0]?.version;
        throw new CliError(`"${id}" has no version "${version}"; its newest is ${newest}.`);
      }
      if (json === true) return printJson(io, found);
      io.stdout.write(`${promptText(prompt, found)}\n`);
    });

  prompts
    .command('export')
    .description('write one prompt, or all of them, with every version as JSON')
    .argument('[id]', 'of the prompt; all when left out', idOfPrompt)
    .option('--out <file>', 'write to a new file (0600) instead of stdout')
    .option('--force', 'replace the file if it is there')
    .addOption(dataDirOption())
    .action(async (id: string | undefined, { dataDir, out, force }: Options) => {
      const gateway = runningGateway(dataDirOf(dataDir, io.env));
      const { json } = await gateway.prompts.export(id === undefined ? {} : { id });
      await writeExport(json.trimEnd().split('\n'), { stdout: io.stdout, path: out, replace: force === true });
      if (out !== undefined) io.stderr.write(`Wrote ${out}.\n`);
    });
}

/** With or without the prefix that requests write. */
function idOfPrompt(typed: string): string {
  const id = typed.replace(/^gatehouse\//, '');
  if (id === '') throw new InvalidArgumentError('Name a prompt, as in greeting.');
  return parsedBy(promptId)(id);
}
