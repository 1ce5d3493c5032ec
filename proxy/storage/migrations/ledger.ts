/**
 * The ledger's tables. `transfers` holds immutable facts, one row an entry, in chain order. The other three are derived
 * from it and mutable: `holds` (the reserves still open), `spend_windows` (sums per account and window; the row of
 * global/total is always there and holds the ledger's totals) and `ledger_state` (what grants and corrections add up to).
 * The audit recomputes all of them from `transfers`.
 *
 * The two indexes leave out charges and releases, which are found through their reserve by id: each page a commit
 * touches costs about as much as everything else in it.
 *
 * INSERT OR REPLACE is refused by the delete trigger, which it fires because every connection has recursive_triggers on.
 * An insert trigger that looks for the old row would cost as much again as the insert.
 * The bounds in CHECK are Number.MAX_SAFE_INTEGER: a sum past it would be read back rounded.
 */
export const ledgerTables: string = `
CREATE TABLE transfers (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('grant', 'reserve', 'charge', 'release', 'correction')),
  at_ms INTEGER NOT NULL,
  counts_at_ms INTEGER NOT NULL,
  attempt_id TEXT,
  request_id TEXT,
  account TEXT,
  amount_nano INTEGER NOT NULL
    CHECK (amount_nano BETWEEN -9007199254740991 AND 9007199254740991 AND (amount_nano >= 0 OR kind = 'correction')),
  cost_nano INTEGER CHECK (cost_nano BETWEEN 0 AND 9007199254740991),
  fee_nano INTEGER CHECK (fee_nano BETWEEN 0 AND 9007199254740991),
  fee_bps INTEGER,
  certainty TEXT CHECK (certainty IN ('exact', 'estimated', 'unknown')),
  provider TEXT,
  model TEXT,
  access_key_id TEXT,
  project TEXT,
  client TEXT,
  config_version INTEGER,
  deadline_at_ms INTEGER,
  dispatched_at_ms INTEGER,
  input_tokens INTEGER,
  cache_read_tokens INTEGER,
  cache_write_tokens INTEGER,
  cache_write_1h_tokens INTEGER,
  output_tokens INTEGER,
  reasoning_tokens INTEGER,
  reason TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX transfers_by_request ON transfers (request_id) WHERE kind IN ('reserve', 'correction');
CREATE INDEX transfers_by_instant ON transfers (counts_at_ms) WHERE kind IN ('reserve', 'correction');

CREATE TRIGGER transfers_are_never_updated BEFORE UPDATE ON transfers
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed; write a correction'); END;
CREATE TRIGGER transfers_are_never_deleted BEFORE DELETE ON transfers
BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted; write a correction'); END;

CREATE TABLE holds (
  attempt_id TEXT PRIMARY KEY,
  reserve_seq INTEGER NOT NULL,
  dispatched_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE spend_windows (
  account TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('hour', 'day', 'week', 'month', 'total')),
  start_ms INTEGER NOT NULL,
  spent_nano INTEGER NOT NULL,
  held_nano INTEGER NOT NULL CHECK (held_nano >= 0),
  requests INTEGER NOT NULL CHECK (requests >= 0),
  entries INTEGER NOT NULL CHECK (entries >= 0),
  PRIMARY KEY (account, kind, start_ms),
  CONSTRAINT sums_are_exact CHECK (spent_nano >= -9007199254740991 AND spent_nano + held_nano <= 9007199254740991)
) STRICT, WITHOUT ROWID;
INSERT INTO spend_windows VALUES ('global', 'total', 0, 0, 0, 0, 0);

CREATE TABLE ledger_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  grants INTEGER NOT NULL,
  granted_nano INTEGER NOT NULL,
  corrected_nano INTEGER NOT NULL,
  windows_epoch INTEGER NOT NULL,
  time_zone TEXT NOT NULL,
  CONSTRAINT sums_are_exact CHECK (
    granted_nano BETWEEN 0 AND 9007199254740991 AND corrected_nano BETWEEN -9007199254740991 AND 9007199254740991
  )
) STRICT;
INSERT INTO ledger_state VALUES (1, 0, 0, 0, 0, 'UTC');
`;
