/** `gatehouse connect` */
import { Argument, type Command, Option } from 'commander';
import { KEY_PLACEHOLDER, TOOL_IDS, type ToolId, type ToolView } from '../../contract/connect.ts';
import { CliError, type CliIo, EXIT, printJson } from '../cli-io.ts';
import { checkLine, headText, planText, stepsText, toolsTable } from '../connect/connect-text.ts';
import type { ControlClient } from '../control-client.ts';
import { dataDirOf } from '../data-dir.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { runningGateway } from '../running-gateway.ts';

interface Options {
  readonly apply?: boolean;
  readonly undo?: boolean;
  readonly check?: boolean;
  readonly newKey?: boolean;
  readonly ownKey?: boolean;
  readonly model?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

interface Job {
  readonly client: ControlClient;
  readonly tool: ToolId;
  readonly model: { readonly model?: string };
  readonly options: Options;
  readonly io: CliIo;
}

const OWN_KEY = 'GATEHOUSE_KEY';
/** Three calls, each of which may take as long as the gateway waits for it. */
const CHECK_WITHIN_MS = 300_000;

export function addConnectCommand(program: Command, io: CliIo, outcome: Outcome): void {
  program
    .command('connect')
    .description('point a tool at this gateway, with a key made for it; without a tool: which tools there are')
    .addArgument(new Argument('[tool]', 'the tool').choices(TOOL_IDS))
    .addOption(new Option('--apply', 'edit the tool’s config file').conflicts(['undo', 'check', 'newKey']))
    .addOption(new Option('--undo', 'give the file back as it was, and revoke the key').conflicts(['check', 'newKey']))
    .addOption(new Option('--check', 'make three small calls as the tool would').conflicts('newKey'))
    .addOption(new Option('--new-key', 'make a key for the tool and print the steps with it'))
    .option('--own-key', `with --apply and --check: use the access key in ${OWN_KEY}`)
    .option('--model <name>', 'the model it is to use (default: the one applied, else auto)')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse connect                        which tools there are, and which are connected
  gatehouse connect codex                  what to do, and what --apply would change
  gatehouse connect codex --apply          do it: only our entries, with a backup
  gatehouse connect codex --check          plain answer, stream, tool call: what works
  gatehouse connect codex --undo           the file as it was, and the key revoked
  gatehouse connect curl --new-key         a key and the lines to paste

A gateway has to run. --check calls the model for real, so it costs what such calls cost (a fraction of a cent). Exit code
3: the check found something that does not work.`,
    )
    .action(async (tool: ToolId | undefined, options: Options) => {
      const dataDir = dataDirOf(options.dataDir, io.env);
      const client = runningGateway(dataDir, options.check === true ? CHECK_WITHIN_MS : undefined);
      const model = options.model === undefined ? {} : { model: options.model };
      if (tool === undefined) return list(client, model, options, io);
      const job: Job = { client, tool, model, options, io };
      if (options.apply === true) return applyTool(job);
      if (options.undo === true) return undoTool(job);
      if (options.check === true) {
        outcome.exitCode = await checkTool(job);
        return;
      }
      return options.newKey === true ? newKey(job) : show(job);
    });
}

async function list(client: ControlClient, model: Job['model'], options: Options, io: CliIo): Promise<void> {
  const asked = (['apply', 'undo', 'check', 'newKey'] as const).find((what) => options[what] === true);
  if (asked !== undefined) throw new CliError('Say which tool: gatehouse connect shows them.', EXIT.usage);
  const found = await client.connect.list(model);
  if (options.json === true) return printJson(io, found);
  io.stdout.write(`${toolsTable(found.tools)}\n`);
  io.stderr.write('gatehouse connect <tool> says what to do.\n');
}

async function show({ client, tool, model, options, io }: Job): Promise<void> {
  const view = await client.connect.get({ tool, ...model });
  const files = isEditable(view) ? (await client.connect.plan({ tool, ...model })).files : [];
  if (options.json === true) return printJson(io, { tool: view, files });
  io.stdout.write(`${headText(view)}\n\n${stepsText(view)}\n`);
  if (files.length > 0) io.stdout.write(`\n${planText(files)}\n`);
  const hint =
    files.length > 0
      ? `--apply does this; ${KEY_PLACEHOLDER} becomes a key made for the tool.`
      : `${KEY_PLACEHOLDER} stands for an access key: --new-key makes one for the tool.`;
  io.stderr.write(`${hint}\n`);
}

async function applyTool({ client, tool, model, options, io }: Job): Promise<void> {
  const secret = ownKey(options, io);
  const done = await client.connect.apply({
    tool,
    ...model,
    ...(secret === undefined ? {} : { key: { from: 'own', secret } }),
  });
  if (options.json === true) return printJson(io, done);
  const lines = done.changed
    ? done.backups.map(
        ({ path, backup }) => `${path}: ${backup === undefined ? 'made' : `edited; as it was: ${backup}`}`,
      )
    : [`${done.tool.name} is connected already: nothing to change.`];
  // Where the file holds the key, nobody has to see it.
  const place = done.tool.steps.some(({ byApply, code }) => byApply && code?.text.includes(KEY_PLACEHOLDER) === true);
  const shown = done.secret === undefined || place ? [] : [`Access key, shown this once: ${done.secret}`];
  io.stdout.write(`${[...lines, ...shown, ...(done.changed ? done.nextSteps : [])].join('\n')}\n`);
}

async function undoTool({ client, tool, options, io }: Job): Promise<void> {
  const done = await client.connect.undo({ tool });
  if (options.json === true) return printJson(io, done);
  const lines = done.files.flatMap(({ path, restored, kept }) => [
    `${path}: ${UNDONE[restored]}`,
    ...(kept.length === 0 ? [] : [`  left as they are, for they were changed since: ${kept.join(', ')}`]),
  ]);
  const key = done.revokedKey === undefined ? [] : [`The access key "${done.revokedKey}" is revoked.`];
  io.stdout.write(`${[...lines, ...key].join('\n')}\n`);
}

const UNDONE = {
  exact: 'as it was, byte for byte',
  entries: 'our entries are out; what you changed since stays',
  removed: 'removed, for Gatehouse had made it',
  gone: 'it was gone already',
} as const;

async function checkTool({ client, tool, model, options, io }: Job): Promise<number> {
  const secret = ownKey(options, io);
  const events = await client.connect.check({ tool, ...model, ...(secret === undefined ? {} : { secret }) });
  let ok = false;
  for await (const event of events) {
    if (event.type === 'done') ok = event.ok;
    const line = options.json === true ? JSON.stringify(event) : checkLine(event);
    if (line !== undefined) io.stdout.write(`${line}\n`);
  }
  return ok ? EXIT.ok : EXIT.problemFound;
}

async function newKey({ client, tool, model, options, io }: Job): Promise<void> {
  const { key, secret } = await client.connect.createKey({ tool });
  const view = await client.connect.get({ tool, ...model });
  if (options.json === true) return printJson(io, { key, secret, tool: view });
  io.stderr.write(`Access key "${key.id}", shown this once (Gatehouse keeps only a hash of it): ${secret}\n\n`);
  io.stdout.write(`${stepsText(view, secret)}\n`);
}

function isEditable({ files }: ToolView): boolean {
  return files.length > 0 && files.every(({ state }) => state !== 'refused');
}

/** By the environment: a key on a command line is seen by every process of the machine. */
function ownKey(options: Options, io: CliIo): string | undefined {
  if (options.ownKey !== true) return undefined;
  const secret = io.env[OWN_KEY];
  if (secret !== undefined && secret !== '') return secret;
  throw new CliError(`--own-key takes the access key from ${OWN_KEY}, which is not set.`, EXIT.usage);
}
