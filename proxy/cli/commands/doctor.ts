/** `gatehouse doctor` */
import type { Command } from 'commander';
import { type CliIo, EXIT, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';

interface Options {
  readonly config?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

export function addDoctorCommand(program: Command, io: CliIo, outcome: Outcome): void {
  program
    .command('doctor')
    .description('look at everything Gatehouse needs and say what is wrong and what to do')
    .option('--config <file>', 'the config file you start with')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExit code 3 when a line says fail. Nothing is repaired. A running gateway makes one call to its simulator.',
    )
    .action(async ({ config, dataDir, json }: Options) => {
      const findings = await examine({ dataDir: dataDirOf(dataDir, io.env), configPath: config, env: io.env });
      const ok = findings.every((finding) => finding.state !== 'fail');
      if (json === true) printJson(io, { ok, findings });
      else io.stdout.write(findings.map(lineOf).join(''));
      outcome.exitCode = ok ? EXIT.ok : EXIT.problemFound;
    });
}

const STATE_WIDTH = 4;
const CHECK_WIDTH = 10;

function lineOf({ state, check, message, todo }: Finding): string {
  const indent = ' '.repeat(STATE_WIDTH + CHECK_WIDTH + 4);
  const text = message.trim().replaceAll('\n', `\n${indent}`);
  const first = `${state.padEnd(STATE_WIDTH)}  ${check.padEnd(CHECK_WIDTH)}  ${text}\n`;
  return todo === undefined ? first : `${first}${indent}-> ${todo}\n`;
}
