/** `gatehouse keys list|create|update|revoke` */
import type { Command } from 'commander';
import { createAccessKeys } from '../../access-keys/access-keys.ts';
import { accessKeyId, projectId } from '../../contract/ids.ts';
import type { AccessKeyView } from '../../contract/views.ts';
import { systemClock } from '../../core/clock.ts';
import { changeData } from '../change-data.ts';
import { type CliIo, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { addKeyPolicyOptions, type KeyPolicyFlags, policyOfFlags, policyText } from '../key-options.ts';
import { dataDirOption, jsonOption, parsedBy } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { withDatabase } from '../read-only-database.ts';
import { shortInstant, textTable } from '../text-table.ts';

interface Options extends KeyPolicyFlags {
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

  const create = keys
    .command('create')
    .description('make an access key and show it, this once')
    .argument('<id>', 'a name for it, e.g. my-editor', parsedBy(accessKeyId))
    .option('--project <name>', 'the project its calls are booked on', parsedBy(projectId));
  addKeyPolicyOptions(create, systemClock)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse keys create my-editor
  gatehouse keys create chatbot --project acme --json
  gatehouse keys create intern --cap 5/day --max-tier standard --model "openai/*" --expires 30d

Works whether the gateway runs or not; a running one takes the new key at once.`,
    )
    .action(async (id: string, { dataDir, json, project, ...flags }: Options) => {
      const policy = policyOfFlags(flags);
      const input = { id, ...(project === undefined ? {} : { project }), ...(policy === undefined ? {} : { policy }) };
      const created = await changeData(dataDirOf(dataDir, io.env), {
        running: (client) => client.accessKeys.create(input),
        offline: ({ db }) => createAccessKeys({ db, clock: systemClock }).create(input),
      });
      if (json === true) return printJson(io, created);
      io.stderr.write(`Access key "${id}", shown this once (Gatehouse keeps only a hash of it):\n`);
      io.stdout.write(`${created.secret}\n`);
    });

  const update = keys
    .command('update')
    .description('say anew what an access key may do; what is not named is not limited any more')
    .argument('<id>', 'its name', parsedBy(accessKeyId))
    .option('--project <name>', 'the project its calls are booked on', parsedBy(projectId));
  addKeyPolicyOptions(update, systemClock)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatehouse keys update intern --cap 10/day --max-tier standard
  gatehouse keys update intern                                    (no limits of its own any more)

Project and limits are replaced as a whole: name all that should hold. A running gateway follows at once.`,
    )
    .action(async (id: string, { dataDir, json, project, ...flags }: Options) => {
      const policy = policyOfFlags(flags);
      const change = { ...(project === undefined ? {} : { project }), ...(policy === undefined ? {} : { policy }) };
      const updated = await changeData(dataDirOf(dataDir, io.env), {
        running: (client) => client.accessKeys.update({ id, ...change }),
        offline: ({ db }) => createAccessKeys({ db, clock: systemClock }).update(id, change),
      });
      if (json === true) printJson(io, updated);
      else io.stdout.write(`Updated "${id}" (${updated.prefix}…): ${policyText(updated.policy)}\n`);
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
    ['ID', 'KEY', 'PROJECT', 'CREATED (UTC)', 'LAST USED', 'EXPIRES', 'STATE', 'MAY'],
    ...keys.map((key) => [
      key.id,
      `${key.prefix}…`,
      key.project ?? '-',
      shortInstant(key.createdAtMs),
      shortInstant(key.lastUsedAtMs),
      shortInstant(key.expiresAtMs),
      stateOf(key),
      policyText(key.policy),
    ]),
  ]);
}

function stateOf({ revokedAtMs, expiresAtMs, managed }: AccessKeyView): string {
  if (revokedAtMs !== undefined) return 'revoked';
  if (expiresAtMs !== undefined && expiresAtMs <= systemClock.nowMs()) return 'expired';
  return managed ? 'from config' : 'active';
}
