/** Our entries written into a tool's files, with a key made for it: all of it, or nothing. */
import { KEY_PLACEHOLDER } from '../contract/connect.ts';
import { assert } from '../core/assert.ts';
import type { Desk, Told } from './desk.ts';
import { keyOf } from './desk.ts';
import { readEntries } from './edit/edit-entries.ts';
import { sha256Of, writeConfigFile } from './files/config-file.ts';
import { earlierText, editedText, editing, hashAt, type OpenFile } from './files/open-files.ts';
import type { AppliedFile, AppliedRecord } from './files/records.ts';
import { openTool } from './open-tool.ts';
import { rollBack } from './roll-back.ts';
import { type KeyState, keyStateOf, makeToolKey } from './tool-key.ts';
import type { KeyChoice } from './types.ts';

export interface AppliedNow {
  readonly changed: boolean;
  /** Of the key that was made. */
  readonly secret?: string;
  readonly backups: { path: string; backup?: string }[];
}

/** Throws ConnectError or AccessKeyError; everything is as it was then. */
export function apply(desk: Desk, told: Told, choice: KeyChoice): AppliedNow {
  const { tool, context } = told;
  const before = desk.records.get(tool.id);
  const files = openTool(told, before);
  const state = keyStateOf(desk, told, files, choice);
  // Whatever is in the way shows before a key is made or another one is revoked.
  const trial = files.map((file) =>
    editedText(file, state.kind === 'known' ? state.secret : KEY_PLACEHOLDER, desk.backups),
  );
  if (
    before !== undefined &&
    isDone(before, state, context.model) &&
    files.every(({ text }, at) => text === trial[at])
  ) {
    return { changed: false, backups: [] };
  }
  const made = state.kind === 'new' ? makeToolKey(desk, told) : undefined;
  const texts = made === undefined ? trial : files.map((file) => editedText(file, made.secret, desk.backups));
  const key = keyPart(state, made);
  const written: AppliedFile[] = [];
  const fresh: string[] = [];
  try {
    const planned = files.map((file, at) => plannedFile(desk, told, file, texts[at] ?? '', fresh));
    const record: AppliedRecord = { atMs: desk.clock.nowMs(), model: context.model, ...key, files: planned };
    // On record before it is done: after a crash in between, undo finds files that are as they were.
    desk.records.put(tool.id, record);
    for (const [at, { file, text }] of files.entries()) {
      const [plan, wanted] = [planned[at], texts[at]];
      assert(plan !== undefined && wanted !== undefined, 'every file has its plan');
      const foldersMade = wanted === text && file.state === 'present' ? [] : writeConfigFile(file, wanted);
      written.push({ ...plan, foldersMade: [...plan.foldersMade, ...foldersMade] });
    }
    desk.records.put(tool.id, { ...record, files: written });
  } catch (error) {
    rollBack(desk, {
      tool: tool.id,
      before,
      files: files.slice(0, written.length),
      backups: fresh,
      madeKey: made?.key.id,
    });
    throw error;
  }
  // A key of the person's own takes the place of the one that was made for the tool.
  if (choice.from === 'own' && before?.keyId !== undefined && keyOf(desk, tool.id) !== undefined) {
    desk.accessKeys.revoke(before.keyId);
  }
  return {
    changed: true,
    ...(made === undefined ? {} : { secret: made.secret }),
    backups: written.map(({ path, backup }) => ({
      path,
      ...(backup === undefined ? {} : { backup: desk.backups.pathOf(backup) }),
    })),
  };
}

function isDone(before: AppliedRecord, state: KeyState, model: string): boolean {
  if (state.kind === 'new' || before.model !== model) return false;
  const hash = state.kind === 'known' ? sha256Of(state.secret) : state.secretSha256;
  return hash === before.secretSha256 && state.keyId === before.keyId;
}

function keyPart(
  state: KeyState,
  made: { readonly key: { readonly id: string }; readonly secret: string } | undefined,
): Pick<AppliedRecord, 'keyId' | 'secretSha256'> {
  if (made !== undefined) return { keyId: made.key.id, secretSha256: sha256Of(made.secret) };
  assert(state.kind !== 'new', 'a key was kept or made');
  const secretSha256 = state.kind === 'known' ? sha256Of(state.secret) : state.secretSha256;
  return { secretSha256, ...(state.keyId === undefined ? {} : { keyId: state.keyId }) };
}

/** The backup is of the file before Gatehouse first wrote to it, however often it does. */
function plannedFile(desk: Desk, { tool }: Told, open: OpenFile, text: string, fresh: string[]): AppliedFile {
  const { file, target } = open;
  const format = target.format;
  const common = { path: file.path, format, afterSha256: sha256Of(text) };
  // A file that was deleted meanwhile begins anew.
  const applied = file.state === 'absent' ? undefined : open.applied;
  if (applied !== undefined && file.state === 'present') {
    const entries = changedEntries(open, earlierText(applied, desk.backups), text);
    const { beforeSha256, backup, foldersMade } = applied;
    const exact = applied.exact && file.sha256 === applied.afterSha256;
    return {
      ...common,
      ...(beforeSha256 === undefined ? {} : { beforeSha256 }),
      ...(backup === undefined ? {} : { backup }),
      exact,
      foldersMade,
      entries,
    };
  }
  const entries = changedEntries(open, open.text, text);
  if (file.state === 'absent') return { ...common, exact: true, foldersMade: [], entries };
  const backup = desk.backups.keep(tool.id, file.text);
  fresh.push(backup);
  return { ...common, beforeSha256: file.sha256, backup, exact: true, foldersMade: [], entries };
}

/** Entries that say something else than before: the others are nothing to undo. */
function changedEntries({ target, file }: OpenFile, earlier: string, text: string): AppliedFile['entries'] {
  return editing(file.path, () => {
    const [old, now] = [readEntries(earlier, target.format), readEntries(text, target.format)];
    return target.entries.flatMap(({ path }) => {
      const sha256 = hashAt(now, path);
      return sha256 === hashAt(old, path) ? [] : [{ path: [...path], ...(sha256 === undefined ? {} : { sha256 }) }];
    });
  });
}
