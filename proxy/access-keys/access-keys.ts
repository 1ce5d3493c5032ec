/** The access keys room on SQLite: issue, verify, revoke, and the keys that a config brings from the environment. */
import { randomBytes as systemRandomBytes } from 'node:crypto';
import type { AccessKeyView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { Db } from '../storage/types.ts';
import { AccessKeyError } from './errors.ts';
import { createKeyRows, type KeyRow, viewOfKey } from './key-rows.ts';
import { checkManagedKeys, type ManagedKey } from './managed-keys.ts';
import { hashOfKey, KEY_BYTES, keyOfBytes, shownPrefix } from './secret.ts';
import type { AccessKeys, Verification } from './types.ts';

export interface AccessKeysOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly randomBytes?: (size: number) => Uint8Array;
}

interface Known {
  readonly rowId: number;
  readonly verification: Exclude<Verification, { state: 'unknown' }>;
}

const UNKNOWN: Verification = { state: 'unknown' };

export function createAccessKeys({ db, clock, randomBytes = systemRandomBytes }: AccessKeysOptions): AccessKeys {
  const rows = createKeyRows(db);
  /** By SHA-256 of the key: our own from the database, managed ones only while this process runs. */
  const known = new Map<string, Known>();
  let managedHashes: readonly string[] = [];
  /** By row, until the next flush. */
  const lastUsedAtMs = new Map<number, number>();

  for (const row of rows.all()) {
    if (row.hash !== null) known.set(row.hash, knownOf(row));
  }

  const view = (row: KeyRow): AccessKeyView => viewOfKey(row, lastUsedAtMs.get(row.rowId));

  const writeManaged = db.transaction((keys: readonly ManagedKey[]): Map<string, Known> => {
    const fresh = new Map<string, Known>();
    const nowMs = clock.nowMs();
    const wanted = new Set(keys.map((key) => key.id));
    for (const row of rows.all()) {
      if (row.managed === 1 && row.revokedAtMs === null && !wanted.has(row.id)) rows.revoke(row.rowId, nowMs);
    }
    for (const { id, project = null, secret } of keys) {
      const shown = { prefix: shownPrefix(secret, true), project };
      const before = rows.active(id);
      const row = before ?? rows.insert({ id, hash: null, managed: 1, createdAtMs: nowMs, ...shown });
      if (before !== undefined) rows.describe(row.rowId, shown);
      fresh.set(hashOfKey(secret), knownOf({ ...row, ...shown }));
    }
    return fresh;
  });

  const writeLastUsed = db.transaction(() => {
    for (const [rowId, atMs] of lastUsedAtMs) rows.used(rowId, atMs);
  });

  return {
    verify(secret) {
      const found = known.get(hashOfKey(secret));
      if (found === undefined) return UNKNOWN;
      if (found.verification.state === 'valid') lastUsedAtMs.set(found.rowId, clock.nowMs());
      return found.verification;
    },

    create({ id, project }) {
      const taken = rows.active(id);
      if (taken?.managed === 1) throw new AccessKeyError('managed', managedMessage(id));
      if (taken !== undefined) {
        throw new AccessKeyError('id_taken', `There is already an access key "${id}". Choose another id or revoke it.`);
      }
      const secret = keyOfBytes(randomBytes(KEY_BYTES));
      const hash = hashOfKey(secret);
      const prefix = shownPrefix(secret, false);
      const row = rows.insert({ id, hash, prefix, project: project ?? null, managed: 0, createdAtMs: clock.nowMs() });
      known.set(hash, knownOf(row));
      return { key: view(row), secret };
    },

    revoke(id) {
      const row = rows.newest(id);
      if (row === undefined) throw new AccessKeyError('not_found', `There is no access key "${id}".`);
      if (row.revokedAtMs !== null) return view(row);
      if (row.hash === null) throw new AccessKeyError('managed', managedMessage(id));
      const revoked = rows.revoke(row.rowId, clock.nowMs());
      known.set(row.hash, knownOf(revoked));
      return view(revoked);
    },

    list: () => rows.all().map(view),

    setManaged(keys) {
      const ownHashes = new Set(known.keys());
      for (const hash of managedHashes) ownHashes.delete(hash);
      checkManagedKeys(keys, { ownHashes, isOwnId: (id) => rows.active(id)?.managed === 0 });
      const fresh = writeManaged.immediate(keys);
      for (const hash of managedHashes) known.delete(hash);
      for (const [hash, entry] of fresh) known.set(hash, entry);
      managedHashes = [...fresh.keys()];
    },

    flush() {
      if (lastUsedAtMs.size === 0) return;
      writeLastUsed.immediate();
      lastUsedAtMs.clear();
    },
  };
}

function knownOf(row: KeyRow): Known {
  const { rowId, id, project, revokedAtMs } = row;
  if (revokedAtMs !== null) return { rowId, verification: { state: 'revoked', id } };
  return { rowId, verification: { state: 'valid', key: { id, ...(project === null ? {} : { project }) } } };
}

function managedMessage(id: string): string {
  return `The access key "${id}" comes from the config file. Change it there.`;
}
