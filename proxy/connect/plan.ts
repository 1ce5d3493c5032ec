/** What apply would change, shown without secrets. Nothing is written, no key is made. */
import { createTwoFilesPatch } from 'diff';
import { type FilePlan, KEY_PLACEHOLDER, type PlannedEntry } from '../contract/connect.ts';
import type { Desk, Told } from './desk.ts';
import { readEntries } from './edit/edit-entries.ts';
import { isSame, pathText, valueAt } from './edit/paths.ts';
import { editedText, editing, type OpenFile } from './files/open-files.ts';
import { HIDDEN, hideSecrets } from './hide-secrets.ts';
import { openTool } from './open-tool.ts';
import { holdsKey } from './secret-place.ts';
import { keyStateOf } from './tool-key.ts';
import { shownPath } from './tools/places.ts';
import type { Entry } from './types.ts';

const LINES_AROUND = 3;

/** Throws ConnectError. */
export function plan(desk: Desk, told: Told): FilePlan[] {
  const files = openTool(told, desk.records.get(told.tool.id));
  const state = keyStateOf(desk, told, files, { from: 'tool' });
  const secret = state.kind === 'known' ? state.secret : KEY_PLACEHOLDER;
  return files.map((file) => planOf(desk, told, file, secret));
}

function planOf(desk: Desk, { context }: Told, open: OpenFile, secret: string): FilePlan {
  const { file, target, text } = open;
  const edited = editedText(open, secret, desk.backups);
  const shown = shownPath(context.machine, file.path);
  const link = file.state === 'present' && file.realPath !== file.path ? file.realPath : undefined;
  return {
    path: file.path,
    shownPath: shown,
    format: target.format,
    exists: file.state === 'present',
    changes: edited !== text,
    diff: edited === text ? '' : unifiedDiff(shown, hideSecrets(text, [secret]), hideSecrets(edited, [secret])),
    entries: editing(file.path, () => plannedEntries(open, readEntries(edited, target.format))),
    ...(link === undefined ? {} : { linkTarget: link }),
  };
}

function unifiedDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: LINES_AROUND });
  // From the line with `---` on: that is all that other programs read.
  return patch.slice(patch.indexOf('--- '));
}

function plannedEntries(open: OpenFile, after: unknown): PlannedEntry[] {
  return open.target.entries.flatMap((entry) => {
    const [old, now] = [valueAt(open.data, entry.path), valueAt(after, entry.path)];
    if (isSame(old, now)) return [];
    return [
      {
        path: pathText(entry.path),
        ...(old === undefined ? {} : { before: shownValue(entry, old) }),
        ...(now === undefined ? {} : { after: valueText(entry.value) }),
      },
    ];
  });
}

/** Entries as we write them: the placeholder stands in them. */
function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Where a key goes, whatever stood there is somebody's secret. */
function shownValue(entry: Entry, old: unknown): string {
  if (entry.value === undefined || (holdsKey([entry]) && typeof old === 'string')) return HIDDEN;
  return hideSecrets(valueText(old), []);
}
