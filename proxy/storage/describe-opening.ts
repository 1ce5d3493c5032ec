/** What opening the database did, in sentences for the log and for `gatehouse doctor`. */
import { dirname, join } from 'node:path';
import type { SetAside } from './set-aside.ts';
import type { Storage } from './types.ts';

export interface OpeningNote {
  readonly level: 'info' | 'warn';
  readonly message: string;
}

/** Empty for an ordinary start. A ledger that begins anew after a damaged one is always a warning. */
export function describeOpening({ path, opening }: Pick<Storage, 'path' | 'opening'>): OpeningNote[] {
  const notes: OpeningNote[] = [];
  const last = opening.setAside.at(-1);
  if (opening.created && last === undefined) notes.push({ level: 'info', message: `Created the database ${path}.` });
  if (opening.created && last !== undefined) {
    notes.push({
      level: 'warn',
      message: `A new, empty ledger begins here. ${describeSetAside(last, dirname(path))} Spending before that, access keys and settings are not in the new one.`,
    });
  }
  if (opening.migrated.length > 0) {
    const copy = opening.backupPath === undefined ? '' : ` A copy from before is ${opening.backupPath}.`;
    const version = opening.migrated.at(-1);
    notes.push({ level: 'info', message: `Brought the database to schema version ${version}.${copy}` });
  }
  return notes;
}

/** One sentence: which database was set aside, when and why. */
export function describeSetAside({ atMs, file, problem }: SetAside, dataDir: string): string {
  return `An earlier database could not be read (${problem}) and was set aside on ${new Date(atMs).toISOString()} as ${join(dataDir, file)}.`;
}
