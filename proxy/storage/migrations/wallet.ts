/**
 * What was granted to an account. `since_seq` is the entry of its first grant, `base_nano` what had been charged and
 * corrected in the account before it: a wallet pays what comes after. Derived from `transfers`; the audit recomputes it.
 */
export const walletTable: string = `
CREATE TABLE wallets (
  account TEXT PRIMARY KEY,
  since_seq INTEGER NOT NULL,
  granted_nano INTEGER NOT NULL,
  base_nano INTEGER NOT NULL,
  CONSTRAINT sums_are_exact CHECK (
    granted_nano BETWEEN 0 AND 9007199254740991 AND base_nano BETWEEN -9007199254740991 AND 9007199254740991
  )
) STRICT, WITHOUT ROWID;
INSERT INTO wallets (account, since_seq, granted_nano, base_nano)
  SELECT 'global', min(seq), sum(amount_nano), (
    SELECT coalesce(sum(amount_nano), 0) FROM transfers
    WHERE kind IN ('charge', 'correction') AND seq < (SELECT min(seq) FROM transfers WHERE kind = 'grant' AND account = 'global')
  )
  FROM transfers WHERE kind = 'grant' AND account = 'global' HAVING count(*) > 0;

-- What people wrote, found without reading what calls wrote. Entries of calls are not in it and cost nothing more.
CREATE INDEX transfers_by_people ON transfers (seq) WHERE kind IN ('grant', 'correction');
`;
