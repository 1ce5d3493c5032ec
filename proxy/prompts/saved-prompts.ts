/** Saved prompts in SQLite: versions numbered from 1 within each prompt, never changed (triggers see to it). */
import type { PromptHeadView, PromptMessage, PromptParameters, PromptVersionView } from '../contract/prompts.ts';
import type { Clock } from '../core/clock.ts';
import type { Db } from '../storage/types.ts';
import { LabelTaken } from './label-taken.ts';
import type { NewVersion, SavedPrompts } from './types.ts';
import { variablesOf } from './variables.ts';
import { emptyLog, overwriting, rebuildTables } from './wipe.ts';

interface PromptRow {
  id: string;
  title: string;
  createdAtMs: number;
}

interface VersionRow {
  version: number;
  label: string | null;
  createdAtMs: number;
  content: string;
}

interface Content {
  readonly messages: PromptMessage[];
  readonly parameters: PromptParameters;
}

const TABLES = ['prompts', 'prompt_versions'];
const PROMPT = 'id, title, created_at_ms AS createdAtMs';
const VERSION = 'version, label, created_at_ms AS createdAtMs, content';

export function createSavedPrompts({ db, clock }: { db: Db; clock: Clock }): SavedPrompts {
  const selectPrompts = db.prepare<[], PromptRow>(`SELECT ${PROMPT} FROM prompts`);
  const selectPrompt = db.prepare<[string], PromptRow>(`SELECT ${PROMPT} FROM prompts WHERE id = ?`);
  const insertPrompt = db.prepare<[PromptRow]>(
    'INSERT INTO prompts (id, title, created_at_ms) VALUES (:id, :title, :createdAtMs)',
  );
  const updateTitle = db.prepare<[string, string]>('UPDATE prompts SET title = ? WHERE id = ?');
  const deletePrompt = db.prepare<[string]>('DELETE FROM prompts WHERE id = ?');
  const selectVersions = db.prepare<[string], VersionRow>(
    `SELECT ${VERSION} FROM prompt_versions WHERE prompt_id = ? ORDER BY version DESC`,
  );
  const selectNewest = db.prepare<[string], VersionRow>(
    `SELECT ${VERSION} FROM prompt_versions WHERE prompt_id = ? ORDER BY version DESC LIMIT 1`,
  );
  const selectByNumber = db.prepare<[string, number], VersionRow>(
    `SELECT ${VERSION} FROM prompt_versions WHERE prompt_id = ? AND version = ?`,
  );
  const selectByLabel = db.prepare<[string, string], VersionRow>(
    `SELECT ${VERSION} FROM prompt_versions WHERE prompt_id = ? AND label = ?`,
  );
  const insertVersion = db.prepare<[VersionRow & { id: string }]>(
    `INSERT INTO prompt_versions (prompt_id, version, label, created_at_ms, content)
     VALUES (:id, :version, :label, :createdAtMs, :content)`,
  );

  function rowOf(id: string, which: number | string | undefined): VersionRow | undefined {
    if (which === undefined) return selectNewest.get(id);
    return typeof which === 'number' ? selectByNumber.get(id, which) : selectByLabel.get(id, which);
  }

  function headOf(prompt: PromptRow): PromptHeadView {
    const row = selectNewest.get(prompt.id);
    if (row === undefined) throw new Error(`the saved prompt "${prompt.id}" has no version`);
    const { messages: _text, parameters: _parameters, ...newest } = versionOf(row);
    // Numbers have no gaps: versions come one after the other and go together.
    return { ...prompt, newest, versions: row.version };
  }

  function save({ id, title, label, messages, parameters }: NewVersion): ReturnType<SavedPrompts['save']> {
    const known = selectPrompt.get(id);
    const newest = selectNewest.get(id);
    const prompt = { id, title: title ?? known?.title ?? id, createdAtMs: known?.createdAtMs ?? clock.nowMs() };
    if (known === undefined) insertPrompt.run(prompt);
    else if (known.title !== prompt.title) updateTitle.run(prompt.title, id);

    const content = contentText({ messages, parameters });
    if (newest?.content === content && (label === undefined || label === newest.label))
      return { prompt: headOf(prompt), version: versionOf(newest), added: false };
    const other = label === undefined ? undefined : selectByLabel.get(id, label);
    if (other !== undefined) throw new LabelTaken(other.version);
    const row: VersionRow = {
      version: (newest?.version ?? 0) + 1,
      label: label ?? null,
      createdAtMs: clock.nowMs(),
      content,
    };
    insertVersion.run({ ...row, id });
    return { prompt: headOf(prompt), version: versionOf(row), added: true };
  }

  return {
    list: () => selectPrompts.all().map(headOf).toSorted(savedLastFirst),
    get(id) {
      const prompt = selectPrompt.get(id);
      return prompt === undefined ? undefined : { ...prompt, versions: selectVersions.all(id).map(versionOf) };
    },
    version(id, which) {
      const row = rowOf(id, which);
      return row === undefined ? undefined : versionOf(row);
    },
    save: (version) => overwriting(db, () => save(version)),
    remove(id) {
      const removed = overwriting(db, () => {
        if (deletePrompt.run(id).changes === 0) return false;
        rebuildTables(db, TABLES);
        return true;
      });
      if (removed) emptyLog(db);
      return removed;
    },
  };
}

function savedLastFirst(a: PromptHeadView, b: PromptHeadView): number {
  return b.newest.createdAtMs - a.newest.createdAtMs || (a.id < b.id ? -1 : 1);
}

/** Always in the same order, so that the same content is the same text. */
function contentText({ messages, parameters }: Pick<NewVersion, 'messages' | 'parameters'>): string {
  const { model, temperature, topP, maxTokens } = parameters;
  return JSON.stringify({
    messages: messages.map(({ role, content }) => ({ role, content })),
    parameters: { model, temperature, topP, maxTokens },
  });
}

function versionOf({ version, label, createdAtMs, content }: VersionRow): PromptVersionView {
  const { messages, parameters }: Content = JSON.parse(content);
  return {
    version,
    ...(label === null ? {} : { label }),
    createdAtMs,
    variables: variablesOf(messages),
    messages,
    parameters,
  };
}
