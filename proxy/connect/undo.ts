/** What was applied, taken back: the earlier bytes where nobody wrote to the file since, else only our entries. */

import { type Desk, keyOf, type Told } from './desk.ts';
import { readEntries, restoreEntries } from './edit/edit-entries.ts';
import { pathText } from './edit/paths.ts';
import { ConnectError } from './errors.ts';
import { type ConfigFile, readConfigFile, removeConfigFile, writeConfigFile } from './files/config-file.ts';
import { earlierText, editing, hashAt } from './files/open-files.ts';
import type { AppliedFile } from './files/records.ts';

export interface UndoneNow {
  readonly files: { path: string; restored: 'exact' | 'entries' | 'removed' | 'gone'; kept: string[] }[];
  readonly revokedKey?: string;
}

interface Way {
  readonly restored: UndoneNow['files'][number]['restored'];
  readonly kept: string[];
  readonly act: () => void;
}

/** Throws ConnectError; nothing is changed then, unless a disk failed between two files. A second try goes on. */
export function undo(desk: Desk, { tool }: Told): UndoneNow {
  const record = desk.records.get(tool.id);
  if (record === undefined) {
    throw new ConnectError('not_applied', `Gatehouse has changed nothing in ${tool.name}’s files.`);
  }
  const ways = record.files.map((file) => ({ file, way: wayBack(desk, file) }));
  for (const { way } of ways.toReversed()) way.act();
  const { keyId } = record;
  const revoked = keyId !== undefined && keyOf(desk, tool.id) !== undefined;
  if (revoked) desk.accessKeys.revoke(keyId);
  desk.records.put(tool.id, undefined);
  for (const { file, way } of ways) {
    // What the person changed since may still be compared with it.
    if (file.backup !== undefined && way.kept.length === 0) desk.backups.remove(file.backup);
  }
  return {
    files: ways.map(({ file, way: { restored, kept } }) => ({ path: file.path, restored, kept })),
    ...(revoked ? { revokedKey: keyId } : {}),
  };
}

function wayBack(desk: Desk, applied: AppliedFile): Way {
  const file = readConfigFile(applied.path);
  if (file.state === 'absent') return { restored: 'gone', kept: [], act: () => undefined };
  if (file.sha256 === applied.beforeSha256) return { restored: 'exact', kept: [], act: () => undefined };
  if (file.sha256 === applied.afterSha256 && applied.exact) {
    if (applied.beforeSha256 === undefined) return removal(file, applied, []);
    const earlier = earlierText(applied, desk.backups);
    return { restored: 'exact', kept: [], act: () => void writeConfigFile(file, earlier) };
  }
  return entriesBack(desk, applied, file);
}

/** Entries that say something else than what was written are the person's by now. */
function entriesBack(desk: Desk, applied: AppliedFile, file: ConfigFile & { readonly state: 'present' }): Way {
  const { path, format, entries } = applied;
  return editing(path, () => {
    const data = readEntries(file.text, format);
    const isOurs = (entry: AppliedFile['entries'][number]) => hashAt(data, entry.path) === entry.sha256;
    const kept = entries.filter((entry) => !isOurs(entry)).map((entry) => pathText(entry.path));
    const ours = entries.filter(isOurs).map((entry) => entry.path);
    const text = restoreEntries(file.text, format, ours, earlierText(applied, desk.backups));
    if (applied.beforeSha256 === undefined && isNothing(text)) return removal(file, applied, kept);
    return { restored: 'entries', kept, act: () => void (text === file.text || writeConfigFile(file, text)) };
  });
}

function removal(file: ConfigFile & { readonly state: 'present' }, { foldersMade }: AppliedFile, kept: string[]): Way {
  return { restored: 'removed', kept, act: () => removeConfigFile(file, foldersMade) };
}

/** No comment either: then nobody misses the file. */
function isNothing(text: string): boolean {
  return /^\s*(?:\{\s*\})?\s*$/.test(text);
}
