/**
 * Saved prompts: the only tables with text in them, and only text that a person saved. A version is never changed, and
 * goes only together with its prompt, which takes them all.
 */
export const promptTables: string = `
  CREATE TABLE prompts (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- \`content\`: messages and parameters as JSON.
  CREATE TABLE prompt_versions (
    prompt_id TEXT NOT NULL REFERENCES prompts (id) ON DELETE CASCADE,
    version INTEGER NOT NULL CHECK (version >= 1),
    label TEXT,
    created_at_ms INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (prompt_id, version)
  ) STRICT;
  CREATE UNIQUE INDEX prompt_versions_label ON prompt_versions (prompt_id, label) WHERE label IS NOT NULL;
  CREATE TRIGGER prompt_versions_no_update BEFORE UPDATE ON prompt_versions
  BEGIN SELECT RAISE(ABORT, 'versions of a prompt are never changed'); END;
  CREATE TRIGGER prompt_versions_no_delete BEFORE DELETE ON prompt_versions
  WHEN EXISTS (SELECT 1 FROM prompts WHERE id = OLD.prompt_id)
  BEGIN SELECT RAISE(ABORT, 'versions of a prompt go only with the prompt'); END;

  -- The prompt that a request used, as id@version.
  ALTER TABLE requests ADD COLUMN saved_prompt TEXT;
`;
