/** A tool's files as they are now, and as they would be with our entries in them. */
import { putEntries, readEntries, restoreEntries } from '../edit/edit-entries.ts';
import { valueAt } from '../edit/paths.ts';
import { EditRefused } from '../edit/refused.ts';
import { ConnectError } from '../errors.ts';
import { matchValue, withSecret } from '../secret-place.ts';
import type { Entry, EntryPath, ToolFile } from '../types.ts';
import type { Backups } from './backups.ts';
import { type ConfigFile, isThere, readConfigFile, sha256Of } from './config-file.ts';
import type { AppliedFile, AppliedRecord } from './records.ts';

export interface OpenFile {
  readonly target: ToolFile;
  readonly file: ConfigFile;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What was applied to it and not undone. */
  readonly applied: AppliedFile | undefined;
}

/** Throws ConnectError. `applied`: where a file was edited once, it is that file again. */
export function openFile(target: ToolFile, record: AppliedRecord | undefined): OpenFile {
  const places = [target.path, ...(target.orElse ?? [])];
  const applied = record?.files.find(({ path }) => places.includes(path));
  const path = applied?.path ?? places.find(isThere) ?? target.path;
  if (target.hides !== undefined && !isThere(path) && isThere(target.hides)) {
    throw new ConnectError(
      'file_refused',
      `The tool reads ${target.hides} as long as there is no ${path}. Move your settings over to that file first, then connect it.`,
    );
  }
  const file = readConfigFile(path);
  const text = file.state === 'present' ? file.text : '';
  const data = editing(path, () => readEntries(text, target.format));
  return { target, file, text, data, applied };
}

/** The whole text with our entries, and without those of an earlier time that are none any more. */
export function editedText({ target, file, text, applied }: OpenFile, secret: string, backups: Backups): string {
  return editing(file.path, () => {
    const stale =
      applied?.entries.filter(({ path }) => !target.entries.some((entry) => samePath(entry.path, path))) ?? [];
    const cleared =
      applied === undefined || stale.length === 0
        ? text
        : restoreEntries(
            text,
            target.format,
            stale.map(({ path }) => path),
            earlierText(applied, backups),
          );
    return putEntries(cleared, target.format, withSecret(target.entries, secret));
  });
}

/** The file before Gatehouse first wrote to it. */
export function earlierText({ backup, beforeSha256 }: AppliedFile, backups: Backups): string {
  return backup === undefined || beforeSha256 === undefined ? '' : backups.read(backup, beforeSha256);
}

/** Are all entries there? `secret`: what stands in the key's place. */
export function matchFile({ target, data }: OpenFile): { readonly same: boolean; readonly secret?: string } {
  const matches = target.entries.map((entry) => matchEntry(entry, valueAt(data, entry.path)));
  const secret = matches.find((match) => match.secret !== undefined)?.secret;
  return { same: matches.every(({ same }) => same), ...(secret === undefined ? {} : { secret }) };
}

function matchEntry({ value, ifMissing }: Entry, found: unknown): { readonly same: boolean; readonly secret?: string } {
  if (ifMissing === true) return { same: found !== undefined };
  return value === undefined ? { same: found === undefined } : matchValue(value, found);
}

/** What stands in the file of what was written, by hash: changed values are the person's. */
export function hashAt(data: unknown, path: EntryPath): string | undefined {
  const value = valueAt(data, path);
  return value === undefined ? undefined : sha256Of(JSON.stringify(value));
}

export function samePath(one: EntryPath, other: EntryPath): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The editors' refusals, with the way out. */
export function editing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof EditRefused)) throw error;
    const message = `${path} cannot be edited: ${error.message}. Mend it, or put the entries in yourself.`;
    throw new ConnectError('file_refused', message, { cause: error });
  }
}
