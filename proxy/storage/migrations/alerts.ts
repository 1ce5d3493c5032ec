/** Alerts, who is still to be told, every try to tell them, and which budget thresholds were told already. Metadata only. */
export const alertTables = `
  -- \`seq\` orders them also when the clock jumps. \`subject\` is what repeats are recognised by, e.g. a provider's id.
  CREATE TABLE alerts (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at_ms INTEGER NOT NULL,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    facts TEXT NOT NULL,
    provider TEXT,
    budget TEXT,
    access_key_id TEXT
  ) STRICT;
  CREATE INDEX alerts_by_subject ON alerts (event, subject, seq);

  -- One row per alert and receiver that is still to be told; gone when it was, or when nobody tries any more. \`target_id\`
  -- names the receiver in the config, never its address.
  CREATE TABLE alert_jobs (
    seq INTEGER PRIMARY KEY,
    alert_seq INTEGER NOT NULL REFERENCES alerts (seq) ON DELETE CASCADE,
    channel TEXT NOT NULL CHECK (channel IN ('webhook', 'exec')),
    target_id TEXT NOT NULL,
    target TEXT NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    attempts_max INTEGER NOT NULL CHECK (attempts_max > 0),
    next_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX alert_jobs_by_alert ON alert_jobs (alert_seq);

  CREATE TABLE alert_deliveries (
    seq INTEGER PRIMARY KEY,
    alert_seq INTEGER NOT NULL REFERENCES alerts (seq) ON DELETE CASCADE,
    channel TEXT NOT NULL CHECK (channel IN ('webhook', 'exec')),
    target TEXT NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt > 0),
    at_ms INTEGER NOT NULL,
    ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
    status INTEGER,
    error TEXT,
    next_at_ms INTEGER
  ) STRICT;
  CREATE INDEX alert_deliveries_by_alert ON alert_deliveries (alert_seq);

  -- A row here is a threshold of a budget that was told in that window: a restart does not tell it again.
  CREATE TABLE alert_thresholds (
    budget TEXT NOT NULL,
    window TEXT NOT NULL,
    window_start_ms INTEGER NOT NULL,
    threshold_ppm INTEGER NOT NULL,
    limit_nano INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (budget, window, window_start_ms, threshold_ppm)
  ) STRICT, WITHOUT ROWID;
`;
