/** Which requests came with an Idempotency-Key: hashes and an id, nothing of a request or its answer. */
export const idempotencyTable = `
  -- \`key_hash\` and \`body_hash\` are HMACs under a secret of this installation. ended_at_ms is NULL while the request runs.
  CREATE TABLE idempotency (
    key_hash TEXT PRIMARY KEY,
    body_hash TEXT NOT NULL,
    request_id TEXT NOT NULL,
    begun_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX idempotency_by_time ON idempotency (begun_at_ms);
`;
