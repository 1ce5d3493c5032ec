/** After an apply that failed half-way: files, record, backups and keys as they were before. */
import type { ToolId } from '../contract/connect.ts';
import type { Desk } from './desk.ts';
import { readConfigFile, removeConfigFile, writeConfigFile } from './files/config-file.ts';
import type { OpenFile } from './files/open-files.ts';
import type { AppliedRecord } from './files/records.ts';

export interface HalfDone {
  readonly tool: ToolId;
  readonly before: AppliedRecord | undefined;
  /** Those that were written. */
  readonly files: readonly OpenFile[];
  /** Those that were kept for nothing. */
  readonly backups: readonly string[];
  readonly madeKey: string | undefined;
}

export function rollBack(desk: Desk, { tool, before, files, backups, madeKey }: HalfDone): void {
  for (const { file, text } of files.toReversed()) {
    const now = readConfigFile(file.path);
    if (file.state === 'present') writeConfigFile(now, text);
    else if (now.state === 'present') removeConfigFile(now, []);
  }
  desk.records.put(tool, before);
  for (const backup of backups) desk.backups.remove(backup);
  if (madeKey !== undefined) desk.accessKeys.revoke(madeKey);
}
