/** The database as a file: backups and tidying up, as the window and the command line ask for them. */
import { oc } from '@orpc/contract';
import { z } from 'zod';

export const databaseView = z.object({
  path: z.string(),
  bytes: z.int(),
  /** Of these, what `vacuum` would give back at least. */
  freeBytes: z.int(),
  /** Where a backup without a path of its own goes. */
  backupDirectory: z.string(),
});
export type DatabaseView = z.infer<typeof databaseView>;

export const backupView = z.object({
  path: z.string(),
  bytes: z.int(),
  /** The audit of the copy. False: it is whole, but its books do not add up; the live ones then do not either. */
  ledgerOk: z.boolean(),
  entries: z.int(),
  headHash: z.string(),
});
export type BackupView = z.infer<typeof backupView>;

const base = oc.errors({
  BAD_REQUEST: { status: 400 },
  CONFLICT: { status: 409 },
  UNAVAILABLE: { status: 503 },
});

export const maintenanceDesk = {
  database: base.output(databaseView),
  /**
   * A checked copy in a new file (0600), while calls go on. `path`: absolute; left out: a file in the data directory named
   * after the instant. CONFLICT: there is such a file. Provider keys are in no backup.
   */
  backup: base.input(z.object({ path: z.string().min(1).max(4_096).optional() })).output(backupView),
  /** Calls wait until it is done. UNAVAILABLE: too large for that, or too little space; `message` says what to do. */
  vacuum: base.output(z.object({ bytesBefore: z.int(), bytesAfter: z.int() })),
};
