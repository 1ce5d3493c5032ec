/** Which credentials exist and in which store. Names and masked hints only; never a secret. */
import type { Clock } from '../core/clock.ts';
import type { Db } from './database.ts';

export interface CredentialEntry {
  readonly providerId: string;
  readonly backend: string;
  /** The masked form shown when it was entered, e.g. `sk-…x4Qf`. */
  readonly hint: string;
  readonly updatedAtMs: number;
}

export interface CredentialIndex {
  /** Adds or replaces by provider. */
  put(entry: { providerId: string; backend: string; hint: string }): CredentialEntry;
  get(providerId: string): CredentialEntry | undefined;
  /** False when there was none. */
  remove(providerId: string): boolean;
  /** By provider id. */
  list(): CredentialEntry[];
}

const COLUMNS = 'provider_id AS providerId, backend, hint, updated_at_ms AS updatedAtMs';

export function createCredentialIndex({ db, clock }: { db: Db; clock: Clock }): CredentialIndex {
  const upsert = db.prepare<[CredentialEntry]>(
    `INSERT INTO credentials (provider_id, backend, hint, updated_at_ms)
     VALUES (:providerId, :backend, :hint, :updatedAtMs)
     ON CONFLICT (provider_id) DO UPDATE
       SET backend = excluded.backend, hint = excluded.hint, updated_at_ms = excluded.updated_at_ms`,
  );
  const select = db.prepare<[string], CredentialEntry>(`SELECT ${COLUMNS} FROM credentials WHERE provider_id = ?`);
  const selectAll = db.prepare<[], CredentialEntry>(`SELECT ${COLUMNS} FROM credentials ORDER BY provider_id`);
  const deleteOne = db.prepare<[string]>('DELETE FROM credentials WHERE provider_id = ?');
  return {
    put({ providerId, backend, hint }) {
      const entry = { providerId, backend, hint, updatedAtMs: clock.nowMs() };
      upsert.run(entry);
      return entry;
    },
    get: (providerId) => select.get(providerId),
    remove: (providerId) => deleteOne.run(providerId).changes > 0,
    list: () => selectAll.all(),
  };
}
