/** Tables about requests, access keys, credentials, config and small facts. Metadata only: no column holds content. */
export const metadataTables = `
  -- One row per request, written when it ends (RequestView in proxy/contract/views.ts). A fact nobody knows is NULL.
  CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    started_at_ms INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'streaming', 'settled', 'failed', 'refused', 'aborted')),
    protocol TEXT,
    stream INTEGER CHECK (stream IN (0, 1)),
    access_key_id TEXT,
    project TEXT,
    client TEXT,
    model_asked TEXT,
    provider TEXT,
    model_served TEXT,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    usage_reported INTEGER NOT NULL CHECK (usage_reported IN (0, 1)),
    input_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_write_tokens INTEGER,
    cache_write_1h_tokens INTEGER,
    output_tokens INTEGER,
    reasoning_tokens INTEGER,
    cost_nano INTEGER,
    certainty TEXT CHECK (certainty IN ('exact', 'estimated', 'unknown')),
    finish_reason TEXT,
    status INTEGER,
    error_code TEXT,
    first_token_ms REAL,
    duration_ms REAL,
    overhead_ms REAL,
    config_version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Newest first, and everything since an instant.
  CREATE INDEX requests_by_time ON requests (started_at_ms, id);

  -- A revoked key's row stays; its id may be given again, so the id is unique among the active ones only. The value of
  -- a managed key is a person's choice and may be weak: not even its hash is kept here.
  CREATE TABLE access_keys (
    row_id INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    hash TEXT UNIQUE,
    prefix TEXT NOT NULL,
    project TEXT,
    managed INTEGER NOT NULL CHECK (managed IN (0, 1)),
    created_at_ms INTEGER NOT NULL,
    last_used_at_ms INTEGER,
    revoked_at_ms INTEGER,
    CHECK ((managed = 1) = (hash IS NULL))
  ) STRICT;
  CREATE UNIQUE INDEX access_keys_active_id ON access_keys (id) WHERE revoked_at_ms IS NULL;

  -- Which credentials exist and where. The secrets themselves are in the keychain or the encrypted file; the names are
  -- here because asking a locked keyring for its accounts crashes the library.
  CREATE TABLE credentials (
    provider_id TEXT PRIMARY KEY,
    backend TEXT NOT NULL,
    hint TEXT NOT NULL,
    updated_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Every config the gateway ever ran on.
  CREATE TABLE config_versions (
    number INTEGER PRIMARY KEY,
    applied_at_ms INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('default', 'file', 'window', 'cli')),
    note TEXT,
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER config_versions_no_update BEFORE UPDATE ON config_versions
  BEGIN SELECT RAISE(ABORT, 'config versions are never changed'); END;
  CREATE TRIGGER config_versions_no_delete BEFORE DELETE ON config_versions
  BEGIN SELECT RAISE(ABORT, 'config versions are never deleted'); END;

  -- Small facts that outlive a run, such as the pause switch.
  CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
