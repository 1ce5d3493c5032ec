/** The access keys room on SQLite: issue, verify, revoke, and the keys that a config brings from the environment. */
import { randomBytes as systemRandomBytes } from 'node:crypto';
import type { AccessKeyView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { Db } from '../storage/types.ts';
import { AccessKeyError } from './errors.ts';
import { createKeyRows, type KeyRow, rightsOfRow, viewOfKey } from './key-rows.ts';
import { checkManagedKeys } from './managed-keys.ts';
import { endingWithin, expiryOf, storedRights } from './rights.ts';
import { hashOfKey, KEY_BYTES, keyOfBytes, shownPrefix } from './secret.ts';
import type { AccessKeys, ManagedKey, Verification } from './types.ts';

export interface AccessKeysOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly randomBytes?: (size: number) => Uint8Array;
}

interface Known {
  readonly rowId: number;
  readonly verification: Extract<Verification, { state: 'valid' | 'revoked' }>;
  readonly expiresAtMs: number | undefined;
}

const UNKNOWN: Verification = { state: 'unknown' };

export function createAccessKeys({ db, clock, randomBytes = systemRandomBytes }: AccessKeysOptions): AccessKeys {
  const rows = createKeyRows(db);
  /** By SHA-256 of the key: our own from the database, managed ones only while this process runs. */
  const known = new Map<string, Known>();
  let managedHashes: readonly string[] = [];
  /** By row, until the next flush. */
  const lastUsedAtMs = new Map<number, number>();

  /** Keys of commands that still live, by hash. */
  const ephemeral = new Map<string, KeyRow>();

  for (const row of rows.all()) {
    if (row.hash === null) continue;
    known.set(row.hash, knownOf(row));
    if (row.ephemeral === 1 && row.revokedAtMs === null) ephemeral.set(row.hash, row);
  }

  const view = (row: KeyRow): AccessKeyView => viewOfKey(row, lastUsedAtMs.get(row.rowId));

  const writeManaged = db.transaction((keys: readonly ManagedKey[]): Map<string, Known> => {
    const fresh = new Map<string, Known>();
    const nowMs = clock.nowMs();
    const wanted = new Set(keys.map((key) => key.id));
    for (const row of rows.all()) {
      if (row.managed === 1 && row.revokedAtMs === null && !wanted.has(row.id)) rows.revoke(row.rowId, nowMs);
    }
    for (const { id, project = null, policy, secret } of keys) {
      const shown = { prefix: shownPrefix(secret, true), project, policy: storedRights(policy) };
      const before = rows.active(id);
      const row =
        before === undefined
          ? rows.insert({ id, hash: null, managed: 1, ephemeral: 0, createdAtMs: nowMs, ...shown })
          : rows.describe(before.rowId, shown);
      fresh.set(hashOfKey(secret), knownOf(row));
    }
    return fresh;
  });

  const writeLastUsed = db.transaction(() => {
    for (const [rowId, atMs] of lastUsedAtMs) rows.used(rowId, atMs);
  });

  function revokeRow({ rowId }: KeyRow, hash: string): KeyRow {
    const revoked = rows.revoke(rowId, clock.nowMs());
    known.set(hash, knownOf(revoked));
    ephemeral.delete(hash);
    return revoked;
  }

  /** A command that was killed could not revoke its own; nobody uses it again, and its id may be wanted. */
  function endEphemeral(): void {
    const nowMs = clock.nowMs();
    for (const [hash, row] of ephemeral) {
      const endsAtMs = known.get(hash)?.expiresAtMs;
      if (endsAtMs !== undefined && nowMs >= endsAtMs) revokeRow(row, hash);
    }
  }

  return {
    verify(secret) {
      const found = known.get(hashOfKey(secret));
      if (found === undefined) return UNKNOWN;
      const { rowId, verification, expiresAtMs } = found;
      if (verification.state !== 'valid') return verification;
      const nowMs = clock.nowMs();
      if (expiresAtMs !== undefined && nowMs >= expiresAtMs) {
        return { state: 'expired', id: verification.key.id, expiredAtMs: expiresAtMs };
      }
      lastUsedAtMs.set(rowId, nowMs);
      return verification;
    },

    create({ id, project, policy, ephemeral: life }) {
      const taken = rows.active(id);
      if (taken?.managed === 1) throw new AccessKeyError('managed', managedMessage(id));
      if (taken !== undefined) {
        throw new AccessKeyError('id_taken', `There is already an access key "${id}". Choose another id or revoke it.`);
      }
      const secret = keyOfBytes(randomBytes(KEY_BYTES));
      const hash = hashOfKey(secret);
      const prefix = shownPrefix(secret, false);
      const nowMs = clock.nowMs();
      const rights = life === undefined ? policy : endingWithin(policy, life.ttlMs, nowMs);
      const row = rows.insert({
        id,
        hash,
        prefix,
        project: project ?? null,
        policy: storedRights(rights),
        ephemeral: life === undefined ? 0 : 1,
        managed: 0,
        createdAtMs: nowMs,
      });
      known.set(hash, knownOf(row));
      if (row.ephemeral === 1) ephemeral.set(hash, row);
      return { key: view(row), secret };
    },

    update(id, { project, policy }) {
      const row = rows.active(id);
      if (row === undefined) throw new AccessKeyError('not_found', missingMessage(id));
      if (row.hash === null) throw new AccessKeyError('managed', managedMessage(id));
      const rights = row.ephemeral === 1 ? { expiresAt: rightsOfRow(row)?.expiresAt, ...policy } : policy;
      const { prefix } = row;
      const changed = rows.describe(row.rowId, { prefix, project: project ?? null, policy: storedRights(rights) });
      known.set(row.hash, knownOf(changed));
      return view(changed);
    },

    revoke(id) {
      const row = rows.newest(id);
      if (row === undefined) throw new AccessKeyError('not_found', missingMessage(id));
      if (row.revokedAtMs !== null) return view(row);
      if (row.hash === null) throw new AccessKeyError('managed', managedMessage(id));
      return view(revokeRow(row, row.hash));
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
      if (lastUsedAtMs.size > 0) {
        writeLastUsed.immediate();
        lastUsedAtMs.clear();
      }
      endEphemeral();
    },
  };
}

function knownOf(row: KeyRow): Known {
  const { rowId, id, project, revokedAtMs } = row;
  if (revokedAtMs !== null) return { rowId, verification: { state: 'revoked', id }, expiresAtMs: undefined };
  const policy = rightsOfRow(row);
  const key = { id, ...(project === null ? {} : { project }), ...(policy === undefined ? {} : { policy }) };
  return { rowId, verification: { state: 'valid', key }, expiresAtMs: expiryOf(policy) };
}

function missingMessage(id: string): string {
  return `There is no access key "${id}".`;
}

function managedMessage(id: string): string {
  return `The access key "${id}" comes from the config file. Change it there.`;
}
