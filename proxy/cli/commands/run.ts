/** `gatehouse run` */
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { mode, onLimit, tier } from '../../contract/config.ts';
import { projectId } from '../../contract/ids.ts';
import { type CreatedRun, type RunReceipt, runInput, runName } from '../../contract/runs.ts';
import { parseBudgetUsd, parseTtlMs } from '../amounts.ts';
import { CliError, type CliIo, EXIT } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { sentenceOf } from '../failure.ts';
import { dataDirOption, jsonOption, parsedBy } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { childEnvironment } from '../run/child-environment.ts';
import { clientRemark } from '../run/client-remark.ts';
import { receiptText } from '../run/receipt-text.ts';
import { exitCodeOf, runChild, watchSignals } from '../run/run-child.ts';
import { runningGateway } from '../running-gateway.ts';

interface Options {
  readonly budget: number;
  readonly ttl?: number;
  readonly project?: string;
  readonly name?: string;
  readonly modelLimit?: readonly string[];
  readonly maxTier?: string;
  readonly mode?: string;
  readonly onLimit?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

/** Longer than the gateway waits for what is still under way. */
const END_WITHIN_MS = 15_000;

export function addRunCommand(program: Command, io: CliIo, outcome: Outcome): void {
  program
    .command('run')
    .description('run a command that may spend so much and no more, and print what it spent')
    .argument('<command...>', 'the command and its arguments, after --')
    .passThroughOptions()
    .requiredOption('--budget <usd>', 'what it may spend, e.g. 2 or 0.50', parseBudgetUsd)
    .option('--ttl <time>', 'its key ends after this at the latest, e.g. 90s, 2h (default: 1d)', parseTtlMs)
    .option('--project <name>', 'the project its calls are booked on', parsedBy(projectId))
    .option('--name <name>', 'what its key is called after (default: the command)', parsedBy(runName))
    .option('--model-limit <pattern>', 'a model it may use, e.g. "openai/*"; may be given several times', collect)
    .addOption(new Option('--max-tier <tier>', 'the dearest tier it may use').choices(tier.options))
    .addOption(new Option('--mode <mode>', 'how its calls are routed where they do not say').choices(mode.options))
    .addOption(
      new Option('--on-limit <what>', 'what happens when a call does not fit (default: block)').choices(
        onLimit.options,
      ),
    )
    .addOption(dataDirOption())
    .addOption(new Option(jsonOption().flags, 'the receipt as one line of JSON, the last one on stderr'))
    .addHelpText(
      'after',
      `
Examples:
  gatehouse run --budget 2 -- claude -p "Fix the failing test"
  gatehouse run --budget 0.50 --project acme --ttl 2h -- python agent.py
  gatehouse run --budget 5 --model-limit "anthropic/*" --on-limit clamp -- aider

The command gets an access key of its own by OPENAI_*, ANTHROPIC_*, GEMINI_* and the like; it is revoked when the command
ends. A call that does not fit into what is left gets 402 budget_exceeded. The exit code is the command's (128 + n after
signal n; 127 there is no such command, 126 it cannot be run); the receipt goes to stderr. A gateway has to run.`,
    )
    .action(async (command: readonly string[], options: Options) => {
      outcome.exitCode = await runWithBudget(command, options, io);
    });
}

async function runWithBudget(command: readonly string[], options: Options, io: CliIo): Promise<number> {
  const dataDir = dataDirOf(options.dataDir, io.env);
  const signals = watchSignals();
  try {
    const run = await runningGateway(dataDir).runs.create(inputOf(command, options));
    const remark = clientRemark(command);
    if (remark !== undefined) io.stderr.write(`gatehouse: ${remark}\n`);
    let exitCode: number;
    try {
      const early = signals.early();
      exitCode =
        early === undefined
          ? await runChild(command, childEnvironment(io.env, run.env), signals)
          : exitCodeOf(null, early);
    } catch (error) {
      await endRun(dataDir, run, io);
      throw error;
    }
    const receipt = await endRun(dataDir, run, io);
    if (receipt !== undefined) printReceipt(io, receipt, exitCode, options.json === true);
    return exitCode;
  } finally {
    signals.stop();
  }
}

function inputOf(command: readonly string[], { budget, ttl, ...options }: Options) {
  const name = options.name ?? nameOf(command);
  const parsed = runInput.safeParse({
    budgetUsd: budget,
    ...(ttl === undefined ? {} : { ttlMs: ttl }),
    ...(name === undefined ? {} : { name }),
    project: options.project,
    models: options.modelLimit,
    maxTier: options.maxTier,
    mode: options.mode,
    onLimit: options.onLimit,
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CliError(`This run does not hold: ${problems.join('; ')}.`, EXIT.usage);
}

/** `/usr/bin/Claude.exe` -> `claude`. */
function nameOf([command = '']: readonly string[]): string | undefined {
  const stem = basename(command.replaceAll('\\', '/')).replace(/\.[A-Za-z]{1,4}$/, '');
  const parsed = runName.safeParse(stem.toLowerCase().slice(0, 32));
  return parsed.success ? parsed.data : undefined;
}

/**
 * Undefined, with the reason on stderr, when the gateway is not there any more: the command's own exit code stands, and
 * the key ends by its time. The gateway may have been restarted meanwhile, so it is looked up again.
 */
async function endRun(dataDir: string, { id, expiresAtMs }: CreatedRun, io: CliIo): Promise<RunReceipt | undefined> {
  try {
    return await runningGateway(dataDir, END_WITHIN_MS).runs.end({ id });
  } catch (error) {
    const until = new Date(expiresAtMs).toISOString();
    io.stderr.write(
      `gatehouse: run ${id} has no receipt, and its key could not be revoked (it ends by itself at ${until}): ${sentenceOf(error)}\n`,
    );
    return undefined;
  }
}

function printReceipt(io: CliIo, receipt: RunReceipt, exitCode: number, asJson: boolean): void {
  io.stderr.write(asJson ? `${JSON.stringify({ exitCode, receipt })}\n` : `${receiptText(receipt)}\n`);
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
