/** All files of a tool, opened for editing. */
import type { Told } from './desk.ts';
import { ConnectError } from './errors.ts';
import { type OpenFile, openFile } from './files/open-files.ts';
import type { AppliedRecord } from './files/records.ts';

/** Throws ConnectError: there is no file, or one that cannot be edited. */
export function openTool({ tool, context }: Told, record: AppliedRecord | undefined): OpenFile[] {
  const targets = tool.files(context);
  if (targets.length > 0) return targets.map((target) => openFile(target, record));
  const message =
    context.machine.home === undefined
      ? 'Gatehouse does not know your home folder (HOME is not set), so it edits no file.'
      : `${tool.name} has no file that Gatehouse could edit: follow its steps.`;
  throw new ConnectError('no_file', message);
}
