/** `gatehouse serve` */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliIo } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { dataDirOption, parsePort } from '../options.ts';
import type { Outcome } from '../outcome.ts';

interface Options {
  readonly config?: string;
  readonly dataDir?: string;
  readonly port?: number;
}

export function addServeCommand(program: Command, io: CliIo, outcome: Outcome): void {
  program
    .command('serve')
    .description('run the gateway without the desktop app; its window opens in a browser')
    .option('--config <file>', 'run on this file; it then rules and the window only shows it')
    .addOption(dataDirOption())
    .option('--port <number>', 'listen here instead of server.port; 0 picks a free one', parsePort)
    .addHelpText(
      'after',
      `
Examples:
  gatehouse serve
  gatehouse serve --config gatehouse.yaml --port 0

When it listens it prints one JSON line to stdout, {"event":"listening","baseUrl":...}; logs go to stderr.
Ctrl-C lets running calls end, then stops.`,
    )
    .action(async ({ config, dataDir, port }: Options) => {
      outcome.exitCode = await io.serve({
        dataDir: dataDirOf(dataDir, io.env),
        ...(config === undefined ? {} : { configPath: resolve(config) }),
        ...(port === undefined ? {} : { port }),
      });
    });
}
