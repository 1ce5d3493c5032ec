/** `gatehouse route` */
import { text } from 'node:stream/consumers';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { mode } from '../../contract/config.ts';
import { accessKeyId, projectId } from '../../contract/ids.ts';
import { dryRunInput } from '../../contract/routing-desk.ts';
import { CliError, type CliIo, EXIT, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { dataDirOption, jsonOption, parsedBy } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { routeText } from '../route/route-text.ts';
import { runningGateway } from '../running-gateway.ts';

interface Options {
  readonly model: string;
  readonly mode?: string;
  readonly key?: string;
  readonly project?: string;
  readonly client?: string;
  readonly tools?: boolean;
  readonly image?: boolean;
  readonly jsonSchema?: boolean;
  readonly stream?: boolean;
  readonly maxTokens?: number;
  readonly prompt?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

export function addRouteCommand(program: Command, io: CliIo, outcome: Outcome): void {
  program
    .command('route')
    .description('say where a call would go, why, and what it would cost; nothing is sent')
    .option('--model <name>', 'what is asked for: provider/model, a name that routes, or auto', 'auto')
    .addOption(new Option('--mode <mode>', 'as the x-gatehouse-mode header').choices(mode.options))
    .option('--key <id>', 'as if this access key called: its rights count', parsedBy(accessKeyId))
    .option('--project <name>', 'as if it were of this project', parsedBy(projectId))
    .option('--client <name>', 'as if this client called')
    .option('--tools', 'the call brings tools')
    .option('--image', 'the call brings an image')
    .option('--json-schema', 'the answer has to keep to a JSON schema')
    .option('--stream', 'the answer is streamed')
    .option('--max-tokens <count>', 'the longest answer that is asked for', parseTokens)
    .option('--prompt <text>', 'what the call says, or - for stdin (default: Hello)')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse route --model gpt-4o --mode cheap
  gatehouse route --model auto --tools --prompt - < prompt.txt
  gatehouse route --model anthropic/claude-sonnet-4-5 --key intern --json

Exit code 1 when nothing can serve it. The prompt goes to your own gateway only and is not kept. A gateway has to run.`,
    )
    .action(async (options: Options) => {
      const gateway = runningGateway(dataDirOf(options.dataDir, io.env));
      const result = await gateway.routing.dryRun(await inputOf(options));
      if (options.json === true) printJson(io, result);
      else if (result.ok) io.stdout.write(`${routeText(result.route)}\n`);
      else io.stderr.write(`gatehouse: nothing can serve it (${result.status} ${result.code}): ${result.message}\n`);
      outcome.exitCode = result.ok && result.route.candidates.length > 0 ? EXIT.ok : EXIT.failure;
    });
}

async function inputOf(options: Options) {
  const { model, tools, image, jsonSchema, stream } = options;
  const parsed = dryRunInput.safeParse({
    model,
    mode: options.mode,
    accessKeyId: options.key,
    project: options.project,
    client: options.client,
    maxTokens: options.maxTokens,
    prompt: options.prompt === '-' ? await text(process.stdin) : options.prompt,
    tools,
    image,
    jsonSchema,
    stream,
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CliError(`This call cannot be asked about: ${problems.join('; ')}.`, EXIT.usage);
}

function parseTokens(typed: string): number {
  const tokens = Number(typed);
  if (!/^\d{1,9}$/.test(typed) || tokens < 1) throw new InvalidArgumentError('Give a whole number from 1 up.');
  return tokens;
}
