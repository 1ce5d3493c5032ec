/** Backups and tidying up, answered by the gateway itself: it alone writes to its database. */
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { auditDatabase } from '../../ledger/audit-database.ts';
import { StorageError } from '../../storage/errors.ts';
import { ensurePrivateDirectory } from '../../storage/private-files.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function maintenanceProcedures({ storage, clock, dataDir }: ControlParts) {
  const backupDirectory = join(dataDir, 'backups');
  return {
    maintenance: {
      database: control.maintenance.database.handler(() => {
        const number = (pragma: string) => Number(storage.db.pragma(pragma, { simple: true }));
        const pageBytes = number('page_size');
        return {
          path: storage.path,
          bytes: number('page_count') * pageBytes,
          freeBytes: number('freelist_count') * pageBytes,
          backupDirectory,
        };
      }),
      backup: control.maintenance.backup.handler(async ({ input, errors }) => {
        if (input.path !== undefined && !isAbsolute(input.path))
          throw errors.BAD_REQUEST({ message: 'Name the backup with its whole path.' });
        const path = input.path ?? join(backupDirectory, `gatehouse-${instantWords(clock.nowMs())}.sqlite`);
        if (existsSync(path)) throw errors.CONFLICT({ message: `${path} is there already; give another name.` });
        if (input.path === undefined) ensurePrivateDirectory(backupDirectory);
        let audited = { ok: false, checkedEntries: 0, headHash: '' };
        await told(errors, () =>
          storage.backup(path, async (copy) => {
            audited = await auditDatabase(copy, clock);
          }),
        );
        const { ok, checkedEntries, headHash } = audited;
        return { path, bytes: statSync(path).size, ledgerOk: ok, entries: checkedEntries, headHash };
      }),
      vacuum: control.maintenance.vacuum.handler(({ errors }) => told(errors, async () => storage.vacuum())),
    },
  };
}

async function told<T>(
  errors: { UNAVAILABLE(options: { message: string }): Error },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageError) throw errors.UNAVAILABLE({ message: error.message });
    throw error;
  }
}

/** Sorts by time and is a file name everywhere. */
function instantWords(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[:.]/g, '-');
}
