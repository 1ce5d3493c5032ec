/** `gatehouse backup|restore|vacuum`: the database as a file. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { AuditReport } from '../../contract/views.ts';
import { systemClock } from '../../core/clock.ts';
import { auditDatabase } from '../../ledger/audit-database.ts';
import { backupDatabase } from '../../storage/backup.ts';
import { toStorageError } from '../../storage/classify-error.ts';
import { StorageError } from '../../storage/errors.ts';
import { acquireInstanceLock } from '../../storage/instance-lock.ts';
import { databasePath } from '../../storage/open.ts';
import { restoreDatabase } from '../../storage/restore.ts';
import { vacuumStopped } from '../../storage/vacuum.ts';
import { runningClient } from '../change-data.ts';
import { CliError, type CliIo, EXIT, printJson } from '../cli-io.ts';
import { dataDirOf } from '../data-dir.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { withDatabase } from '../read-only-database.ts';

interface Options {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly force?: boolean;
}

const WITHOUT_KEYS =
  'Provider keys are not in a backup: they stay in the keychain (or the encrypted file credentials, which has to be kept apart).';

export function addBackupCommands(program: Command, io: CliIo, outcome: Outcome): void {
  program
    .command('backup')
    .description('copy the database to a file and check the copy; works beside a running gateway')
    .argument('<file>', 'the new file (0600)')
    .option('--force', 'replace the file if it is there')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `\nThe copy holds the ledger, requests, access keys (as hashes) and config versions.\n${WITHOUT_KEYS}\nExit code 3 when the copy is whole but its ledger does not add up.`,
    )
    .action(async (file: string, options: Options) => {
      const toPath = resolve(file);
      if (existsSync(toPath) && options.force !== true)
        throw new CliError(`${file} is there already; give another name or --force.`);
      const audit = await backUp(dataDirOf(options.dataDir, io.env), toPath);
      if (options.json === true) printJson(io, { path: toPath, audit });
      else io.stdout.write(`Copied to ${toPath}: ${auditWords(audit)}.\n${WITHOUT_KEYS}\n`);
      outcome.exitCode = audit.ok ? EXIT.ok : EXIT.problemFound;
    });

  program
    .command('restore')
    .description('put a backup in the place of the database; stop Gatehouse first')
    .argument('<file>', 'a backup')
    .option('--force', 'even if the ledger in it does not add up')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nThe backup is checked first and brought up to date; the present database is kept beside it under another name.',
    )
    .action(async (file: string, options: Options) => {
      const restored = await restore(dataDirOf(options.dataDir, io.env), resolve(file), options.force === true);
      if (options.json === true) return printJson(io, restored);
      const { audit, keptPath, migrated } = restored;
      io.stdout.write(`Restored ${file}: ${auditWords(audit)}.\n`);
      const version = migrated.at(-1);
      if (version !== undefined) io.stdout.write(`It was brought to schema version ${version}.\n`);
      if (keptPath !== undefined) io.stdout.write(`The database from before is kept as ${keptPath}.\n`);
      io.stdout.write(
        'What was spent since the backup is not in these books; compare with: gatehouse ledger reconcile\n',
      );
    });

  program
    .command('vacuum')
    .description('give the space of deleted records back to the disk')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nBeside a running gateway calls wait for a moment; a large database can only be done while it is stopped.',
    )
    .action(async (options: Options) => {
      const { bytesBefore, bytesAfter } = await vacuum(dataDirOf(options.dataDir, io.env));
      if (options.json === true) return printJson(io, { bytesBefore, bytesAfter });
      io.stdout.write(`${megabytes(bytesBefore)} before, ${megabytes(bytesAfter)} now.\n`);
    });
}

async function backUp(dataDir: string, toPath: string): Promise<AuditReport> {
  return withDatabase(dataDir, async (db) => {
    const audits: AuditReport[] = [];
    try {
      await backupDatabase(db, toPath, {
        inspect: async (copy) => void audits.push(await auditDatabase(copy, systemClock)),
        inBigSteps: true,
      });
    } catch (error) {
      throw toStorageError(error, toPath);
    }
    return only(audits);
  });
}

async function restore(dataDir: string, fromPath: string, force: boolean) {
  const lock = acquireInstanceLock({ dataDir, clock: systemClock });
  try {
    const audits: AuditReport[] = [];
    const restored = await restoreDatabase({
      dataDir,
      fromPath,
      clock: systemClock,
      inspect: async (copy) => {
        const audit = await auditDatabase(copy, systemClock);
        audits.push(audit);
        if (audit.ok || force) return;
        const { kind, message } = audit.problems[0] ?? { kind: 'unknown', message: '' };
        throw new StorageError(
          'unavailable',
          `The ledger in ${fromPath} does not add up (${kind}: ${message}). Nothing was changed. Try an older backup, or --force.`,
        );
      },
    });
    return { ...restored, audit: only(audits) };
  } finally {
    lock.release();
  }
}

/** Through the gateway where one runs: it alone writes to its database. */
async function vacuum(dataDir: string): Promise<{ bytesBefore: number; bytesAfter: number }> {
  const access = runningClient(dataDir);
  if (access.running) return access.client.maintenance.vacuum();
  const path = databasePath(dataDir);
  try {
    if (!existsSync(path)) throw new CliError(`There is no Gatehouse database in ${dataDir} yet.`);
    return await vacuumStopped(path);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw toStorageError(error, path);
  } finally {
    access.lock.release();
  }
}

function only(audits: readonly AuditReport[]): AuditReport {
  const [audit] = audits;
  if (audit === undefined) throw new Error('the copy was not audited');
  return audit;
}

function auditWords({ ok, checkedEntries, headHash, problems }: AuditReport): string {
  const verdict = ok ? 'they add up' : `${problems.length} PROBLEMS, see: gatehouse ledger audit`;
  return `${checkedEntries} ledger entries up to ${headHash.slice(0, 16)}..., ${verdict}`;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
