/**
 * `Idempotency-Key`: the same key of the same access key never reserves twice, across restarts too. What is kept is hashed
 * under a secret of this installation and holds nothing of a request or an answer.
 */
import { createHmac } from 'node:crypto';
import { nanoToUsdString } from '../contract/money.ts';
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Certainty } from '../core/usage.ts';
import type { Db } from '../storage/types.ts';

/** How a finished request ended, as its record has it. */
export interface ReplayedSettlement {
  readonly status?: number;
  readonly state?: string;
  readonly costNano?: number;
  readonly certainty?: Certainty;
}

export interface IdempotentRequest {
  readonly accessKeyId: string | undefined;
  /** The header's value. */
  readonly key: string;
  /** The route: the same body at another one is another request. */
  readonly route: string;
  readonly body: Buffer;
  readonly requestId: string;
}

export interface IdempotencyLease {
  /**
   * `reserved`: money was held for it, however it ended. Otherwise the key is free again: a request that was refused before
   * it cost anything may be sent once more. A second time does nothing.
   */
  end(outcome: { readonly reserved: boolean }): void;
}

export interface Idempotency {
  /**
   * Throws GatehouseError: `invalid_request` (the key's form), `request_in_progress` 409, `idempotency_replayed` 409 or
   * `idempotency_mismatch` 422. Otherwise the request may go on, and the lease must be ended.
   */
  begin(request: IdempotentRequest): IdempotencyLease;
  /** Forgets what is older than a day; called now and then. */
  sweep(): void;
}

export interface IdempotencyOptions {
  readonly db: Db;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** 32 random bytes of this installation (see secret-of-install.ts). */
  readonly secret: Buffer;
  /** The record of a request that has ended, recovered ones included; undefined: none is kept (any more). */
  readonly settlementOf: (requestId: string) => ReplayedSettlement | undefined;
}

export const EXPIRY_MS = 24 * 3_600_000;
const KEY_CHARACTERS_MAX = 255;
const KEY_FORM = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const RETRY_AFTER_MS = 2_000;

interface Row {
  readonly bodyHash: string;
  readonly requestId: string;
  readonly begunAtMs: number;
}

/** Made once at start, after recovery: what the run before left open has ended with it. */
export function createIdempotency({ db, clock, secret, settlementOf }: IdempotencyOptions): Idempotency {
  const find = db.prepare<[string], Row>(
    'SELECT body_hash AS bodyHash, request_id AS requestId, begun_at_ms AS begunAtMs FROM idempotency WHERE key_hash = ?',
  );
  const insert = db.prepare<[string, string, string, number]>(
    'INSERT OR REPLACE INTO idempotency (key_hash, body_hash, request_id, begun_at_ms) VALUES (?, ?, ?, ?)',
  );
  const finish = db.prepare<[number, string, string]>(
    'UPDATE idempotency SET ended_at_ms = ? WHERE key_hash = ? AND request_id = ?',
  );
  const remove = db.prepare<[string, string]>('DELETE FROM idempotency WHERE key_hash = ? AND request_id = ?');
  const removeOld = db.prepare<[number]>('DELETE FROM idempotency WHERE begun_at_ms <= ? AND ended_at_ms IS NOT NULL');
  const endAll = db.prepare<[number]>('UPDATE idempotency SET ended_at_ms = ? WHERE ended_at_ms IS NULL');
  /** Of this process: what the table says has not ended, and is not in here, was cut off by a crash. */
  const running = new Set<string>();

  const hash = (...parts: readonly (string | Buffer)[]): string => {
    const hmac = createHmac('sha256', secret);
    for (const part of parts) {
      hmac.update(`${Buffer.byteLength(part)}:`);
      hmac.update(part);
    }
    return hmac.digest('base64url');
  };

  endAll.run(clock.nowMs());

  return {
    begin({ accessKeyId = '', key, route, body, requestId }) {
      checkForm(key);
      const nowMs = clock.nowMs();
      const keyHash = hash('key', accessKeyId, key);
      const bodyHash = hash('body', route, body);
      const known = find.get(keyHash);
      if (known !== undefined) {
        const inFlight = running.has(known.requestId);
        if (inFlight || nowMs - known.begunAtMs < EXPIRY_MS) {
          if (known.bodyHash !== bodyHash) throw mismatch(known.requestId);
          throw inFlight ? inProgress(known.requestId) : replayed(known.requestId, settlementOf(known.requestId));
        }
      }
      insert.run(keyHash, bodyHash, requestId, nowMs);
      running.add(requestId);
      return {
        end({ reserved }) {
          if (!running.delete(requestId)) return;
          if (reserved) finish.run(clock.nowMs(), keyHash, requestId);
          else remove.run(keyHash, requestId);
        },
      };
    },
    sweep() {
      removeOld.run(clock.nowMs() - EXPIRY_MS);
    },
  };
}

function checkForm(key: string): void {
  if (key.length <= KEY_CHARACTERS_MAX && KEY_FORM.test(key)) return;
  throw new GatehouseError(
    'invalid_request',
    `the header Idempotency-Key must be 1 to ${KEY_CHARACTERS_MAX} printable ASCII characters`,
  );
}

function inProgress(requestId: string): GatehouseError {
  return new GatehouseError(
    'request_in_progress',
    `the request ${requestId} with this Idempotency-Key is still under way. Wait for its end`,
    { retryAfterMs: RETRY_AFTER_MS, facts: { first_request: requestId } },
  );
}

function replayed(requestId: string, settlement: ReplayedSettlement | undefined): GatehouseError {
  const { status, state, costNano, certainty } = settlement ?? {};
  const cost =
    costNano === undefined
      ? 'What it cost is not known'
      : `It cost $${nanoToUsdString(costNano)}${certainty === undefined ? '' : ` (${certainty})`}`;
  return new GatehouseError(
    'idempotency_replayed',
    `the request ${requestId} with this Idempotency-Key has ended${state === undefined ? '' : ` (${state})`}. ${cost}. Gatehouse keeps no answers, so it cannot be sent again: use a new Idempotency-Key to make the call once more`,
    {
      facts: {
        first_request: requestId,
        ...(state === undefined ? {} : { state }),
        ...(status === undefined ? {} : { status }),
        ...(costNano === undefined ? {} : { cost_usd: nanoToUsdString(costNano) }),
        ...(certainty === undefined ? {} : { certainty }),
      },
    },
  );
}

function mismatch(requestId: string): GatehouseError {
  return new GatehouseError(
    'idempotency_mismatch',
    `this Idempotency-Key belongs to the request ${requestId}, which had another body. Use a new key for another request`,
    { param: 'Idempotency-Key', facts: { first_request: requestId } },
  );
}
