/** More facts of a request, its route trace, and sums by the hour that outlive both. Metadata only. */
export const usageTables = `
  ALTER TABLE requests ADD COLUMN process TEXT;
  ALTER TABLE requests ADD COLUMN mode TEXT;
  ALTER TABLE requests ADD COLUMN rule TEXT;
  ALTER TABLE requests ADD COLUMN split_name TEXT;
  ALTER TABLE requests ADD COLUMN split_arm TEXT;
  ALTER TABLE requests ADD COLUMN provider_protocol TEXT;
  -- What some models charge for beside their tokens, as a JSON object; NULL: nothing of it was used.
  ALTER TABLE requests ADD COLUMN usage_extras TEXT;
  ALTER TABLE requests ADD COLUMN fee_nano INTEGER;
  ALTER TABLE requests ADD COLUMN charged_nano INTEGER;
  ALTER TABLE requests ADD COLUMN asked_cost_nano INTEGER;
  ALTER TABLE requests ADD COLUMN provider_cost_nano INTEGER;
  -- A JSON array of codes.
  ALTER TABLE requests ADD COLUMN warnings TEXT;

  -- Why a request went where it went (RouteView in proxy/contract/routes.ts), as JSON. Not every request has one.
  CREATE TABLE request_routes (
    request_id TEXT PRIMARY KEY REFERENCES requests (id) ON DELETE CASCADE,
    route TEXT NOT NULL
  ) STRICT;

  -- Each combination of what requests can be told apart by, once. \`key\` is the JSON array of the other columns.
  CREATE TABLE usage_sets (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    model_asked TEXT,
    model_served TEXT,
    provider TEXT,
    access_key_id TEXT,
    project TEXT,
    client TEXT,
    process TEXT,
    mode TEXT,
    split_name TEXT,
    split_arm TEXT,
    error_code TEXT
  ) STRICT;

  -- Sums of the requests of one combination that started within an hour, written with each request's row and kept when
  -- that is deleted. \`start_ms\` is the start of the hour on the wall clock's grid. \`latencies\` is a histogram, see
  -- proxy/usage/rollup/histogram.ts.
  CREATE TABLE usage_hours (
    start_ms INTEGER NOT NULL,
    set_id INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    aborted INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    cost_nano INTEGER NOT NULL,
    fee_nano INTEGER NOT NULL,
    charged_nano INTEGER NOT NULL,
    unknown_costs INTEGER NOT NULL,
    saved_nano INTEGER NOT NULL,
    compared INTEGER NOT NULL,
    latencies BLOB NOT NULL,
    PRIMARY KEY (start_ms, set_id)
  ) STRICT, WITHOUT ROWID;

  -- Requests that are there already are summed up at the next start.
  INSERT INTO state (key, value, updated_at_ms) SELECT 'usageRollups', '"missing"', 0
  WHERE EXISTS (SELECT 1 FROM requests);
`;
