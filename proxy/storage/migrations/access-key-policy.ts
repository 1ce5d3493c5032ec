/** What an access key may do, as JSON (the contract's KeyPolicy without its project, which has a column); NULL: everything. */
export const accessKeyPolicyColumns = `
  ALTER TABLE access_keys ADD COLUMN policy TEXT;
  -- 1: lives as long as one command; revoked when that ends or its time is over.
  ALTER TABLE access_keys ADD COLUMN ephemeral INTEGER NOT NULL DEFAULT 0 CHECK (ephemeral IN (0, 1));
`;
