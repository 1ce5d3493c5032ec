/** `gatehouse keys list|create|revoke` */
import type { Command } from 'commander';
import { createAccessKeys } from '../../access-keys/access-keys.ts';
import { accessKeyId, projectId } from '../../contract/ids.ts';
import type { AccessKeyView } from '../../contract/views.ts';
import { systemClock } from '../../core/clock.ts';
import { changeData } from '../change-data.ts';
import { type CliIo, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { dataDirOption, jsonOption, parsedBy } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { withDatabase } from '../read-only-database.ts';
import { shortInstant, textTable } from '../text-table.ts';

interface Options {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly project?: string;
}

export function addKeysCommands(program: Command, io: CliIo, _outcome: Outcome): void {
  const keys = program.command('keys').description('access keys: what a tool needs to use this gateway');

  keys
    .command('list')
    .description('show the access keys (never the keys themselves)')
    .option('--all', 'revoked ones too')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async ({ dataDir, json, all }: Options) => {
      const found = await withDatabase(dataDirOf(dataDir, io.env), (db) =>
        createAccessKeys({ db, clock: systemClock }).list(),
      );
      const shown = found.filter((key) => all === true || key.revokedAtMs === undefined);
      if (json === true) printJson(io, shown);
      else io.stdout.write(`${listText(shown)}\n`);
    });

  keys
    .command('create')
    .description('make an access key and show it, this once')
    .argument('<id>', 'a name for it, e.g. my-editor', parsedBy(accessKeyId))
    .option('--project <name>', 'the project its calls are booked on', parsedBy(projectId))
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse keys create my-editor
  gatehouse keys create chatbot --project acme --json

Works whether the gateway runs or not; a running one takes the new key at once.`,
    )
    .action(async (id: string, { dataDir, json, project }: Options) => {
      const input = { id, ...(project === undefined ? {} : { project }) };
      const created = await changeData(dataDirOf(dataDir, io.env), {
        running: (client) => client.accessKeys.create(input),
        offline: ({ db }) => createAccessKeys({ db, clock: systemClock }).create(input),
      });
      if (json === true) return printJson(io, created);
      io.stderr.write(`Access key "${id}", shown this once (Gatehouse keeps only a hash of it):\n`);
      io.stdout.write(`${created.secret}\n`);
    });

  keys
    .command('revoke')
    .description('stop an access key from working, at once and for good')
    .argument('<id>', 'its name', parsedBy(accessKeyId))
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, { dataDir, json }: Options) => {
      const revoked = await changeData(dataDirOf(dataDir, io.env), {
        running: (client) => client.accessKeys.revoke({ id }),
        offline: ({ db }) => createAccessKeys({ db, clock: systemClock }).revoke(id),
      });
      if (json === true) printJson(io, revoked);
      else io.stdout.write(`Revoked "${id}" (${revoked.prefix}…).\n`);
    });
}

function listText(keys: readonly AccessKeyView[]): string {
  if (keys.length === 0) return 'No access keys. Make one with: gatehouse keys create my-editor';
  return textTable([
    ['ID', 'KEY', 'PROJECT', 'CREATED (UTC)', 'LAST USED', 'STATE'],
    ...keys.map((key) => [
      key.id,
      `${key.prefix}…`,
      key.project ?? '-',
      shortInstant(key.createdAtMs),
      shortInstant(key.lastUsedAtMs),
      key.revokedAtMs !== undefined ? 'revoked' : key.managed ? 'from config' : 'active',
    ]),
  ]);
}
